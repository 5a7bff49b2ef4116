import SwiftDiagnostics

/// Everything that `@Node` and `#Plugin` refuse.
enum NodeProblem: Error {
    case notAFunction
    case notAtFileScope(function: String)
    case generic(function: String)
    case async(function: String)
    case isolated(function: String, actor: String)
    case nameNotLiteral
    case nameNotDotted(String)
    case flagNotLiteral(String)
    case unsupportedParameter(name: String, type: String, instead: String?)
    case inoutParameter(name: String)
    case variadicParameter(name: String)
    case unnamedParameter(type: String)
    case reservedName(String)
    case notAnIdentifier(String)
    case repeatedArgument(type: String)
    case framesNotLast(name: String)
    case tooManyInputs(count: Int)
    case tooManyParameters(count: Int)
    case inputDefault(name: String)
    case defaultNotLiteral(name: String, type: String)
    case defaultOutOfRange(text: String, type: String)
    case defaultWithNUL(name: String)
    case unsupportedResult(type: String)
    case pluginTextNotLiteral(String)
    case pluginTextNotPrintable(String)
}

/// Most inputs of one node, by the note's grammar.
let mostInputs = 16
/// Most parameters of one node, by the note's grammar.
let mostParameters = 48
/// Names that the entry point and SQL have already.
let reservedNames: Set<String> = ["start_date", "end_date", "call", "ml", "out"]

extension NodeProblem: DiagnosticMessage {
    var severity: DiagnosticSeverity { .error }

    var diagnosticID: MessageID {
        let word = "\(self)".prefix { $0 != "(" }
        return MessageID(domain: "TauroSDK", id: String(word))
    }

    var message: String {
        switch self {
        case .notAFunction, .notAtFileScope, .generic, .async, .isolated, .unsupportedResult: functionMessage
        case .nameNotLiteral, .nameNotDotted, .flagNotLiteral, .pluginTextNotLiteral, .pluginTextNotPrintable:
            attributeMessage
        case .defaultNotLiteral, .defaultOutOfRange, .defaultWithNUL, .inputDefault: defaultMessage
        default: argumentMessage
        }
    }

    private var functionMessage: String {
        switch self {
        case .notAFunction: "'@Node' belongs on a function"
        case .notAtFileScope(let function):
            "a node is a function at file scope, because its C entry point has no 'self' to call '\(function)' on; "
                + "move it out of the type"
        case .generic(let function): "'\(function)' can not be generic: a node has one C entry point, of fixed types"
        case .async(let function):
            "'\(function)' can not be async: a node runs to its end on the thread that the host called it on"
        case .isolated(let function, let actor):
            "'\(function)' can not be isolated to '\(actor)': a node runs on the thread that the host called it on"
        case .unsupportedResult(let type): "a node returns Frame, Artifact or nothing, but not '\(type)'"
        default: ""
        }
    }

    private var attributeMessage: String {
        switch self {
        case .nameNotLiteral:
            "the name of a node is a string literal without interpolation: it is read while compiling"
        case .nameNotDotted(let name):
            "'\(name)' is no name of a node: join two or more identifiers of ASCII letters, digits and underscores "
                + "by dots, as in \"flights.gold.by_carrier\""
        case .flagNotLiteral(let flag): "'\(flag)' is true or false, written out: it is read while compiling"
        case .pluginTextNotLiteral(let what):
            "the \(what) of a plugin is a string literal without interpolation: it is read while compiling"
        case .pluginTextNotPrintable(let what):
            "the \(what) of a plugin has at least one character, and neither tabs nor control characters"
        default: ""
        }
    }

    private var defaultMessage: String {
        switch self {
        case .defaultNotLiteral(let name, let type):
            "the default of '\(name)' is not a literal of \(type): it goes into the plugin's note, which hosts read "
                + "without running the plugin; write a literal, or no default to require a value"
        case .defaultOutOfRange(let text, let type): "'\(text)' does not fit into \(type)"
        case .defaultWithNUL(let name): "the default of '\(name)' holds a NUL, which ends a string in C"
        case .inputDefault(let name): "'\(name)' can not have a default: what an input is, the pipeline says"
        default: ""
        }
    }

    private var argumentMessage: String {
        switch self {
        case .unsupportedParameter(let name, let type, let instead):
            "a node can not take '\(name): \(type)'"
                + (instead.map { "; write '\($0)'" }
                    ?? ": inputs are Frame, Artifact or a last [Frame], parameters are Int64, Double, Bool or String, "
                    + "and there are 'call: Call' and 'ml: MLContext?'")
        case .inoutParameter(let name): "'\(name)' can not be inout: what a node is given does not change"
        case .variadicParameter(let name):
            "'\(name)' can not be variadic; take all remaining inputs as a last '[Frame]'"
        case .unnamedParameter(let type):
            "this \(type) needs a name: configuration and SQL call it by that"
        case .reservedName(let name): "'\(name)' is taken: every node has an argument of that name in C and in SQL"
        case .notAnIdentifier(let name):
            "'\(name)' can not be the name of an input or parameter: use ASCII letters, digits and underscores"
        case .repeatedArgument(let type): "a node takes \(type) once"
        case .framesNotLast(let name): "'\(name)' takes all remaining inputs, so no input can come after it"
        case .tooManyInputs(let count): "a node takes at most \(mostInputs) inputs, but this one has \(count)"
        case .tooManyParameters(let count):
            "a node takes at most \(mostParameters) parameters, but this one has \(count)"
        default: ""
        }
    }
}

/// The cure of an unsupported type that is near a supported one.
struct WriteInstead: FixItMessage {
    let type: String

    var message: String { "write '\(type)'" }
    var fixItID: MessageID { MessageID(domain: "TauroSDK", id: "writeInstead") }
}
