import SwiftSyntax

/// What `@Node` reads from a function: everything its note and its entry point say.
struct NodeDeclaration {
    /// What the function returns, in the words of the note.
    enum Result: String {
        case frame
        case artifact
        case nothing
    }

    /// The dotted name that configuration uses.
    let name: String
    /// The function, as Swift code calls it.
    let function: TokenSyntax
    /// The text of the doc comment, if there is one.
    let documentation: String?
    /// What it returns.
    let result: Result
    /// Whether a distributed engine may call it once per partition.
    let isRowwise: Bool
    /// The arguments in the order of the Swift function.
    let arguments: [NodeArgument]

    /// The function's name without the backticks of a keyword.
    var plainFunctionName: String { function.text.filter { $0 != "`" } }

    /// The C symbol of the entry point.
    var symbol: String { entrySymbol(for: name) }

    var inputs: [NodeArgument] { arguments.filter { $0.inputWord != nil } }

    var takesML: Bool { arguments.contains { $0.kind == .ml } }

    var parameters: [NodeArgument] { arguments.filter { $0.parameterType != nil } }
}

/// One argument of a node function.
struct NodeArgument {
    /// What a node can take, recognised by the argument's type.
    enum Kind: Equatable {
        case frame
        case artifact
        case frames
        case call
        case ml
        case parameter(ParameterType, defaultLiteral: String?)
    }

    /// The types of parameters, in the words of the note.
    enum ParameterType: String {
        case int64 = "i64"
        case float64 = "f64"
        case bool
        case string = "str"

        /// The type as Swift names it.
        var swiftName: String {
            switch self {
            case .int64: "Int64"
            case .float64: "Double"
            case .bool: "Bool"
            case .string: "String"
            }
        }
    }

    /// The label a caller writes, nil for none.
    let label: String?
    /// The name inside the function, which is also the name in the note and in SQL.
    let name: String
    let kind: Kind

    /// The word of the note's `in` line, nil for what is no input.
    var inputWord: String? {
        switch kind {
        case .frame: "frame"
        case .artifact: "artifact"
        case .frames: "frames"
        case .call, .ml, .parameter: nil
        }
    }

    var parameterType: ParameterType? {
        if case .parameter(let type, _) = kind { type } else { nil }
    }
}

/// The C symbol of a node: `tauro_node_` and the dotted name, a dot as `_`, an underscore as `_1`.
///
/// An identifier never begins with a digit, so two names never share a symbol (the rule is that of the Java Native
/// Interface, https://docs.oracle.com/javase/8/docs/technotes/guides/jni/spec/design.html, "Resolving Native Method
/// Names").
func entrySymbol(for name: String) -> String {
    var symbol = "tauro_node_"
    for character in name {
        switch character {
        case ".": symbol += "_"
        case "_": symbol += "_1"
        default: symbol.append(character)
        }
    }
    return symbol
}

/// Whether `text` is an identifier of the note's grammar: ASCII letters, digits and underscores, no digit first.
func isIdentifier(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
