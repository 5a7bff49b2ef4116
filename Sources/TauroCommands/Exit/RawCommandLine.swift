import TauroBasics
import TauroModel

/// What can be told from arguments that the parser refused: enough to answer in the form that was asked for.
struct RawCommandLine {
    /// The verb, if one is named.
    let verb: String?
    /// The pipeline, if it stands where the usage puts it: right behind the verb.
    let pipeline: String?
    /// Whether the last `--format` says `json`.
    let wantsJSON: Bool

    /// Reads the arguments, the program's name first.
    init(_ arguments: [String]) {
        let options = arguments.prefix { $0 != "--" }
        let words = Array(options.dropFirst().prefix { !$0.hasPrefix("-") })
        verb = words.first
        pipeline = words.dropFirst().first
        var format: String?
        for (argument, next) in zip(options, options.dropFirst() + [""]) {
            if argument == "--format" { format = next }
            if argument.hasPrefix("--format=") { format = String(argument.dropFirst("--format=".count)) }
        }
        wantsJSON = format == "json"
    }

    /// The document for stdout that says why the command line was refused; nil if none was asked for.
    func failureDocument(_ message: String) -> JSONValue? {
        guard wantsJSON else { return nil }
        let error: JSONValue = [
            "type": .string(ConfigurationError.typeName), "message": .string(message), "node": .null,
            "operation": "read the command line",
        ]
        switch verb {
        case "run": return SummaryDocument.document(notStarted: pipeline, because: [error])
        case "plan": return PlanDocument.document(notPlanned: pipeline, because: [error])
        case "config", "datasets": return ConfigValueDocument.document(notReadBecause: [error])
        case "validate": return FindingsDocument.document([Diagnostic(.error, .configuration, message)])
        default: return nil
        }
    }
}
