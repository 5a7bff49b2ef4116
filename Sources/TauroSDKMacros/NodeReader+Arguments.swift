import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxBuilder

/// Types that people write for a type that a node can take.
private let nearTypes = [
    "Int": "Int64", "Int32": "Int64", "UInt": "Int64", "Float": "Double", "MLContext": "MLContext?",
    "Array<Frame>": "[Frame]", "Optional<MLContext>": "MLContext?", "Substring": "String",
]

extension NodeReader {
    /// Reads one argument of the function, or reports why it is none that a node can have.
    mutating func readArgument(_ parameter: FunctionParameterSyntax) -> NodeArgument? {
        let token = argumentName(parameter)
        let name = token.text.filter { $0 != "`" }
        let before = diagnostics.count
        if let attributed = parameter.type.as(AttributedTypeSyntax.self),
            attributed.specifiers.contains(where: { $0.trimmedDescription == "inout" })
        {
            report(.inoutParameter(name: name), at: parameter.type)
            return nil
        }
        if parameter.ellipsis != nil {
            report(.variadicParameter(name: name), at: parameter.type)
            return nil
        }
        guard let kind = readKind(of: parameter, name: name) else { return nil }
        if kind != .call && kind != .ml { checkName(name, at: token, of: parameter.type) }
        guard diagnostics.count == before else { return nil }
        let label = parameter.firstName.tokenKind == .wildcard ? nil : parameter.firstName.text
        return NodeArgument(label: label, name: name, kind: kind)
    }

    private mutating func readKind(of parameter: FunctionParameterSyntax, name: String) -> NodeArgument.Kind? {
        let typeName = plainTypeName(parameter.type)
        let inputs: [String: NodeArgument.Kind] = ["Frame": .frame, "Artifact": .artifact, "[Frame]": .frames]
        let parameters: [String: NodeArgument.ParameterType] = [
            "Int64": .int64, "Double": .float64, "Bool": .bool, "String": .string,
        ]
        if typeName == "Call" { return .call }
        if typeName == "MLContext?" { return .ml }
        if let input = inputs[typeName] {
            if let value = parameter.defaultValue { report(.inputDefault(name: name), at: value.value) }
            return input
        }
        if let type = parameters[typeName] { return readParameter(parameter, name: name, type: type) }
        reportUnsupported(parameter.type, name: name, typeName: typeName)
        return nil
    }

    private mutating func readParameter(
        _ parameter: FunctionParameterSyntax,
        name: String,
        type: NodeArgument.ParameterType
    ) -> NodeArgument.Kind? {
        guard let value = parameter.defaultValue?.value else { return .parameter(type, defaultLiteral: nil) }
        do {
            return .parameter(type, defaultLiteral: try noteLiteral(value, of: name, type: type))
        } catch {
            report(error, at: value)
            return nil
        }
    }

    private mutating func reportUnsupported(_ type: TypeSyntax, name: String, typeName: String) {
        let instead = nearTypes[typeName]
        let fixIts = instead.map { instead in
            let replacement = TypeSyntax("\(raw: instead)").with(\.leadingTrivia, type.leadingTrivia)
                .with(\.trailingTrivia, type.trailingTrivia)
            return FixIt(
                message: WriteInstead(type: instead),
                changes: [.replace(oldNode: Syntax(type), newNode: Syntax(replacement))]
            )
        }
        report(
            .unsupportedParameter(name: name, type: type.trimmedDescription, instead: instead),
            at: type,
            fixIts: fixIts.map { [$0] } ?? []
        )
    }

    private mutating func checkName(_ name: String, at token: TokenSyntax, of type: TypeSyntax) {
        if token.tokenKind == .wildcard {
            report(.unnamedParameter(type: type.trimmedDescription), at: token)
        } else if reservedNames.contains(name) {
            report(.reservedName(name), at: token)
        } else if !isIdentifier(name) {
            report(.notAnIdentifier(name), at: token)
        }
    }
}
