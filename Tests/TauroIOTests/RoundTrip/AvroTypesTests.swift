import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// What the types of avro files of others arrive as, held to the table of the documentation.
@Suite struct AvroTypesTests {
    /// What the documentation calls a type, its schema and a value as Python writes them.
    private static let samples: [(name: String, schema: String, value: String)] = [
        ("`boolean`", #""boolean""#, "True"), ("`int`", #""int""#, "-2147483648"),
        ("`long`", #""long""#, "9223372036854775807"), ("`float`", #""float""#, "0.5"),
        ("`double`", #""double""#, "0.1"),
        ("`string`", #""string""#, "'é'"), ("`bytes`", #""bytes""#, #"b"\0\xff""#),
        ("`fixed`", #"{"type": "fixed", "name": "two", "size": 2}"#, #"b"\0\xff""#),
        ("`enum`", #"{"type": "enum", "name": "word", "symbols": ["red", "green"]}"#, "'green'"),
        ("`array`", #"{"type": "array", "items": ["null", "long"]}"#, "[1, None]"),
        ("`map`", #"{"type": "map", "values": "long"}"#, "{'k': 1}"),
        ("`record`", #"{"type": "record", "name": "pair", "fields": [{"name": "a", "type": "long"}]}"#, "{'a': 1}"),
        ("a union with null", #"["null", "long"]"#, "None"), ("a union of others", #"["long", "string"]"#, "'x'"),
        (
            "`decimal` 12.5", #"{"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}"#,
            "Decimal('12.50')"
        ),
        ("`date`", #"{"type": "int", "logicalType": "date"}"#, "date(2024, 2, 29)"),
        ("`time-millis`", #"{"type": "int", "logicalType": "time-millis"}"#, "time(23, 59, 59, 123000)"),
        ("`time-micros`", #"{"type": "long", "logicalType": "time-micros"}"#, "time(23, 59, 59, 123456)"),
        (
            "`timestamp-millis`", #"{"type": "long", "logicalType": "timestamp-millis"}"#,
            "datetime(2024, 2, 29, 23, 59, 59, 123000, timezone.utc)"
        ),
        (
            "`timestamp-micros`", #"{"type": "long", "logicalType": "timestamp-micros"}"#,
            "datetime(2024, 2, 29, 23, 59, 59, 123456, timezone.utc)"
        ),
        (
            "`local-timestamp-micros`", #"{"type": "long", "logicalType": "local-timestamp-micros"}"#,
            "datetime(2024, 2, 29, 23, 59, 59, 123456)"
        ),
        ("`uuid`", #"{"type": "string", "logicalType": "uuid"}"#, "UUID('6f1f6f2a-7b1c-4c3a-9a53-0d7a5d9f1a11')"),
    ]

    private static let writer = """
        import json, sys
        from datetime import date, datetime, time, timezone
        from decimal import Decimal
        from uuid import UUID
        import fastavro
        for place in range(1, len(sys.argv), 3):
            path, schema, value = sys.argv[place:place + 3]
            record = {"type": "record", "name": "row", "fields": [{"name": "c", "type": json.loads(schema)}]}
            with open(path, "wb") as file: fastavro.writer(file, record, [{"c": eval(value)}])
        """

    private func row(_ name: String, in store: RealStore) -> String {
        do {
            let type = try store.columns()[0].dropFirst("c: ".count)
            let value = try store.rows("SELECT coalesce(CAST(c AS VARCHAR), 'NULL') AS text FROM t")[0]
            return "| \(name) | `\(type)` | `\(value)` |"
        } catch {
            let reason = "\(error)".split(separator: "\n")[0].replacing(store.project.path, with: "…")
            return "| \(name) | can not be read | \(reason) |"
        }
    }

    @Test func theTableOfTheDocumentationIsWhatHappens() throws {
        var store = try RealStore("avro")
        let paths = Self.samples.indices.map { store.project["\($0).avro"] }
        try ForeignPython.run(Self.writer, zip(paths, Self.samples).flatMap { [$0, $1.schema, $1.value] })
        var lines = ["| type | column | value |", "|---|---|---|"]
        for (path, sample) in zip(paths, Self.samples) {
            store.dataset.path = Located(path)
            lines.append(row(sample.name, in: store))
        }
        try DocumentedTable("TypesInFiles", of: "AvroTypesTests").check(lines)
    }
}
