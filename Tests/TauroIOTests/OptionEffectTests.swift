import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// Options whose effect others see: signs and letters of csv files, compression and row groups of parquet files.
@Suite struct OptionEffectTests {
    private static func options(_ options: [String: ConfigValue.Content]) -> [String: ConfigValue] {
        options.mapValues { ConfigValue($0, at: SourceLocation(file: "input.yaml", line: 1, column: 1)) }
    }

    private static func list(_ texts: String...) -> ConfigValue.Content {
        .list(texts.map { ConfigValue(.string($0), at: SourceLocation(file: "input.yaml", line: 1, column: 1)) })
    }

    /// An input that is one csv file with these bytes.
    private func input(_ bytes: [UInt8], _ options: [String: ConfigValue.Content]) throws -> RealStore {
        var store = try RealStore("csv")
        store.dataset.path = Located(store.project["raw.csv"])
        store.dataset.options = Self.options(options)
        try FileSystem.writeAtomically(bytes, to: store.project["raw.csv"])
        return store
    }

    private func rows(_ text: String, _ options: [String: ConfigValue.Content]) throws -> [String] {
        try input(Array(text.utf8), options).rows()
    }

    /// An output with these options that holds the rows of a query.
    private func output(_ format: String, _ options: [String: ConfigValue.Content], _ query: String) throws -> RealStore
    {
        var store = try RealStore(format, mode: .overwrite)
        store.dataset.options = Self.options(options)
        try store.store(query)
        return store
    }

    /// The path of an output's only file.
    private func file(_ store: RealStore) throws -> String {
        let files = try store.files()
        try #require(files.count == 1)
        return FilePath.join(store.dataset.path.value, files[0])
    }

    @Test func lettersAreThoseOfTheEncoding() throws {
        let latin: [UInt8] = Array("n,s\n1,".utf8) + [0xE9, 0xFC] + Array("\n".utf8)
        #expect(try input(latin, ["encoding": .string("latin-1")]).rows() == ["{'n': 1, 's': éü}"])
        func wide(_ text: String) -> [UInt8] {
            text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        }
        let utf16 = ["encoding": ConfigValue.Content.string("utf-16")]
        for mark in ["", "\u{FEFF}"] {
            #expect(try input(wide(mark + "n,s\n1,é日\n"), utf16).rows() == ["{'n': 1, 's': é日}"])
        }
        let paired = try input(wide("n,s\n1,\u{1F600}\n"), utf16)
        let refusal = paired.project.message { _ = try paired.rows() }
        #expect(refusal.contains("not utf-16 encoded"), "\(refusal)")
        let unsaid = try input(latin, [:])
        let message = unsaid.project.message { _ = try unsaid.rows() }
        #expect(message.contains("raw.csv") && message.contains("utf-8"), "\(message)")
        let unknown = try input(latin, ["encoding": .string("klingon")])
        #expect(unknown.project.message { _ = try unknown.rows() }.contains("klingon"))
    }

