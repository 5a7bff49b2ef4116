import TauroBasics
import TauroData
import TauroEngine
import TauroModel
import TauroTesting
import Testing

@testable import TauroIO

/// ORC and Arrow files against pyarrow, which writes what we read and reads what we write.
@Suite struct ArrowFileTests {
    private static let written = """
        import datetime, decimal, sys
        import pyarrow as pa, pyarrow.feather as feather, pyarrow.orc as orc
        place = sys.argv[1]
        day = [datetime.date(2026, 1, 1), None, datetime.date(9999, 12, 31)]
        shared = {"n": pa.array([1, None, -3]), "s": ["a", "é", None], "day": pa.array(day), "f": [0.5, None, float("nan")],
            "dec": pa.array([decimal.Decimal("1.25"), None, decimal.Decimal("-3.00")], pa.decimal128(38, 2)),
            "l": [[1, None], None, []], "st": [{"a": 1, "b": "x"}, None, {"a": None, "b": ""}], "b": [b"\\x00\\xff", None, b""],
            "tz": pa.array([1, None, -1], pa.timestamp("us", "UTC")), "a b.c": [True, None, False]}
        orc.write_table(pa.table(shared), place + "/shared.orc", compression="zlib")
        feather.write_feather(pa.table(shared), place + "/shared.arrow")
        wide = {"d": pa.array(["x", "y", None, "x"]).dictionary_encode(), "v": pa.array(["a text that is too long to be inline", "", None, "b"], pa.string_view()),
            "ls": pa.array(["x", None, "", "z"], pa.large_string()), "lb": pa.array([b"\\x01", None, b"", b"z"], pa.large_binary()),
            "r": pa.RunEndEncodedArray.from_arrays(pa.array([3, 4], pa.int32()), pa.array(["q", None])),
            "ll": pa.array([[1], None, [], [2, 3]], pa.large_list(pa.int8())), "u": pa.array([0, None, 2**64 - 1, 1], pa.uint64()),
            "nd": pa.StructArray.from_arrays([pa.array(["x", "y", None, "x"]).dictionary_encode()], ["k"])}
        feather.write_feather(pa.table(wide), place + "/wide.arrow", compression="zstd")
        words = pa.schema([("d", pa.dictionary(pa.int8(), pa.large_string()))])
        options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
        for name, new in (("file", pa.ipc.new_file), ("stream", pa.ipc.new_stream)):
            with new(f"{place}/deltas.{name}.arrow", words, options=options) as sink:
                for known in (["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]):
                    places = pa.array([len(known) - 1, 0, None], pa.int8())
                    column = pa.DictionaryArray.from_arrays(places, pa.array(known, pa.large_string()))
                    sink.write_batch(pa.record_batch([column], schema=words))
        """

    private func store(_ format: String, _ path: String) throws -> RealStore {
        var store = try RealStore(format, mode: .overwrite)
        try ForeignPython.run(Self.written, store.project.path)
        store.dataset.path = Located(store.project[path])
        return store
    }

