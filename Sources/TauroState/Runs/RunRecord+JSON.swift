import TauroBasics
import TauroModel

/// How a run's directory keeps its record, `plan.json`.
///
/// What lists of runs show comes first, so that the beginning of the file is enough for them.
extension RunRecord {
    /// The format of the file; a host refuses the files of a newer one.
    static let format: Int64 = 1

    /// The record as a document.
    var json: JSONValue {
        [
            "format": .integer(RunRecord.format), "id": .string(id), "pipeline": .string(pipeline),
            "type": .string(kind.rawValue), "engine": .string(engine), "start_date": JSONValue(dates.start),
            "end_date": JSONValue(dates.end), "max_workers": .integer(Int64(maxWorkers)), "request": request.json,
            "nodes": .array(nodes.map(\.json)),
        ]
    }

    /// Reads a document that `json` made.
    ///
    /// - Throws: `UnreadableRun`.
    init(_ json: JSONValue) throws(UnreadableRun) {
        guard let format = json["format"]?.integer else { throw UnreadableRun("plan.json has no number `format`") }
        try RunRecord.check(format)
        guard let id = json["id"]?.text, let pipeline = json["pipeline"]?.text,
            let kind = json["type"]?.text.flatMap(PipelineDefinition.Kind.init(rawValue:)),
            let engine = json["engine"]?.text, let maxWorkers = json["max_workers"]?.count
        else { throw UnreadableRun("plan.json lacks `id`, `pipeline`, `type`, `engine` or `max_workers`") }
        guard let request = json["request"].flatMap(RunRequest.init) else {
            throw UnreadableRun("plan.json has a `request` that can not be understood")
        }
        guard let nodes = json["nodes"]?.list(Node.init) else {
            throw UnreadableRun("plan.json has `nodes` that can not be understood")
        }
        self.init(
            id: id,
            pipeline: pipeline,
            kind: kind,
            engine: engine,
            dates: DateWindow(start: json["start_date"]?.text, end: json["end_date"]?.text),
            maxWorkers: maxWorkers,
            request: request,
            nodes: nodes
        )
    }

    /// - Throws: `UnreadableRun` where only a newer version knows the file's format.
    static func check(_ format: Int64) throws(UnreadableRun) {
        if format <= RunRecord.format { return }
        throw UnreadableRun("a newer version of the host wrote plan.json: format \(format); use that version")
    }
}

extension RunRecord.Node {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "function": .string(function), "plugin": .string(plugin),
            "dependencies": JSONValue(dependencies), "inputs": JSONValue(inputs), "outputs": JSONValue(outputs),
            "fingerprint": .array(
                fingerprint.parts.map { ["name": .string($0.name), "value": .string($0.value)] }
            ),
        ]
    }

    fileprivate init?(_ json: JSONValue) {
        guard let name = json["name"]?.text, let function = json["function"]?.text, let plugin = json["plugin"]?.text,
            let dependencies = json["dependencies"]?.list(\.text), let inputs = json["inputs"]?.list(\.text),
            let outputs = json["outputs"]?.list(\.text),
            let parts = json["fingerprint"]?.list(NodeFingerprint.Part.init)
        else { return nil }
        self.init(
            name: name,
            function: function,
            plugin: plugin,
            dependencies: dependencies,
            inputs: inputs,
            outputs: outputs,
            fingerprint: NodeFingerprint(parts)
        )
    }
}

extension NodeFingerprint.Part {
    fileprivate init?(_ json: JSONValue) {
        guard let name = json["name"]?.text, let value = json["value"]?.text else { return nil }
        self.init(name, value)
    }
}
