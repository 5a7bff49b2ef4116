import Foundation
import TauroData
import TauroModel
import Testing

@testable import TauroEngine

/// csv and json files that others wrote: what the first rows look like makes no later row disappear or change.
@Suite struct ForeignTextTests {
    private let engine = EngineFixture.engine()
    private let directory = EngineFixture.directory()

    /// Beyond what DuckDB looks at to guess types.
    private static let far = 30_000

    /// A file of rows of which one, counted from 1, is another; returns its path.
    private func file(
        _ name: String,
        header: String?,
        _ row: (Int) -> String,
        but other: [Int: String],
        rows: Int = 31_000
    ) throws -> String {
        let lines = [header].compactMap { $0 } + (1...rows).map { other[$0] ?? row($0) }
        return try write(name, Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    private func write(_ name: String, _ data: Data) throws -> String {
        let path = "\(directory)/\(name)"
        try data.write(to: URL(fileURLWithPath: path))
        return path
    }

    private func read(
        _ format: BulkFormat,
        _ files: [String],
        _ options: [String: BulkOption] = [:],
        columns: [(name: String, type: String)] = []
    ) throws -> Frame {
        try engine.open(ReadRequest(format: format, files: files, options: options, columns: columns))
    }

    /// The rows' texts, one a row.
    private func rows(_ frame: Frame) throws -> [String] {
        let statement = SQLStatement(
            text: "SELECT CAST(all_of_it AS VARCHAR) AS row FROM all_of_it",
            tables: [("all_of_it", frame)]
        )
        return try engine.run(statement, cancellation: CancellationToken()).values("row", as: String.self)
            .map { $0 ?? "" }
    }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch {
            return (error as? SQLError).map { "\($0.code): \($0.message)" } ?? "\(error)"
        }
    }

    @Test(arguments: [3, 100, far])
    func aRowWithTooFewOrTooManyFieldsIsNamed(place: Int) throws {
        for (other, found) in [("7", 1), ("7,x,y", 3)] {
            let path = try file("rows.csv", header: "n,t", { "\($0),x" }, but: [place: other])
            let text = message { _ = try rows(read(.csv, [path])) }
            #expect(text.contains("\(path):\(place + 1): Expected Number of Columns: 2 Found: \(found)"), "\(text)")
        }
    }

    @Test func rowsThatAllHaveMoreFieldsThanTheHeaderAreNamed() throws {
        let path = try file("wide.csv", header: "n,t", { "\($0),x,y" }, but: [:], rows: 10)
        let text = message { _ = try rows(read(.csv, [path])) }
        #expect(text.contains("\(path):2: Expected Number of Columns: 2 Found: 3"), "\(text)")
        #expect(text.contains("`skip` for lines before the header"), "\(text)")
        #expect(!text.contains("strict_mode"), "\(text)")
    }

    @Test func theFirstLineIsTheHeaderUnlessOptionsSayOtherwise() throws {
        let path = try file("years.csv", header: "2020,2021", { "\($0),5" }, but: [:], rows: 2)
        #expect(try read(.csv, [path]).schema().fields.map(\.name) == ["2020", "2021"])
        #expect(try rows(read(.csv, [path], ["header": .bool(false)])).count == 3)
    }

    @Test func rowsThatLookLikeRemarksAreRows() throws {
        let path = try file("marks.csv", header: "n,t", { "\($0),x" }, but: [2: "#2,y"], rows: 3)
        #expect(try rows(read(.csv, [path])) == ["{'n': 1, 't': x}", "{'n': #2, 't': y}", "{'n': 3, 't': x}"])
        #expect(try rows(read(.csv, [path], ["comment": .string("#")])).count == 2)
    }

    @Test func quotesThatComeLateAreQuotes() throws {
        let path = try file("quotes.csv", header: "n,t", { "\($0),x" }, but: [Self.far: #"5,"a, ""b""""#])
        #expect(try rows(read(.csv, [path]))[Self.far - 1] == #"{'n': 5, 't': 'a, "b"'}"#)
    }

    @Test(arguments: [
        ("1.5", "BIGINT"), ("15e-1", "BIGINT"), ("0x10", "BIGINT"),
        ("9223372036854775808", "BIGINT"), ("1-2", "BIGINT"), ("1234567x", "BIGINT"), ("-", "BIGINT"),
        ("2026-02-29", "DATE"), ("1900-02-29", "DATE"), ("2026-13-01", "DATE"), ("2026-00-10", "DATE"),
        ("2026-04-31", "DATE"), ("2026-01-00", "DATE"), ("2026-01x01", "DATE"), ("2026-01-0:", "DATE"),
        ("2026-01-02 10:00:00", "DATE"),
        ("2026-01-02 10:00:00+02", "TIMESTAMP"), ("2026-01-02 10:00:00-02", "TIMESTAMP"),
    ])
    func aValueThatTheTypeOfTheFirstRowsWouldChangeIsNamed(value: String, type: String) throws {
        let usual = ["BIGINT": "7", "DATE": "2026-01-01", "TIMESTAMP": "2026-01-01 00:00:00"][type] ?? ""
        for files in 1...2 {
            var paths = [try file("v.csv", header: "n,v", { "\($0),\(usual)" }, but: [Self.far: "5,\(value)"])]
            if files == 2 { paths.insert(try file("u.csv", header: "n,v", { "\($0),\(usual)" }, but: [:]), at: 0) }
            let text = message { _ = try rows(read(.csv, paths)) }
            #expect(
                text.contains("\(paths.last ?? ""), row \(Self.far): '\(value)' in column 'v' is no \(type)"),
                "\(text)"
            )
            #expect(text.hasPrefix("io: ") && text.contains("schema: {v: VARCHAR}"), "\(text)")
            let declared = try rows(read(.csv, paths, columns: [("v", "VARCHAR")]))
            #expect(declared.contains { $0.contains(value) })
        }
    }

    @Test(arguments: [
        ("7", "-5"), ("7", " 5 "), ("7", "+5"), ("7", "1_000"), ("7", "-9223372036854775808"),
        ("7", "9223372036854775807"),
        ("2026-01-01", "2024-02-29"), ("2026-01-01", "2026-12-31"), ("2026-01-01", "2026-1-5"),
        ("2026-01-01 00:00:00", "2026-01-02T03:04:05.678"), ("2026-01-01 00:00:00", "2026-01-02"),
    ])
    func valuesOfTheTypeOfTheFirstRowsAreTakenHoweverTheyAreWritten(usual: String, value: String) throws {
        let path = try file("w.csv", header: "n,v", { "\($0),\(usual)" }, but: [Self.far: "5,\(value)"])
        let expected = try engine.sql(
            "SELECT CAST(CAST('\(value)' AS \(usual == "7" ? "BIGINT" : usual.count == 10 ? "DATE" : "TIMESTAMP")) AS VARCHAR) AS v",
            []
        )
        let text = try expected.values("v", as: String.self).first.flatMap { $0 } ?? ""
        #expect(try rows(read(.csv, [path]))[Self.far - 1].contains(text))
    }

    /// Of as many digits as there are, and of days of all years; every ninth row has none.
    @Test(arguments: ["BIGINT", "DATE"]) func whatIsReadIsWhatDuckDBCasts(type: String) throws {
        let path = try file(
            "all.csv",
            header: "n,v",
            { row in
                let many = UInt64(row) &* 0x9E37_79B9_7F4A_7C15
                let number = (row % 2 == 0 ? "-" : "") + String("\(many)".prefix(row % 18 + 1))
                let day = "\((many >> 8) % 9000 + 1000)-\((many >> 24) % 12 + 1)-\((many >> 40) % 28 + 1)"
                let text = type == "BIGINT" ? number : row % 2 == 0 ? day : Self.day(row * 117)
                return "\(row),\(row % 9 == 0 ? "" : text)"
            },
            but: [:]
        )
        let statement = SQLStatement(
            text: """
                SELECT count(*) AS rows, count(a.v) AS some, count(*) FILTER (a.v IS DISTINCT FROM CAST(b.v AS \(type))) AS others
                FROM a JOIN b USING (n)
                """,
            tables: [
                ("a", try read(.csv, [path], columns: [("v", type)])),
                ("b", try read(.csv, [path], columns: [("v", "VARCHAR")])),
            ]
        )
        let result = try engine.run(statement, cancellation: CancellationToken())
        let counts = try ["rows", "some", "others"].map { try result.values($0, as: Int64.self).first ?? nil }
        #expect(counts == [31_000, 27_556, 0])
    }

    /// The day that comes so many days after one in the year 1, as `YYYY-MM-DD`.
    private static func day(_ number: Int) -> String {
        let day = Date(timeIntervalSince1970: Double(number - 719_000) * 86400)
        return String(day.ISO8601Format().prefix(10))
    }

    @Test func aDeclaredTypeIsHeldToo() throws {
        let path = try file("d.csv", header: "n,v", { "\($0),\($0)" }, but: [2: "5,1.5"], rows: 3)
        let text = message { _ = try rows(read(.csv, [path], columns: [("v", "INTEGER")])) }
        #expect(text.contains("\(path), row 2: '1.5' in column 'v' is no INTEGER, the column's type"), "\(text)")
        #expect(try rows(read(.csv, [path])) == ["{'n': 1, 'v': 1.0}", "{'n': 5, 'v': 1.5}", "{'n': 3, 'v': 3.0}"])
    }

    @Test func columnsThatOnlySomeFilesHaveAreKept() throws {
        let first = try file("a.csv", header: "n,t", { "\($0),x" }, but: [:], rows: 1)
        let second = try file("b.csv", header: "t,n,new", { "y,\($0),7" }, but: [:], rows: 1)
        #expect(
            try rows(read(.csv, [first, second])) == ["{'n': 1, 't': x, 'new': NULL}", "{'n': 1, 't': y, 'new': 7}"]
        )
    }

    @Test(arguments: [",", ";", "|", "\t"])
    func theHeaderSaysTheDelimiter(sign: String) throws {
        let path = try file("s.csv", header: "n\(sign)t", { "\($0)\(sign)a.b" }, but: [:], rows: 2)
        #expect(try read(.csv, [path]).schema().fields.map(\.name) == ["n", "t"])
    }

    @Test(arguments: ["", "n,t\n"])
    func aFileWithoutRowsHasNone(content: String) throws {
        let path = try write("none.csv", Data(content.utf8))
        #expect(try rows(read(.csv, [path])).isEmpty)
    }

    @Test(arguments: [3, far])
    func textThatIsNoUTF8IsNamed(place: Int) throws {
        let path = try file("t.csv", header: "n,t", { "\($0),x" }, but: [place: "5,~"])
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[try #require(bytes.firstIndex(of: UInt8(ascii: "~")))] = 0xE9
        let text = message { _ = try rows(read(.csv, [write("t.csv", bytes)])) }
        #expect(text.hasPrefix("io: ") && text.contains("\(path):\(place + 1): Invalid unicode"), "\(text)")
        #expect(try rows(read(.csv, [path], ["encoding": .string("latin-1")]))[place - 1] == "{'n': 5, 't': é}")
    }

    @Test func aRowOfThreeMegabytesIsARow() throws {
        let long = String(repeating: "x", count: 3_000_000)
        let path = try file("long.csv", header: "n,t", { "\($0),x" }, but: [Self.far: "5,\(long)"])
        let statement = SQLStatement(
            text: "SELECT max(length(t)) AS m, count(*) AS c FROM t",
            tables: [("t", try read(.csv, [path]))]
        )
        let result = try engine.run(statement, cancellation: CancellationToken())
        #expect(try result.values("m", as: Int64.self) == [3_000_000] && result.values("c", as: Int64.self) == [31_000])
    }

    @Test(arguments: [
        ("7", "1.5", "BIGINT"), ("7", "true", "BIGINT"), ("1.5", "true", "DOUBLE"), ("true", "7", "BOOLEAN"),
    ])
    func aJSONValueThatTheTypeOfTheFirstRowsWouldChangeIsNamed(usual: String, value: String, type: String) throws {
        let path = try file(
            "v.json",
            header: nil,
            { #"{"n": \#($0), "v": \#(usual)}"# },
            but: [Self.far: #"{"n": 5, "v": \#(value)}"#]
        )
        let text = message { _ = try rows(read(.json, [path])) }
        #expect(text.contains("\(path), row \(Self.far): '\(value)' in column 'v' is no \(type)"), "\(text)")
        #expect(try rows(read(.json, [path], columns: [("v", "VARCHAR")])).count == 31_000)
    }

    /// Their types are what all rows have in common.
    @Test func aJSONValueInsideOfAnotherIsKept() throws {
        let path = try file(
            "i.json",
            header: nil,
            { #"{"v": {"a": [\#($0)]}}"# },
            but: [Self.far: #"{"v": {"a": [1.5], "new": true}}"#]
        )
        #expect(try rows(read(.json, [path]))[Self.far - 1] == "{'v': {'a': [1.5], 'new': true}}")
    }

    @Test(arguments: [#"{"n": 5, "v": "text"}"#, #"{"n": 5, "v": [1]}"#, #"{"n": 5, "v": 7, "new": 1}"#])
    func aJSONRowOfAnotherKindIsNamed(row: String) throws {
        let path = try file("k.json", header: nil, { #"{"n": \#($0), "v": 7}"# }, but: [Self.far: row])
        let text = message { _ = try rows(read(.json, [path])) }
        #expect(text.hasPrefix("io: ") && text.contains(path) && text.contains("\(Self.far)"), "\(text)")
        #expect(!text.contains("sample_size"), "\(text)")
    }

    @Test func jsonWithoutSurprisesIsReadAsItIs() throws {
        let lines = [
            #"{"n": 1, "f": 1.5, "b": true, "t": "x", "o": {"i": 1, "l": [1, 2]}, "d": "2026-01-01"}"#,
            #"{"n": null, "o": null, "f": 2}"#,
        ]
        let path = try write("ok.json", Data(lines.joined(separator: "\n").utf8))
        #expect(
            try rows(read(.json, [path])) == [
                "{'n': 1, 'f': 1.5, 'b': true, 't': x, 'o': {'i': 1, 'l': [1, 2]}, 'd': 2026-01-01}",
                "{'n': NULL, 'f': 2.0, 'b': NULL, 't': NULL, 'o': NULL, 'd': NULL}",
            ]
        )
    }
}
