import TauroData
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// What survives in a topic whose messages are JSON, held to the table of the documentation.
@Suite struct KafkaTypesTests {
    private func outcome(_ sample: RoundTripCase) throws -> String {
        let trip = RoundTrip(engine: RealStore.engine, project: try Project())
        let topic = try KafkaTopic()
        let options: [String: ConfigValue.Content] = ["value_format": .string("json")]
        let outcome = try trip.outcome(of: sample, in: topic.dataset(options)) { frame in
            let columns = try frame.schema().fields.map { ($0.name, $0.type.sqlName ?? "VARCHAR") }
            return topic.dataset(options, columns: columns)
        }
        return outcome.replacing(topic.name, with: "…")
    }

    @Test func theTableOfTheDocumentationIsWhatHappens() throws {
        let rows = try RoundTripCase.all.map { "| \($0.name) | \(try outcome($0)) |" }
        let head = ["| a column or table of | kafka, `value_format: json` |", "|---|---|"]
        try DocumentedTable("TypesInFiles", of: "KafkaTypesTests").check(head + rows)
    }
}
