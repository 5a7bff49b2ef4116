import TauroModel
import Testing

@testable import TauroIO

/// Where reading begins and ends, as people write it.
@Suite struct KafkaPositionTests {
    private static let place = SourceLocation(file: "input.yaml", line: 1, column: 1)

    private func position(_ content: ConfigValue.Content, topic: String? = "t") throws -> KafkaPosition {
        try KafkaPosition(ConfigValue(content, at: Self.place), topic: topic)
    }

    private func problem(_ content: ConfigValue.Content) -> String {
        do {
            _ = try position(content)
            return ""
        } catch let problem as KafkaPosition.Problem {
            return problem.text
        } catch {
            return "\(error)"
        }
    }

    @Test func wordsAreTheEnds() throws {
        #expect(try position(.string("earliest")) == .earliest)
        #expect(try position(.string("latest")) == .latest)
    }

    @Test(arguments: [#"{"t":{"0":23,"1":-2,"2":-1}}"#, #"{"0": 23, "1": -2, "2": -1}"#])
    func offsetsAreReadAsSparkWritesThem(text: String) throws {
        let position = try position(.string(text))
        #expect(position == .offsets([0: .offset(23), 1: .earliest, 2: .latest]))
        #expect(position.place(in: 0, otherwise: .latest) == .offset(23))
        #expect(position.place(in: 7, otherwise: .latest) == .latest)
    }

    @Test func offsetsMayBeAMap() throws {
        func entry(_ key: String, _ content: ConfigValue.Content) -> ConfigValue.Entry {
            .init(key: key, keyLocation: Self.place, value: ConfigValue(content, at: Self.place))
        }
        #expect(try position(.map([entry("0", .integer(5))])) == .offsets([0: .offset(5)]))
        #expect(try position(.map([entry("t", .map([entry("0", .integer(5))]))])) == .offsets([0: .offset(5)]))
        #expect(problem(.map([entry("0", .bool(true))])).hasSuffix("found true"))
    }

    @Test(arguments: [
        ("newest", #"found the text "newest""#),
        (#"{"u":{"0":1}}"#, "the offsets are of the topic 'u', and the topic is 't'"),
        (#"{"first":1}"#, "'first' is no number of a partition"),
        (#"{"0":-3}"#, "partition 0 has no whole number from -2"),
        (#"{"0":1.5}"#, "partition 0 has no whole number from -2"), (#"[1]"#, "expected earliest, latest or offsets"),
    ])
    func otherThingsAreRefused(text: String, expected: String) {
        #expect(problem(.string(text)).contains(expected), "\(problem(.string(text)))")
    }

    @Test(arguments: [
        ("1767225600000", 1_767_225_600_000), ("2026-01-01", 1_767_225_600_000),
        ("2026-01-01T01:00+01:00", 1_767_225_600_000),
    ])
    func momentsAreMillisecondsOrISO8601(text: String, expected: Int64) throws {
        #expect(try KafkaPosition(moment: ConfigValue(.string(text), at: Self.place)) == .moment(expected))
    }

    @Test func otherMomentsAreRefused() {
        #expect(throws: KafkaPosition.Problem.self) {
            try KafkaPosition(moment: ConfigValue(.string("yesterday"), at: Self.place))
        }
    }
}
