import TauroModel
import Testing

@testable import TauroConfig

@Suite("An `input` or `output` that is a map")
struct StreamEndpointTests {
    private let place = TauroModel.SourceLocation(file: "nodes.yaml", line: 3, column: 10)

    private func map(_ entries: KeyValuePairs<String, ConfigValue>) -> ConfigValue {
        value(.map(entries.map { ConfigValue.Entry(key: $0.key, keyLocation: place, value: $0.value) }))
    }

    private func value(_ content: ConfigValue.Content) -> ConfigValue { ConfigValue(content, at: place) }

    @Test("has a format, a path in either spelling, options and a place for its progress")
    func everything() throws {
        let endpoint = try #require(
            StreamEndpoint(
                map([
                    "format": value(.string("kafka")), "filepath": value(.string("in")),
                    "options": map(["subscribe": value(.string("events")), "limit": value(.integer(5))]),
                    "checkpointLocation": value(.string("state")),
                ])
            )
        )
        #expect(endpoint.format == Located("kafka"))
        #expect(endpoint.format?.location == place)
        #expect(endpoint.path == Located("in"))
        #expect(endpoint.option("subscribe") == "events")
        #expect(endpoint.option("limit") == nil)
        #expect(endpoint.options["limit"]?.content == .integer(5))
        #expect(endpoint.checkpointLocation == "state")
        #expect(endpoint.location == place)
    }

    @Test("may lack everything, which the validator says")
    func empty() throws {
        let endpoint = try #require(StreamEndpoint(map([:])))
        #expect(endpoint.format == nil)
        #expect(endpoint.path == nil)
        #expect(endpoint.options.isEmpty)
    }

    @Test("never gives a secret away")
    func secret() throws {
        var topic = value(.string("hunter2"))
        topic.isSecret = true
        #expect(try #require(StreamEndpoint(map(["options": map(["topic": topic])]))).option("topic") == nil)
    }

    @Test("is neither a list of ids nor a single one")
    func lists() {
        #expect(StreamEndpoint(value(.list([value(.string("raw"))]))) == nil)
        #expect(StreamEndpoint(value(.string("raw"))) == nil)
    }
}
