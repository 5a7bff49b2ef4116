import TauroBasics
import TauroModel

/// Checks the stream that a node reads and the one it writes, each on its own.
struct StreamEndpointCheck {
    let node: NodeDefinition
    let policy: FormatPolicy

    /// What is wrong with an `input` that is a map.
    func input() -> [Diagnostic] {
        guard let input = node.streamInput else { return [] }
        guard let format = input.format else {
            return [error("Streaming node '\(node.name)' must have an 'input' with a 'format'", at: input.location)]
        }
        guard policy.isSupportedInput(format.value) else {
            return [unsupported(format, of: "input", policy.supportedInputs, at: format.location)]
        }
        return missing(Self.neededToRead[format.value] ?? [], in: input, format.value, "input")
    }

    /// What is wrong with an `output` that is a map.
    func output(isStreaming: Bool) -> [Diagnostic] {
        guard let output = node.streamOutput else { return [] }
        guard isStreaming else {
            return [
                error(
                    "Node '\(node.name)' reads no stream, so its 'output' can not be a map",
                    at: output.location,
                    notes: ["name an id, as in `output: gold.table`, and describe it in output.yaml"]
                )
            ]
        }
        guard let format = output.format else {
            return [error("Streaming node '\(node.name)' must have an 'output' with a 'format'", at: output.location)]
        }
        guard policy.isSupportedOutput(format.value) else { return [unsupportedOutput(format, at: format.location)] }
        return missing(Self.neededToWrite[format.value] ?? [], in: output, format.value, "output")
    }

    /// A stream can not be written in a format.
    func unsupportedOutput(_ format: Located<String>, at location: SourceLocation?) -> Diagnostic {
        unsupported(format, of: "output", policy.supportedOutputs, at: location)
    }

    private func unsupported(
        _ format: Located<String>,
        of side: String,
        _ known: [String],
        at location: SourceLocation?
    ) -> Diagnostic {
        let replaced = ["`format_policy.supported_\(side)s` of global settings replaces this list"]
        let notes = NearestName.note(NearestName.nearest(to: format.value, in: known)) + replaced
        return error(
            "Node '\(node.name)': streaming \(side) format '\(format.value)' not supported. Supported formats: "
                + known.joined(separator: ", "),
            at: location ?? node.location,
            notes: notes
        )
    }

    /// Each group is met by exactly one of its names.
    private func missing(
        _ groups: [[String]],
        in endpoint: StreamEndpoint,
        _ format: String,
        _ side: String
    ) -> [Diagnostic] {
        groups.compactMap { group in
            let given = group.filter { name in
                endpoint.options[name] != nil || (name == "path" && endpoint.path != nil)
            }
            if given.count == 1 { return nil }
            let wanted =
                group.count == 1 ? "'\(group[0])'" : "exactly one of \(group.map { "'\($0)'" }.joined(separator: ", "))"
            let found = given.isEmpty ? "" : ", found \(given.map { "'\($0)'" }.joined(separator: " and "))"
            let place = group == ["path"] ? "`\(side)`" : "`\(side).options`"
            return error(
                "Streaming node '\(node.name)': \(format) needs \(wanted) in \(place)\(found)",
                at: endpoint.location ?? node.location
            )
        }
    }

    private func error(_ message: String, at location: SourceLocation?, notes: [String] = []) -> Diagnostic {
        Diagnostic(.error, .validation, message, at: location ?? node.location, notes: notes)
    }

    /// What a reader of each format must be told.
    private static let neededToRead = [
        "kafka": [["kafka.bootstrap.servers"], ["subscribe", "subscribePattern", "assign"]],
        "kinesis": [["streamName"], ["region"]],
        "delta_stream": [["path"]],
        "file_stream": [["path"]],
    ]

    /// What a writer of each format must be told.
    private static let neededToWrite = [
        "kafka": [["kafka.bootstrap.servers"], ["topic"]],
        "delta": [["path"]],
        "parquet": [["path"]],
        "json": [["path"]],
        "csv": [["path"]],
    ]
}
