import TauroBasics
import TauroModel

/// What came of one check as a part of a summary's JSON document.
enum CheckResultDocument {
    static func document(_ result: CheckResult) -> JSONValue {
        [
            "dataset": text(result.dataset),
            "check": .string(result.check),
            "name": text(result.name),
            "columns": .array(result.columns.map { .string($0) }),
            "status": .string(result.status.rawValue),
            "rows": number(result.rows),
            "failing_rows": number(result.failingRows),
            "message": result.message.isEmpty ? .null : .string(result.message),
            "samples": .array(result.samples.map { row in sample(row) }),
        ]
    }

    private static func sample(_ row: [CheckResult.SampleValue]) -> JSONValue {
        .object(row.map { JSONValue.Member($0.column, text($0.text)) })
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    private static func number(_ number: Int64?) -> JSONValue { number.map { .integer($0) } ?? .null }
}
