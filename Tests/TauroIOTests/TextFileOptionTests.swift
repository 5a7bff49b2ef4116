import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// Options of csv and json files, and of how files are compressed.
@Suite struct TextFileOptionTests {
    private static func options(_ options: [String: ConfigValue.Content]) -> [String: ConfigValue] {
        options.mapValues { ConfigValue($0, at: SourceLocation(file: "output.yaml", line: 1, column: 1)) }
    }

    /// What a project's input of a format gives, for one file with a text.
    private func rows(_ text: String, options: [String: ConfigValue.Content] = [:]) throws -> [String] {
        var store = try RealStore("csv")
        store.dataset.path = Located(store.project["raw.csv"])
        store.dataset.options = Self.options(options)
        try store.project.write(text, to: "raw.csv")
        return try store.rows()
    }

    private func text(_ store: RealStore) throws -> String {
        let files = try store.files()
        return try FileSystem.readText(FilePath.join(store.dataset.path.value, files[0]))
    }

    @Test(arguments: ["csv", "json"], ["gzip", "zstd"])
    func compressedFilesAreWhatWasStored(format: String, compression: String) throws {
        for partition in [[], ["k"]] {
            var store = try RealStore(format, mode: .append, partition: partition)
            store.dataset.options = Self.options(["compression": .string(compression)])
            try store.store("SELECT 1 AS n, 'a' AS k", run: 1)
            try store.store("SELECT 2 AS n, 'a' AS k", run: 2)
            let file = FilePath.join(store.dataset.path.value, try store.files()[0])
            let magic: [UInt8] = compression == "gzip" ? [0x1f, 0x8b] : [0x28, 0xb5]
            #expect(Array(try FileSystem.readBeginning(of: file, atMost: 2)) == magic)
            store.dataset.options = [:]
            #expect(try store.rows() == ["{'n': 1, 'k': a}", "{'n': 2, 'k': a}"])
            let message = store.project.message { try store.store("SELECT 3 AS n, 'a' AS k", run: 3) }
            #expect(message.contains("what is stored is compressed as \(compression), the new rows as uncompressed"))
        }
    }

    @Test(arguments: [("csv", "gz", "gzip"), ("csv", "zst", "zstd"), ("json", "gz", "gzip"), ("json", "zst", "zstd")])
    func compressedInputsAreKnownByTheirNames(format: String, ending: String, compression: String) throws {
        var store = try RealStore(format, mode: .overwrite)
        store.dataset.options = Self.options(["compression": .string(compression)])
        try store.store("SELECT 7 AS n")
        let stored = FilePath.join(store.dataset.path.value, try store.files()[0])
        try FileSystem.makeDirectories(store.project["in"])
        try FileSystem.rename(stored, to: store.project["in/a.\(format).\(ending)"])
        store.dataset.options = [:]
        for path in ["in", "in/a.\(format).\(ending)", "in/*.\(ending)"] {
            store.dataset.path = Located(store.project[path])
            #expect(try store.rows() == ["{'n': 7}"])
        }
    }

    @Test func datesAreWrittenAndReadAsIsSaid() throws {
        var store = try RealStore("csv", mode: .overwrite)
        store.dataset.options = Self.options([
            "date_format": .string("%d.%m.%Y"), "timestamp_format": .string("%d.%m.%Y %H:%M"), "quote_all": .bool(true),
        ])
        try store.store("SELECT DATE '2026-01-31' AS d, TIMESTAMP '2026-01-31 10:30:00' AS t, '' AS e, NULL::TEXT AS u")
        #expect(try text(store) == "\"d\",\"t\",\"e\",\"u\"\n\"31.01.2026\",\"31.01.2026 10:30\",\"\",\n")
        #expect(try store.columns() == ["d: date32", "t: timestamp(us)", "e: utf8", "u: utf8"])
        let values = "SELECT concat_ws(' ', d, t, length(e), u IS NULL) AS text FROM t"
        #expect(try store.rows(values) == ["2026-01-31 2026-01-31 10:30:00 0 true"])
    }

