import TauroBasics
import TauroData
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// Rows as JSON objects and back, without a broker.
@Suite struct JSONRowTests {
    private func objects(_ query: String) throws -> [String] {
        let statement = SQLStatement(text: query, tables: [])
        let frame = try RealStore.engine.run(statement, cancellation: CancellationToken())
        let stream = try frame.stream()
        var texts: [String] = []
        while let batch = try stream.next() {
            let encoder = try KafkaJSONEncoder(batch, KafkaSettings(), of: "t")
            texts += (0..<batch.rowCount).map { String(decoding: encoder.message($0).value ?? [], as: UTF8.self) }
        }
        return texts
    }

    @Test(arguments: [
        ("9223372036854775807::BIGINT", "9223372036854775807"),
        ("18446744073709551615::UBIGINT", "18446744073709551615"),
        ("'-0.07'::DECIMAL(18, 2)", "-0.07"),
        ("'12345678901234567890.123456789'::DECIMAL(38, 9)", "12345678901234567890.123456789"),
        ("0.1::DOUBLE", "0.1"), ("'nan'::DOUBLE", #""NaN""#), ("'-inf'::FLOAT", #""-Infinity""#), ("true", "true"),
        ("NULL::INTEGER", "null"), ("'é \"q\" \\ \n'", #""é \"q\" \\ \n""#), (#"'\x00\xFF'::BLOB"#, #""AP8=""#),
        ("''::BLOB", #""""#), ("DATE '2026-01-31'", #""2026-01-31""#), ("TIME '10:11:12.5'", #""10:11:12.500000""#),
        ("TIMESTAMP '1969-12-31 23:59:59.999'", #""1969-12-31T23:59:59.999000""#),
        ("TIMESTAMP_NS '2026-01-31 10:00:00.123456789'", #""2026-01-31T10:00:00.123456789""#),
        ("TIMESTAMP_S '2026-01-31 10:00:00'", #""2026-01-31T10:00:00""#),
        ("TIMESTAMPTZ '2026-01-31 10:00:00+01:00'", #""2026-01-31T09:00:00.000000Z""#),
        ("[1, NULL, 3]", "[1,null,3]"), ("[]::INTEGER[]", "[]"), ("{'a': 1, 'b c': ['x']}", #"{"a":1,"b c":["x"]}"#),
        ("MAP {'k': 1, 'l': NULL}", #"{"k":1,"l":null}"#), ("MAP {1: true}", #"{"1":true}"#),
    ])
    func everyTypeHasAForm(value: String, expected: String) throws {
        #expect(try objects("SELECT \(value) AS v") == ["{\"v\":\(expected)}"])
    }

    @Test func whatHasNoFormIsAnErrorThatNamesTheColumn() {
        let message = KafkaTopic.message { _ = try objects("SELECT 1 AS a, INTERVAL 1 DAY AS wait") }
        #expect(message.hasPrefix("output 't': column 'wait' is interval") && message.contains("convert it to text"))
    }

    @Test func membersKeepTheirDigits() throws {
        let text = #" {"a" : 0.12345678901234567890 , "b":[1, {"c": "," }] ,"c":null,"d":"\u00e9","e":{} } "#
        let members = try JSONMembers(Array(text.utf8)).members
        #expect(members.map(\.name) == ["a", "b", "c", "d", "e"])
        #expect(
            members.map(\.value) == [
                .number("0.12345678901234567890"), .other(#"[1, {"c": "," }]"#), .null, .string("é"), .other("{}"),
            ]
        )
    }

    @Test(arguments: ["", "[1]", "1", "{", #"{"a":1} x"#, #"{"a":}"#]) func otherThingsAreNoObject(text: String) {
        #expect(!JSONMembers.isObject(text))
    }
}
