import SwiftDiagnostics
import SwiftParser
import SwiftSyntax
import SwiftSyntaxMacros

/// Reads a node from its attribute and its function, and collects everything that is wrong with it.
struct NodeReader {
    let attribute: AttributeSyntax
    let function: FunctionDeclSyntax
    /// The declarations around the function, innermost first.
    let surroundings: [Syntax]
    private(set) var diagnostics: [Diagnostic] = []

    init(attribute: AttributeSyntax, function: FunctionDeclSyntax, surroundings: [Syntax]) {
        self.attribute = attribute
        self.function = function
        self.surroundings = surroundings
    }

    /// The node, or nil where there are diagnostics.
    mutating func read() -> NodeDeclaration? {
        checkFunction()
        let name = readName()
        let isRowwise = readRowwise()
        let arguments = function.signature.parameterClause.parameters.compactMap { readArgument($0) }
        checkCounts(arguments)
        let result = readResult()
        guard diagnostics.isEmpty, let name, let result else { return nil }
        return NodeDeclaration(
            name: name,
            function: function.name,
            documentation: documentation(of: function),
            result: result,
            isRowwise: isRowwise,
            arguments: arguments
        )
    }

    mutating func report(_ problem: NodeProblem, at place: some SyntaxProtocol, fixIts: [FixIt] = []) {
        diagnostics.append(Diagnostic(node: place, message: problem, fixIts: fixIts))
    }

    private mutating func checkFunction() {
        let name = function.name.text
        if !surroundings.isEmpty { report(.notAtFileScope(function: name), at: function.name) }
        if let generics = function.genericParameterClause { report(.generic(function: name), at: generics) }
        if let async = function.signature.effectSpecifiers?.asyncSpecifier {
            report(.async(function: name), at: async)
        }
        for case .attribute(let other) in function.attributes {
            let actor = other.attributeName.trimmedDescription
            if actor == "MainActor" { report(.isolated(function: name, actor: actor), at: other) }
        }
    }

    private mutating func readName() -> String? {
        guard case .argumentList(let arguments) = attribute.arguments, let first = arguments.first else { return nil }
        guard let name = first.expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue else {
            report(.nameNotLiteral, at: first.expression)
            return nil
        }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, parts.allSatisfy({ isIdentifier($0) }) else {
            report(.nameNotDotted(name), at: first.expression)
            return nil
        }
        return name
    }

    private mutating func readRowwise() -> Bool {
        guard case .argumentList(let arguments) = attribute.arguments,
            let argument = arguments.first(where: { $0.label?.text == "rowwise" })
        else { return false }
        guard let literal = argument.expression.as(BooleanLiteralExprSyntax.self) else {
            report(.flagNotLiteral("rowwise"), at: argument.expression)
            return false
        }
        return literal.literal.text == "true"
    }

    private mutating func readResult() -> NodeDeclaration.Result? {
        guard let type = function.signature.returnClause?.type else { return .nothing }
        switch plainTypeName(type) {
        case "Frame": return .frame
        case "Artifact": return .artifact
        case "Void", "()": return .nothing
        default:
            report(.unsupportedResult(type: type.trimmedDescription), at: type)
            return nil
        }
    }

    private mutating func checkCounts(_ arguments: [NodeArgument]) {
        let clause = function.signature.parameterClause
        let inputs = arguments.count { $0.inputWord != nil }
        let parameters = arguments.count { $0.parameterType != nil }
        if inputs > mostInputs { report(.tooManyInputs(count: inputs), at: clause) }
        if parameters > mostParameters { report(.tooManyParameters(count: parameters), at: clause) }
        for (type, kind) in [("Call", NodeArgument.Kind.call), ("MLContext", .ml)]
        where arguments.count(where: { $0.kind == kind }) > 1 {
            report(.repeatedArgument(type: type), at: clause)
        }
        let allInputs = arguments.filter { $0.inputWord != nil }
        for input in allInputs.dropLast() where input.kind == .frames {
            let place = clause.parameters.first { argumentName($0).text == input.name }
            report(.framesNotLast(name: input.name), at: place.map { Syntax($0) } ?? Syntax(clause))
        }
    }
}

/// The token that names a parameter inside the function.
func argumentName(_ parameter: FunctionParameterSyntax) -> TokenSyntax {
    parameter.secondName ?? parameter.firstName
}

/// A type's text without the name of the module it is from.
func plainTypeName(_ type: TypeSyntax) -> String {
    if let member = type.as(MemberTypeSyntax.self), ["Swift", "TauroSDK"].contains(member.baseType.trimmedDescription),
        member.genericArgumentClause == nil
    {
        return member.name.text
    }
    if let optional = type.as(OptionalTypeSyntax.self) { return plainTypeName(optional.wrappedType) + "?" }
    if let array = type.as(ArrayTypeSyntax.self) { return "[" + plainTypeName(array.element) + "]" }
    return type.trimmedDescription
}