    @Test func filesOfOthersAreReadWithTheirOwnSigns() throws {
        let signs: [String: ConfigValue.Content] = [
            "decimal_separator": .string(","), "delimiter": .string(";"), "comment": .string("#"),
        ]
        #expect(
            try rows("# of ours\na;b\n1,5;x\n# again\n2,5;y\n", options: signs) == [
                "{'a': 1.5, 'b': x}", "{'a': 2.5, 'b': y}",
            ]
        )
        #expect(
            try rows("d,n\n31.01.2026,1\n", options: ["date_format": .string("%d.%m.%Y")]) == [
                "{'d': 2026-01-31, 'n': 1}"
            ]
        )
    }

    @Test func textThatLooksLikeAnotherDialectIsReadAsItWasStored() throws {
        let store = try RealStore("csv", mode: .overwrite)
        try store.store(
            "SELECT ';' || chr(9) || '|' AS c UNION ALL SELECT 'a;b;c' UNION ALL SELECT '# x' UNION ALL SELECT ''"
        )
        #expect(try store.rows("SELECT c AS text FROM t ORDER BY ALL") == ["", "# x", ";\t|", "a;b;c"])
    }

    @Test func withoutAHeaderNamesAndTypesStay() throws {
        var store = try RealStore("csv", mode: .overwrite)
        store.dataset.options = Self.options(["header": .bool(false), "delimiter": .string("|"), "quote": .string("'")])
        try store.store("SELECT 'it''s | ' AS t, '007' AS n, [1, 2] AS l")
        #expect(try store.columns() == ["t: utf8", "n: utf8", "l: list<int32>"])
        #expect(try store.rows("SELECT t || n || CAST(l AS VARCHAR) AS text FROM t") == ["it's | 007[1, 2]"])
    }

    @Test func listsLieInCSVAsJSON() throws {
        let store = try RealStore("csv", mode: .overwrite)
        try store.store("SELECT ['a', NULL] AS l, {'n': 1} AS s")
        #expect(try text(store) == "l,s\n\"[\"\"a\"\",null]\",\"{\"\"n\"\":1}\"\n")
    }

    @Test func decimalsThatADoubleCanNotHoldLieInJSONAsText() throws {
        let store = try RealStore("json", mode: .overwrite)
        try store.store("SELECT * FROM (VALUES (12.5::DECIMAL(38, 2)), (123456789012345678901234.25)) AS v(d)")
        #expect(try text(store) == "{\"d\":12.5}\n{\"d\":\"123456789012345678901234.25\"}\n")
    }

    @Test func declaredTypesHoldForWhatIsStoredToo() throws {
        for format in ["csv", "json"] {
            var store = try RealStore(format, mode: .overwrite)
            try store.store("SELECT 1 AS n, [1, 2] AS l, 2.50::DECIMAL(38, 2) AS d")
            store.dataset.columns = ["n": "VARCHAR", "l": "DOUBLE[]", "d": "DOUBLE"].map { .init(name: $0, type: $1) }
            #expect(try store.columns() == ["n: utf8", "l: list<float64>", "d: float64"])
            #expect(try store.rows() == ["{'n': 1, 'l': [1.0, 2.0], 'd': 2.5}"])
        }
    }

    @Test func levelsOfCompressionNeedZstd() throws {
        let project = try Project()
        let problems = { (options: [String: ConfigValue.Content]) in
            DataOutputManager(engine: FakeEngine(), writers: 1).check(project.output(options: options)).map(\.message)
        }
        #expect(problems(["compression": .string("zstd"), "compression_level": .integer(19)]).isEmpty)
        #expect(
            problems(["compression_level": .integer(3)]) == [
                "Dataset 't': 'compression_level' needs 'compression: zstd'"
            ]
        )
        #expect(
            problems(["compression": .string("zstd"), "compression_level": .integer(40)])
                == ["Dataset 't': 'compression_level' is from 1 to 22, and is 40"]
        )
        var store = try RealStore("parquet", mode: .overwrite)
        store.dataset.options = Self.options(["compression": .string("zstd"), "compression_level": .integer(19)])
        try store.store("SELECT 1 AS n")
        #expect(try store.rows() == ["{'n': 1}"])
    }
}
