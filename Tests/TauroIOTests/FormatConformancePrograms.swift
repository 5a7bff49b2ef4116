/// The programs in Python that `FormatConformanceTests` compares with: pyarrow, `deltalake`, `fastavro` and Python's own json.
///
/// Each takes the directory, the format and, for json, its layout.
enum FormatConformancePrograms {
    /// The rows as lines, whatever reader they come from: bytes in hexadecimal, moments with a zone in microseconds since 1970.
    ///
    /// csv and json have some values as text alone, which is read back first.
    static let showing = #"""
        import datetime, decimal, glob, json, re, sys
        import pyarrow as pa
        path, format, layout = sys.argv[1:4]
        EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        def data(text):
            return re.sub(rb"\\x(..)", lambda match: bytes.fromhex(match[1].decode()), text.encode())
        def show(name, value):
            if value is None: return "NULL"
            if name == "m": return str(decimal.Decimal(repr(value) if isinstance(value, float) else value))
            if name == "x": return (data(value) if isinstance(value, str) else value).hex().upper()
            if name == "z":
                if isinstance(value, str): value = datetime.datetime.fromisoformat(value)
                return str((value - EPOCH) // datetime.timedelta(microseconds=1))
            if name in "lr" and isinstance(value, str): value = json.loads(value)
            if name == "l": return "[" + ", ".join("NULL" if item is None else str(item) for item in value) + "]"
            if name == "r": return f"{value['a']} {value['b']}"
            if isinstance(value, bool): return "true" if value else "false"
            if isinstance(value, datetime.datetime): return value.replace(tzinfo=None).isoformat(" ")
            return str(value)
        def lines(rows):
            return sorted("|".join(show(name, row[name]) for name in "ifsbdtmxzlr") for row in rows)

        """#

    /// Writes the lines of what we stored to the file of the last argument.
    static let reader = #"""
        files = sorted(glob.glob(f"{path}/*.{format}"))
        def of(tables):
            table = pa.concat_tables(tables)
            for place, column in enumerate(table.schema):
                # Python's own moments have no nanoseconds; a value that has some would fail here.
                if pa.types.is_timestamp(column.type):
                    moments = table[column.name].cast(pa.timestamp("us", column.type.tz))
                    table = table.set_column(place, column.name, moments)
            return table.to_pylist()
        if format == "parquet":
            import pyarrow.parquet as pq
            rows = of([pq.read_table(file) for file in files])
        elif format == "orc":
            import pyarrow.orc as orc
            rows = of([orc.read_table(file) for file in files])
        elif format in ("arrow", "feather"):
            import pyarrow.feather as feather
            rows = of([feather.read_table(file) for file in files])
        elif format == "csv":
            import pyarrow.csv as csv
            texts = {name: pa.string() for name in "xzlr"} | {"m": pa.decimal128(20, 4)}
            options = csv.ConvertOptions(strings_can_be_null=True, column_types=texts)
            rows = of([csv.read_csv(file, convert_options=options) for file in files])
        elif format == "json":
            texts = [open(file).read() for file in files]
            rows = [row for text in texts for row in (json.loads(text) if layout == "array" else map(json.loads, text.splitlines()))]
        else:
            from deltalake import DeltaTable, QueryBuilder
            found = QueryBuilder().register("t", DeltaTable(path)).execute("SELECT * FROM t")
            rows = of([pa.RecordBatchReader.from_stream(found).read_all()])
        with open(sys.argv[4], "w") as file:
            file.write("\n".join(lines(rows)))
        """#

    /// Writes a file, or a table, that we read.
    static let writer = #"""
        D, T, M, UTC = datetime.date, datetime.datetime, decimal.Decimal, datetime.timezone.utc
        NAMES = "ifsbdtmxzlr"
        rows = [dict(zip(NAMES, values)) for values in (
            (-9223372036854775807, -1.5, "a b", True, D(2024, 2, 29), T(2024, 2, 29, 23, 59, 59, 123456), M("12345678901234.5678"),
                b"\0\xffA", T(2024, 2, 29, 21, 59, 59, 123456, UTC), [1, None], {"a": 1, "b": "x"}),
            (0, 1e300, 'é, "ü"\U0001F600', False, D(1970, 1, 1), T(1970, 1, 1, 0, 0, 0, 1), M("-0.0001"),
                b"\x80", T(1969, 12, 31, 23, 59, 59, 999999, UTC), [], {"a": -9007199254740993, "b": 'é, "ü"'}),
            [None] * 11)]
        table = pa.Table.from_pylist(rows, pa.schema([("i", pa.int64()), ("f", pa.float64()), ("s", pa.string()), ("b", pa.bool_()),
            ("d", pa.date32()), ("t", pa.timestamp("us")), ("m", pa.decimal128(20, 4)), ("x", pa.binary()), ("z", pa.timestamp("us", "UTC")),
            ("l", pa.list_(pa.int64())), ("r", pa.struct([("a", pa.int64()), ("b", pa.string())]))]))
        name = f"{path}/rows.{format}"
        def plain(value):
            """As text, where a format has no type for it."""
            if isinstance(value, bytes): return "".join(f"\\x{byte:02X}" for byte in value)
            return str(value) if isinstance(value, (D, M)) else value
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
            texts = pa.array([plain(row["x"]) for row in rows])
            csv.write_csv(table.drop_columns(["l", "r"]).set_column(7, "x", texts), name)
        elif format == "json":
            objects = [{key: plain(value) for key, value in row.items()} for row in rows]
            with open(name, "w") as file:
                if layout == "array": json.dump(objects, file, indent=1)
                else: file.writelines(json.dumps(row) + "\n" for row in objects)
        elif format == "avro":
            import fastavro
            kinds = {"i": "long", "f": "double", "s": "string", "b": "boolean", "d": {"type": "int", "logicalType": "date"},
                "t": {"type": "long", "logicalType": "timestamp-micros"}, "x": "bytes", "z": {"type": "long", "logicalType": "timestamp-micros"},
                "l": {"type": "array", "items": ["null", "long"]},
                "r": {"type": "record", "name": "inner", "fields": [{"name": "a", "type": "long"}, {"name": "b", "type": "string"}]}}
            schema = {"type": "record", "name": "r_", "fields": [{"name": key, "type": ["null", kind]} for key, kind in kinds.items()]}
            for row in rows: row["t"] = row["t"] and row["t"].replace(tzinfo=UTC)
            with open(name, "wb") as file: fastavro.writer(file, fastavro.parse_schema(schema), rows)
        else:
            from deltalake import write_deltalake
            write_deltalake(path, table)
        """#
}