    @Test func quotesInQuotesAreToldByTheEscape() throws {
        let text = "n,s\n1,\"say \\\"hi\\\", then\"\n2,plain\n"
        #expect(
            try rows(text, ["escape": .string("\\")]) == ["{'n': 1, 's': 'say \"hi\", then'}", "{'n': 2, 's': plain}"]
        )
        let store = try output("csv", ["escape": .string("\\")], "SELECT 1 AS n, 'say \"hi\", then' AS s")
        #expect(try FileSystem.readText(file(store)) == "n,s\n1,\"say \\\"hi\\\", then\"\n")
        #expect(try store.rows("SELECT s AS text FROM t") == ["say \"hi\", then"])
        let program = """
            import csv, sys
            print(list(csv.reader(open(sys.argv[1]), escapechar="\\\\", doublequote=False)))
            """
        #expect(try ForeignPython.run(program, file(store)) == #"[['n', 's'], ['1', 'say "hi", then']]"#)
    }

    @Test func linesAtTheBeginningAreSkipped() throws {
        let text = "made by hand\nin January\nn,s\n1,a\n2,b\n"
        #expect(try rows(text, ["skip": .integer(2)]) == ["{'n': 1, 's': a}", "{'n': 2, 's': b}"])
        let bare = try rows(text, ["skip": .integer(3), "header": .bool(false)])
        #expect(bare == ["{'column0': 1, 'column1': a}", "{'column0': 2, 'column1': b}"])
        let message = try Project().message { _ = try rows(text, ["skip": .integer(9)]) }
        #expect(message.contains("raw.csv"), "\(message)")
    }

    @Test(arguments: ["null_values", "null_value", "nullValue"]) func someTextsAreNULL(name: String) throws {
        let text = "n,s\n1,NA\nNA,x\n3,-\n"
        #expect(
            try rows(text, [name: .string("NA")]) == ["{'n': 1, 's': NULL}", "{'n': 3, 's': -}", "{'n': NULL, 's': x}"]
        )
        let both = ["{'n': 1, 's': NULL}", "{'n': 3, 's': NULL}", "{'n': NULL, 's': x}"]
        #expect(try rows(text, [name: Self.list("NA", "-")]) == both)
    }

    @Test func nullIsWrittenAsTheTextThatIsSaid() throws {
        let query = "SELECT * FROM (VALUES (1, 'x'), (2, NULL), (3, ''), (NULL, 'NA')) AS v(n, t) ORDER BY ALL"
        let store = try output("csv", ["null_text": .string("NA")], query)
        #expect(try FileSystem.readText(file(store)) == "n,t\n1,x\n2,NA\n3,\nNA,\"NA\"\n")
        let values =
            "SELECT coalesce(CAST(n AS VARCHAR), 'none') || ' ' || coalesce(t, 'none') AS text FROM t ORDER BY ALL"
        #expect(try store.rows(values) == ["1 x", "2 none", "3 ", "none NA"])
        let program = "import csv, sys; print([row[1] for row in csv.reader(open(sys.argv[1]))])"
        #expect(try ForeignPython.run(program, file(store)) == "['t', 'x', 'NA', '', 'NA']")
    }

    /// The codecs and the numbers of rows of all groups of a table's files.
    private func groups(_ store: RealStore) throws -> [String] {
        let program = """
            import glob, sys
            import pyarrow.parquet as pq
            for file in glob.glob(sys.argv[1] + "/*.parquet"):
                found = pq.ParquetFile(file).metadata
                for group in map(found.row_group, range(found.num_row_groups)):
                    codecs = {group.column(place).compression for place in range(group.num_columns)}
                    print(group.num_rows, *sorted(codecs))
            """
        return try ForeignPython.run(program, store.dataset.path.value).split(separator: "\n").map(String.init)
    }

    @Test(arguments: ["parquet", "delta"], ["unsaid", "uncompressed", "snappy", "gzip", "zstd", "lz4"])
    func columnsAreCompressedAsIsSaid(format: String, compression: String) throws {
        let options: [String: ConfigValue.Content] =
            compression == "unsaid" ? [:] : ["compression": .string(compression)]
        let store = try output(format, options, "SELECT i AS n, 'text ' || i % 7 AS t FROM range(1000) AS v(i)")
        let codec = ["unsaid": "SNAPPY", "lz4": "LZ4"][compression] ?? compression.uppercased()
        // Of the two codecs that are called so, the one without a frame is meant since parquet 2.9.
        #expect(try groups(store).map { $0.replacing("LZ4_RAW", with: "LZ4") } == ["1000 \(codec)"])
    }

    @Test(arguments: ["parquet", "delta"]) func groupsHaveAsManyRowsAsIsSaid(format: String) throws {
        let query = "SELECT i AS n FROM range(10000) AS v(i)"
        let store = try output(format, ["row_group_size": .integer(4096)], query)
        let counts = try groups(store).map { $0.split(separator: " ")[0] }
        #expect(counts == ["4096", "4096", "1808"])
        #expect(try groups(output(format, [:], query)).map { $0.split(separator: " ")[0] } == ["10000"])
    }
}
