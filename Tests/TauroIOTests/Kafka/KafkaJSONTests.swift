import TauroData
import TauroModel
import Testing

@testable import TauroIO

/// Values that are JSON objects, written by kcat.
@Suite struct KafkaJSONTests {
    private let json: [String: ConfigValue.Content] = ["value_format": .string("json")]

    @Test func declaredMembersAreColumns() throws {
        let topic = try KafkaTopic()
        try topic.write(
            #"{"id": 9007199254740993, "price": 12345678901234567890.123456789, "when": "2026-01-31T10:00:00Z", "more": 1}"#,
            #"{"when": null, "tags": [{"n": 1}], "name": "é"}"#
        )
        let dataset = topic.dataset(
            json,
            columns: [
                ("id", "BIGINT"), ("price", "DECIMAL(38,9)"), ("when", "TIMESTAMPTZ"), ("tags", "STRUCT(n INTEGER)[]"),
                ("name", "VARCHAR"),
            ]
        )
        #expect(
            try topic.frame(dataset).schema().description
                == "id: int64, price: decimal128(38, 9), when: timestamp(us, UTC), tags: list<struct<n: int32>>, name: utf8"
        )
        let rows = try topic.rows(
            dataset,
            "SELECT concat_ws('|', id, price, epoch_ms(\"when\"), tags, name) FROM t"
        )
        #expect(rows == ["9007199254740993|12345678901234567890.123456789|1769853600000", "[{'n': 1}]|é"])
    }

    @Test func membersOfTheFirstMessagesAreColumnsWhereNoneAreDeclared() throws {
        let topic = try KafkaTopic()
        try topic.write(#"{"a": 1, "b": "x"}"#, #"{"a": 2.5, "c": {"d": [true]}}"#)
        let dataset = topic.dataset(json)
        let columns = try topic.frame(dataset).schema().description
        #expect(columns == "a: float64, b: utf8, c: struct<d: list<bool>>")
        #expect(
            try topic.rows(dataset) == [
                "{'a': 1.0, 'b': x, 'c': NULL}", "{'a': 2.5, 'b': NULL, 'c': {'d': [true]}}",
            ]
        )
    }

    @Test func metadataIsThereWhereItIsAskedFor() throws {
        let topic = try KafkaTopic()
        try topic.write("k:{\"a\": 1}", "l:", more: ["-K", ":"])
        let dataset = topic.dataset(json.merging(["metadata": .bool(true)]) { $1 }, columns: [("a", "INTEGER")])
        let rows = try topic.rows(
            dataset,
            "SELECT concat_ws('|', coalesce(a, -1), decode(_key), _partition, _offset, _timestamp > '2020-01-01') FROM t"
        )
        #expect(rows == ["1|k|0|0|true", "-1|l|0|1|true"])
    }

    @Test(arguments: [
        ("{", "is no JSON object"), ("[1]", "is no JSON object (expected an object"), ("\"a\"", "is no JSON object"),
        (#"{"a": "x"}"#, "does not fit the columns: "), (#"{"a": 1.5}"#, "has '1.5' in 'a', which is no whole number"),
        (#"{"a": 99999999999}"#, "does not fit the columns: "),
    ])
    func badMessagesAreErrorsThatNameThePlace(value: String, expected: String) throws {
        let topic = try KafkaTopic()
        try topic.write(#"{"a": 1}"#, #"{"a": 2}"#, value, #"{"a": 4}"#)
        let columns = [("a", "INTEGER")]
        let message = KafkaTopic.message { _ = try topic.rows(topic.dataset(json, columns: columns)) }
        #expect(
            message.contains("the message in topic '\(topic.name)', partition 0, offset 2 \(expected)"),
            "\(message)"
        )
        let forgiving = topic.dataset(json.merging(["bad_messages": .string("null")]) { $1 }, columns: columns)
        #expect(try topic.rows(forgiving, "SELECT CAST(a AS VARCHAR) FROM t") == ["1", "2", "NULL", "4"])
    }

    @Test func aFurtherMemberIsNotLost() throws {
        let topic = try KafkaTopic()
        try topic.write(#"{"a": 1}"#)
        let frame = try topic.frame(topic.dataset(json))
        #expect(try KafkaTopic.texts(frame, "SELECT CAST(a AS VARCHAR) FROM t") == ["1"])
        let empty = try KafkaTopic()
        #expect(KafkaTopic.message { _ = try empty.rows(empty.dataset(json)) }.contains("declare them under 'schema'"))
    }
}
