import TauroBasics
import TauroModel

/// Where a key's value comes from, as JSON.
enum ConfigExplanationDocument {
    static func document(_ explanation: ConfigExplanation) -> JSONValue {
        [
            "key": .string(explanation.key),
            "value": explanation.value.map(ConfigValueDocument.document) ?? .null,
            "layers": .array(explanation.layers.map(document)),
            "pipeline": text(explanation.pipeline),
            "pipelines_to_choose": .array(explanation.pipelinesToChoose.map { .string($0) }),
            "environment": text(explanation.source.environment),
            "overlays": .array(explanation.source.overlays.map { .string($0) }),
            "files": .array(explanation.source.files.map { .string($0) }),
        ]
    }

    private static func document(_ layer: ConfigExplanation.Layer) -> JSONValue {
        var owner: (section: String?, entry: String?)
        if case .section(let section, let entry) = layer.owner { owner = (section, entry) }
        return [
            "standing": .string(layer.standing.rawValue),
            "section": text(owner.section),
            "entry": text(owner.entry),
            "value": ConfigValueDocument.document(layer.value),
            "written": text(layer.template),
            "file": text(layer.location?.file),
            "line": number(layer.location?.line),
            "column": number(layer.location?.column),
        ]
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    private static func number(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }
}