    @Test(arguments: [("orc", "timestamp(us, UTC)"), ("arrow", "timestamp(us, UTC)")])
    func whatPyarrowWroteIsRead(format: String, instant: String) throws {
        let store = try store(format, "shared.\(format)")
        #expect(
            try store.columns() == [
                "n: int64", "s: utf8", "day: date32", "f: float64", "dec: decimal128(38, 2)", "l: list<int64>",
                "st: struct<a: int64, b: utf8>", "b: binary", "tz: \(instant)", "a b.c: bool",
            ]
        )
        #expect(
            try store.rows("SELECT CAST(t AS VARCHAR) AS text FROM t") == [
                "{'n': 1, 's': a, 'day': 2026-01-01, 'f': 0.5, 'dec': 1.25, 'l': [1, NULL], 'st': {'a': 1, 'b': x}, "
                    + #"'b': \x00\xFF, 'tz': '1970-01-01 00:00:00.000001+00', 'a b.c': true}"#,
                "{'n': NULL, 's': é, 'day': NULL, 'f': NULL, 'dec': NULL, 'l': NULL, 'st': NULL, 'b': NULL, 'tz': NULL, "
                    + "'a b.c': NULL}",
                "{'n': -3, 's': NULL, 'day': 9999-12-31, 'f': nan, 'dec': -3.00, 'l': [], 'st': {'a': NULL, 'b': ''}, "
                    + "'b': '', 'tz': '1969-12-31 23:59:59.999999+00', 'a b.c': false}",
            ]
        )
        // A dot in a name leads ORC's reader astray.
        let one = "SELECT CAST(\"a b.c\" AS VARCHAR) || ' ' || n AS text FROM t WHERE n IS NOT NULL"
        #expect(try store.rows(one) == ["true 1", "false -3"])
        #expect(try store.rows("SELECT CAST(count(*) AS VARCHAR) AS text FROM t") == ["3"])
    }

    @Test func columnsOfTypesThatNodesDoNotReceiveArriveAsOnesThatTheyDo() throws {
        let store = try store("arrow", "wide.arrow")
        #expect(
            try store.columns() == [
                "d: utf8", "v: utf8", "ls: utf8", "lb: binary", "r: utf8", "ll: list<int8>", "u: uint64",
                "nd: struct<k: utf8>",
            ]
        )
        #expect(
            try store.rows("SELECT CAST(t AS VARCHAR) AS text FROM t").first
                == #"{'d': x, 'v': a text that is too long to be inline, 'ls': x, 'lb': \x01, 'r': q, 'll': [1], 'u': 0, 'nd': {'k': x}}"#
        )
        #expect(
            try store.rows("SELECT concat_ws(',', d, v, ls, r, u, nd.k) AS text FROM t").dropFirst() == [
                "y,,q,y", ",q,18446744073709551615", "x,b,z,1,x",
            ]
        )
    }

    @Test(arguments: [
        ("decimal256(50, 2)", "column 'n' of the table 'x.arrow' is decimal256(50, 2), which SQL can not read"),
        ("no column", "x.arrow has no columns"),
        ("two", "the table 'x.arrow' has two columns 'N', which SQL can not tell apart"),
    ])
    func whatSQLHasNoPlaceForIsNamed(kind: String, expected: String) throws {
        let program = """
            import decimal, sys, pyarrow as pa, pyarrow.feather as feather
            tables = {"no column": {}, "two": {"n": [1], "N": [1]},
                "decimal256(50, 2)": {"n": pa.array([decimal.Decimal(1)], pa.decimal256(50, 2))}}
            feather.write_feather(pa.table(tables[sys.argv[1]]), sys.argv[2])
            """
        var store = try RealStore("arrow", mode: .overwrite)
        try ForeignPython.run(program, kind, store.project["x.arrow"])
        store.dataset.path = Located(store.project["x.arrow"])
        let message = store.project.message { _ = try store.rows() }
        #expect(message.contains(expected) && !message.contains("{"), "\(message)")
    }

    @Test(arguments: ["file", "stream"])
    func dictionariesThatGrowAreFollowed(kind: String) throws {
        let store = try store("arrow", "deltas.\(kind).arrow")
        #expect(
            try store.rows("SELECT coalesce(d, '-') AS text FROM t") == ["b", "a", "-", "c", "a", "-", "d", "a", "-"]
        )
        #expect(try store.rows("SELECT CAST(count(*) AS VARCHAR) AS text FROM t") == ["9"])
    }

    @Test(arguments: ["uncompressed", "zlib", "snappy", "lz4", "zstd"])
    func orcIsCompressedAsIsSaid(word: String) throws {
        var store = try RealStore("orc", mode: .overwrite)
        store.dataset.options = store.project.output("orc", options: ["compression": .string(word)]).options
        try store.store("SELECT i AS n, 'text' AS s FROM range(1000) AS t(i)")
        let program =
            "import sys, pyarrow.orc; f = pyarrow.orc.ORCFile(sys.argv[1]); print(f.compression, f.nrows, f.nstripes)"
        let found = try ForeignPython.run(program, store.project["out/t/\(store.files()[0])"])
        #expect(found == "\(word.uppercased()) 1000 1")
        #expect(try store.foreignRows("sum(n) AS n") == ["{'n': 499500}"])
    }

    @Test func orcHasStripesOfTheSizeThatIsSaid() throws {
        var store = try RealStore("orc", mode: .overwrite)
        let options: [String: ConfigValue.Content] = ["stripe_size": .integer(65_536), "compression": .string("zlib")]
        store.dataset.options = store.project.output("orc", options: options).options
        try store.store("SELECT hash(i) AS n, md5(CAST(i AS VARCHAR)) AS s FROM range(100_000) AS t(i)")
        let program = "import sys, pyarrow.orc; print(pyarrow.orc.ORCFile(sys.argv[1]).nstripes)"
        #expect(Int(try ForeignPython.run(program, store.project["out/t/\(store.files()[0])"])) ?? 0 > 3)
        #expect(try store.rows("SELECT CAST(count(DISTINCT s) AS VARCHAR) AS text FROM t") == ["100000"])
    }

    @Test(arguments: ["uncompressed", "lz4", "zstd"])
    func arrowIsCompressedAsIsSaid(word: String) throws {
        var store = try RealStore("arrow", mode: .overwrite)
        store.dataset.options = store.project.output("arrow", options: ["compression": .string(word)]).options
        let record = try store.store("SELECT i AS n, 'text' AS s FROM range(10_000) AS t(i)")
        #expect((record.bytes > 150_000) == (word == "uncompressed"))
        #expect(try store.foreignRows("sum(n) AS n") == ["{'n': 49995000}"])
    }

    /// ORC's writer has an error of its own here: it takes the nulls of a part's structures from the beginning of the whole.
    @Test func partsOfALargerTableAreWrittenAsTheyAre() throws {
        let query = """
            SELECT i AS n, CASE WHEN i % 5 > 0 THEN {'a': i, 'l': [i, NULL]} END AS s, CASE WHEN i % 3 > 0 THEN [{'b': i}] END AS l
            FROM range(1000) AS t(i)
            """
        var store = try RealStore("orc", mode: .overwrite)
        store.dataset.layout.maxRowsPerFile = Located(333)
        #expect(try store.store(query).files == 4)
        let checks = "s IS NOT DISTINCT FROM (CASE WHEN n % 5 > 0 THEN {'a': n, 'l': [n, NULL]} END)"
        let more = "l IS NOT DISTINCT FROM (CASE WHEN n % 3 > 0 THEN [{'b': n}] END)"
        let text = "SELECT CAST(count(*) AS VARCHAR) AS text FROM t WHERE \(checks) AND \(more)"
        #expect(try store.rows(text) == ["1000"])
    }

    @Test(arguments: [
        ("TIME '10:00:00'", "column 'c' is time(us), which ORC files can not hold"),
        ("INTERVAL 1 DAY", "column 'c' is interval(monthDayNano), which ORC files can not hold"),
        ("[TIME '10:00:00']", "column 'c' is list<time(us)>, which ORC files can not hold"),
        ("TIMESTAMP '2500-01-01 00:00:00'", "column 'c' holds 2500-01-01 00:00:00, and instants in ORC files are from"),
        (
            "TIMESTAMPTZ '2500-01-01 00:00:00+00'",
            "column 'c' holds 2500-01-01 00:00:00+00, and instants in ORC files are"
        ),
    ])
    func whatOrcCanNotHoldIsRefused(value: String, expected: String) throws {
        let store = try RealStore("orc", mode: .overwrite)
        let message = store.project.message { try store.store("SELECT 1 AS n, \(value) AS c") }
        #expect(message.contains("dataset 't'") && message.contains(expected), "\(message)")
        #expect(try FileSystem.list(store.project["out"]).isEmpty)
    }

    @Test func directoriesThatAnotherProgramNamedAreColumns() throws {
        var store = try RealStore("arrow", mode: .overwrite)
        let program = """
            import os, sys, pyarrow as pa, pyarrow.feather as feather
            for day, kind, n in (("2026-01-31", "7", 1), ("2026-02-01", "__HIVE_DEFAULT_PARTITION__", 2)):
                place = f"{sys.argv[1]}/t/day={day}/kind={kind}"
                os.makedirs(place)
                feather.write_feather(pa.table({"kind": ["in the file"], "n": [n]}), place + "/rows.arrow")
            """
        try ForeignPython.run(program, store.project.path)
        store.dataset.path = Located(store.project["t"])
        #expect(try store.columns() == ["n: int64", "day: date32", "kind: int64"])
        #expect(
            try store.rows() == [
                "{'n': 1, 'day': 2026-01-31, 'kind': 7}", "{'n': 2, 'day': 2026-02-01, 'kind': NULL}",
            ]
        )
        #expect(try store.rows("SELECT CAST(max(day) AS VARCHAR) AS text FROM t") == ["2026-02-01"])
        store.dataset.dateColumn = "day"
        let window = DateWindow(start: "2026-02-01", end: nil)
        let loader = InputLoader(engine: RealStore.engine, parts: RealStore.parts)
        guard case .frame(let frame) = try loader.load(store.dataset, as: .frame, dates: window) else { return }
        #expect(try frame.inMemory().rowCount == 1)
    }

    @Test func filesOfOtherColumnsAreNamed() throws {
        var store = try RealStore("orc", mode: .overwrite)
        let program = """
            import os, sys, pyarrow as pa, pyarrow.orc as orc
            for number, table in enumerate(({"n": [1], "s": ["a"]}, {"n": [1], "s": [2]}, {"n": [1]})):
                orc.write_table(pa.table(table), f"{sys.argv[1]}/{number}.orc")
            """
        try ForeignPython.run(program, store.project.path)
        store.dataset.path = Located(store.project.path)
        let place = store.project.path
        #expect(
            store.project.message { _ = try store.rows() }.contains(
                "\(place)/1.orc has 's' of type int64 where \(place)/0.orc has 's' of type utf8; the files of one dataset"
            )
        )
        store.dataset.path = Located(store.project["[02].orc"])
        #expect(
            store.project.message { _ = try store.rows() }.contains(
                "\(place)/2.orc has 1 columns, and \(place)/0.orc has 2; the files of one dataset must have the same"
            )
        )
    }

    @Test func aRunThatIsCancelledNeitherReadsNorWrites() throws {
        let store = try store("orc", "shared.orc")
        let loader = InputLoader(engine: RealStore.engine, parts: RealStore.parts)
        guard case .frame(let frame) = try loader.load(store.dataset, as: .frame, dates: DateWindow()) else { return }
        let token = CancellationToken()
        token.cancel()
        let codes = [SQLError.Code.cancelled, .cancelled]
        let found = [
            #expect(throws: SQLError.self) { try frame.inMemory(cancellation: token) }?.code,
            #expect(throws: SQLError.self) {
                try FileEngine(RealStore.engine, parts: RealStore.parts).write(
                    frame.inMemory(),
                    WriteRequest(format: .arrow, file: store.project["x.arrow"]),
                    cancellation: token
                )
            }?.code,
        ]
        #expect(found == codes)
    }

    @Test(arguments: ["orc", "arrow"])
    func aMissingLibrarySaysHowToGetIt(format: String) throws {
        let store = try store(format, "shared.\(format)")
        let parts = NativeParts(directories: ["/nowhere"], ignoringEnvironment: true)
        let error = #expect(throws: ResourceError.self) {
            try InputLoader(engine: RealStore.engine, parts: parts).load(store.dataset, as: .frame, dates: DateWindow())
        }
        for part in ["scripts/setup", "TAURO_ARROW_LIBRARY", "\n  /nowhere/arrow/libtauro_arrow.so: it does not exist"]
        {
            #expect(error?.message.contains(part) == true, "\(part)")
        }
        let output = DataOutputManager(engine: RealStore.engine, writers: 1, parts: parts)
        let findings = output.check(store.project.output(format)).map(\.message)
        #expect(findings.count == 1 && findings[0].contains("TAURO_ARROW_LIBRARY"), "\(findings)")
    }
}
