import TauroBasics
import TauroModel
import TauroRuntime

/// What the verbs about datasets find, as JSON documents: every key present.
enum DatasetDocument {
    static func document(_ datasets: [DatasetEntry]) -> JSONValue {
        ["datasets": .array(datasets.map { document($0) })]
    }

    static func document(columns: [DatasetColumn], of id: String) -> JSONValue {
        ["id": .string(id), "columns": .array(columns.map { document($0) })]
    }

    static func document(_ preview: DatasetPreview, of id: String) -> JSONValue {
        switch preview {
        case .rows(let columns, let rows):
            [
                "id": .string(id), "columns": .array(columns.map { document($0) }),
                "rows": .array(
                    rows.map { row in
                        .object(zip(columns, row).map { JSONValue.Member($0.name, value($1, $0.kind)) })
                    }
                ),
                "artifact": .null,
            ]
        case .artifact(let artifact):
            [
                "id": .string(id), "columns": [], "rows": [],
                "artifact": [
                    "media_type": .string(artifact.mediaType), "bytes": .integer(artifact.bytes),
                    "path": .string(artifact.path),
                    "lines": artifact.lines.map { .array($0.map { .string($0) }) } ?? .null,
                ],
            ]
        }
    }

    static func document(_ profile: DatasetProfile, of id: String) -> JSONValue {
        [
            "id": .string(id), "rows": .integer(profile.rows),
            "columns": .array(profile.columns.map { document($0) }),
        ]
    }

    private static func document(_ entry: DatasetEntry) -> JSONValue {
        let definition = entry.dataset.definition
        let presence = entry.presence
        return [
            "id": .string(definition.id), "kind": entry.dataset.isOutput ? "output" : "input",
            "format": .string(definition.format.value), "path": .string(definition.place),
            "exists": .bool(presence != nil), "files": number(presence?.files.map { Int64($0) }),
            "bytes": number(presence?.bytes), "rows": number(presence?.rows), "media_type": text(presence?.mediaType),
            "description": text(definition.description),
        ]
    }

    private static func document(_ column: DatasetColumn) -> JSONValue {
        ["name": .string(column.name), "type": .string(column.type), "nullable": .bool(column.isNullable)]
    }

    private static func document(_ figures: DatasetProfile.Figures) -> JSONValue {
        let kind = figures.column.kind
        return [
            "name": .string(figures.column.name), "type": .string(figures.column.type),
            "nulls": .integer(figures.nulls), "distinct_estimate": .integer(figures.distinct),
            "nan": number(figures.notANumber), "min": value(figures.minimum, kind),
            "max": value(figures.maximum, kind), "mean": figures.mean.map { .double($0) } ?? .null,
            "histogram": figures.histogram.map { .array($0.map { .integer($0) }) } ?? .null,
        ]
    }

    /// A value as JSON has it where nothing is lost by that, else as text: a decimal, a number that is not finite, a day.
    private static func value(_ text: String?, _ kind: DatasetColumn.Kind) -> JSONValue {
        guard let text else { return .null }
        switch kind {
        case .bool where text == "true" || text == "false": return .bool(text == "true")
        case .integer: return Int64(text).map { .integer($0) } ?? .string(text)
        case .float:
            let number = Double(text).flatMap { $0.isFinite ? $0 : nil }
            return number.map { .double($0) } ?? .string(text)
        default: return .string(text)
        }
    }

    private static func number(_ number: Int64?) -> JSONValue { number.map { .integer($0) } ?? .null }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
