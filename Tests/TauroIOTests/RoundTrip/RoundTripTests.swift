import TauroBasics
import TauroEngine
import Testing

@testable import TauroIO

/// What survives in which file format, held to the table of the documentation.
@Suite struct RoundTripTests {
    private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    private static let page = root + "/Sources/TauroRuntime/TauroRuntime.docc/TypesInFiles.md"
    private static let begin = "<!-- The table is what the test RoundTripTests finds. -->\n\n"

    private let engine = DuckDBEngine(libraryDirectories: [RoundTripTests.root + "/.tauro/vendor"], threads: 2)

    private func table() throws -> String {
        let trip = RoundTrip(engine: engine, project: try Project())
        let formats: [TableFormat] = [.arrow, .csv, .delta, .json, .orc, .parquet]
        let names = formats.map(\.name).joined(separator: " | ")
        var lines = ["| a column or table of | \(names) |", "|---|---|---|---|---|---|---|"]
        for sample in RoundTripCase.all {
            let outcomes = try formats.map { try trip.outcome(of: sample, in: $0) }
            lines.append("| \(([sample.name] + outcomes).joined(separator: " | ")) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    @Test func theTableOfTheDocumentationIsWhatHappens() throws {
        let text = try FileSystem.readText(Self.page)
        let parts = text.split(separator: Self.begin, maxSplits: 1)
        try #require(parts.count == 2, "the page has the line that the table follows")
        let found = try table()
        if ProcessEnvironment.variables()["TAURO_RECORD_SNAPSHOTS"] == "1" {
            try FileSystem.writeAtomically(String(parts[0]) + Self.begin + found, to: Self.page)
            return
        }
        let rows = (found: found.split(separator: "\n"), stated: parts[1].split(separator: "\n"))
        #expect(rows.found.count == rows.stated.count)
        for (found, stated) in zip(rows.found, rows.stated) { #expect(found == stated) }
    }
}
