import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// Every format of files, held to the same: what we write an independent reader finds, and what it writes we find.
///
/// Databases and topics, which are no files, have suites of their own against psql, sqlite3 and kcat.
@Suite struct FormatConformanceTests {
    static let written = ["arrow", "csv", "delta", "feather", "json", "orc", "parquet"]
    static let read = written + ["avro"]

    /// A line for each row: whole numbers, decimals, texts beyond ASCII, days, moments, flags, and NULL in each.
    private static let rows = [
        "-9223372036854775807|-1.5|a b|true|2024-02-29|2024-02-29 23:59:59.123456",
        "0|1e+300|é, \"ü\"\u{1F600}|false|1970-01-01|1970-01-01 00:00:00.000001",
        "NULL|NULL|NULL|NULL|NULL|NULL",
    ]

    private static let query = """
        SELECT * FROM (VALUES
        (-9223372036854775807::BIGINT, -1.5::DOUBLE, 'a b', true, DATE '2024-02-29', TIMESTAMP '2024-02-29 23:59:59.123456'),
        (0, 1e300, 'é, "ü"\u{1F600}', false, DATE '1970-01-01', TIMESTAMP '1970-01-01 00:00:00.000001'),
        (NULL, NULL, NULL, NULL, NULL, NULL)) AS t(i, f, s, b, d, t)
        """

    /// The rows as lines, whatever reader they come from.
    private static let showing = """
        import datetime, glob, json, sys
        import pyarrow as pa
        def show(value):
            if value is None: return "NULL"
            if isinstance(value, bool): return "true" if value else "false"
            if isinstance(value, datetime.datetime): return value.replace(tzinfo=None).isoformat(" ")
            return str(value)
        def lines(table):
            table = table.select(["i", "f", "s", "b", "d", "t"])
            table = table.set_column(5, "t", table["t"].cast(pa.timestamp("us")) if pa.types.is_timestamp(table["t"].type) else table["t"])
            return sorted("|".join(show(row[name]) for name in table.column_names) for row in table.to_pylist())

        """

    private static let reader = """
        path, format = sys.argv[1:3]
        files = sorted(glob.glob(f"{path}/*.{format}"))
        if format == "parquet":
            import pyarrow.parquet as pq
            tables = [pq.read_table(file) for file in files]
        elif format == "orc":
            import pyarrow.orc as orc
            tables = [orc.read_table(file) for file in files]
        elif format in ("arrow", "feather"):
            import pyarrow.feather as feather
            tables = [feather.read_table(file) for file in files]
        elif format == "csv":
            import pyarrow.csv as csv
            options = csv.ConvertOptions(strings_can_be_null=True)
            tables = [csv.read_csv(file, convert_options=options) for file in files]
        elif format == "json":
            tables = [pa.Table.from_pylist([json.loads(line) for line in open(file)]) for file in files]
        else:
            from deltalake import DeltaTable, QueryBuilder
            rows = QueryBuilder().register("t", DeltaTable(path)).execute("SELECT * FROM t")
            tables = [pa.RecordBatchReader.from_stream(rows).read_all()]
        with open(sys.argv[3], "w") as file:
            file.write("\\n".join(lines(pa.concat_tables(tables))))
        """

    private static let writer = """
        path, format = sys.argv[1:3]
        D, T = datetime.date, datetime.datetime
        rows = [
            {"i": -9223372036854775807, "f": -1.5, "s": "a b", "b": True, "d": D(2024, 2, 29), "t": T(2024, 2, 29, 23, 59, 59, 123456)},
            {"i": 0, "f": 1e300, "s": 'é, "ü"\u{1F600}', "b": False, "d": D(1970, 1, 1), "t": T(1970, 1, 1, 0, 0, 0, 1)},
            dict.fromkeys("ifsbdt")]
        table = pa.Table.from_pylist(rows, pa.schema([("i", pa.int64()), ("f", pa.float64()), ("s", pa.string()), ("b", pa.bool_()),
            ("d", pa.date32()), ("t", pa.timestamp("us"))]))
        name = f"{path}/rows.{format}"
        if format == "parquet":
            import pyarrow.parquet as pq
            pq.write_table(table, name)
        elif format == "orc":
            import pyarrow.orc as orc
            orc.write_table(table, name)
        elif format in ("arrow", "feather"):
            import pyarrow.feather as feather
            feather.write_feather(table, name)
        elif format == "csv":
            import pyarrow.csv as csv
            csv.write_csv(table, name)
        elif format == "json":
            with open(name, "w") as file:
                for row in rows: file.write(json.dumps({k: v if k in "ifsb" or v is None else str(v) for k, v in row.items()}) + "\\n")
        elif format == "avro":
            import fastavro
            union = lambda type: ["null", type]
            kinds = {"i": "long", "f": "double", "s": "string", "b": "boolean", "d": {"type": "int", "logicalType": "date"},
                "t": {"type": "long", "logicalType": "timestamp-micros"}}
            schema = {"type": "record", "name": "r", "fields": [{"name": k, "type": union(v)} for k, v in kinds.items()]}
            for row in rows: row["t"] = row["t"] and row["t"].replace(tzinfo=datetime.timezone.utc)
            with open(name, "wb") as file: fastavro.writer(file, fastavro.parse_schema(schema), rows)
        else:
            from deltalake import write_deltalake
            write_deltalake(path, table)
        """

    @Test(arguments: written) func whatWeWriteOthersRead(format: String) throws {
        let store = try RealStore(format, mode: .overwrite)
        try store.store(Self.query)
        let found = store.project["found.txt"]
        try ForeignPython.run(Self.showing + Self.reader, store.dataset.path.value, format, found)
        let lines = try FileSystem.readText(found).split(separator: "\n").map(String.init)
        #expect(lines == Self.rows.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }))
    }

    @Test(arguments: read) func whatOthersWriteWeRead(format: String) throws {
        let store = try RealStore(format, mode: .overwrite)
        try FileSystem.makeDirectories(store.dataset.path.value)
        try ForeignPython.run(Self.showing + Self.writer, store.dataset.path.value, format)
        let columns = ["i", "f", "s", "b", "d", "CAST(t AS TIMESTAMP)"]
        let texts = columns.map { "coalesce(CAST(\($0) AS VARCHAR), 'NULL')" }.joined(separator: ", ")
        let rows = try store.rows("SELECT concat_ws('|', \(texts)) AS text FROM t")
        #expect(Set(rows) == Set(Self.rows), "\(rows)")
    }
}
