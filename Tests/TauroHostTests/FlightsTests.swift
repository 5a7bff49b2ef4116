import Foundation
import Testing

/// The demonstration on real data: compiled nodes in C and in Swift, a year of departures from New York.
///
/// Needs `scripts/fetch-flights-data` and the plugins in the project; `scripts/test` sees to both.
@Suite(.serialized) struct FlightsTests {
    /// A copy of the project elsewhere on disk, with data, plugins and configuration as plain files.
    private func copy() throws -> Scratch {
        let scratch = try Scratch()
        for part in ["config", "data", "plugins"] {
            let source = "\(Checkout.flights)/\(part)"
            try #require(
                FileManager.default.fileExists(atPath: source),
                "\(source) is missing; run scripts/test, which makes it"
            )
            try FileManager.default.copyItem(atPath: source, toPath: scratch.file(part))
        }
        return scratch
    }

    private func run(_ scratch: Scratch, _ start: String, _ end: String) throws -> [String: [String: Any]] {
        let result = try HostProcess.run([
            "run", "flights_daily", "--project", scratch.path, "--start-date", start, "--end-date", end, "--format",
            "json", "--progress", "none",
        ])
        try #require(result.status == 0, "\(result.errors)")
        let summary = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        return try #require(summary?["nodes"] as? [String: [String: Any]])
    }

    @Test func wholeYearEqualsTheSameWorkDoneIndependently() throws {
        let scratch = try copy()
        let nodes = try run(scratch, "2013-01-01", "2013-12-31")
        #expect(nodes["extract_flights"]?["rows"] as? Int == 336_776)
        #expect(nodes["extract_weather"]?["rows"] as? Int == 26_115)
        #expect(nodes["join_weather"]?["rows"] as? Int == nodes["clean_flights"]?["rows"] as? Int)
        let check = try HostProcess.start(
            Checkout.root + "/scripts/reference-flights",
            [scratch.path]
        )
        #expect(check.status == 0, "\(check.output)\(check.errors)")
    }

    @Test func framesOnDiskChangeNothing() throws {
        let scratch = try copy()
        let settings = "config/global_settings.yaml"
        // A reader of csv needs some 32 MB for each thread; nearly nothing is left for frames.
        try scratch.write(try scratch.text(settings) + "\nmemory_limit: 160 MiB\n", to: settings)
        _ = try run(scratch, "2013-01-01", "2013-12-31")
        let check = try HostProcess.start(Checkout.root + "/scripts/reference-flights", [scratch.path])
        #expect(check.status == 0, "\(check.output)\(check.errors)")
    }

    @Test func januaryAloneIsJanuary() throws {
        let nodes = try run(try copy(), "2013-01-01", "2013-01-31")
        #expect(nodes["extract_flights"]?["rows"] as? Int == 27_004)
    }

    @Test func oneDayCountsWhole() throws {
        let nodes = try run(try copy(), "2013-01-01", "2013-01-01")
        #expect(nodes["extract_flights"]?["rows"] as? Int == 842)
    }
}
