import TauroBasics
import TauroEngine
import Testing

@testable import TauroIO

/// What survives in which file format, held to the table of the documentation.
@Suite struct RoundTripTests {
    private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    private let engine = DuckDBEngine(libraryDirectories: [RoundTripTests.root + "/.tauro/vendor"], threads: 2)

    @Test func theTableOfTheDocumentationIsWhatHappens() throws {
        let trip = RoundTrip(engine: engine, project: try Project())
        let formats: [TableFormat] = [.arrow, .csv, .delta, .feather, .json, .orc, .parquet]
        let names = formats.map(\.name).joined(separator: " | ")
        var lines = ["| a column or table of | \(names) |", "|---|---|---|---|---|---|---|---|"]
        for sample in RoundTripCase.all {
            let outcomes = try formats.map { try trip.outcome(of: sample, in: $0) }
            lines.append("| \(([sample.name] + outcomes).joined(separator: " | ")) |")
        }
        try DocumentedTable("TypesInFiles", of: "RoundTripTests").check(lines)
    }
}
