import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// A format, and of json how its rows lie in the file.
struct ConformanceForm: Sendable, CustomTestStringConvertible {
    let format: String
    var layout = "lines"
    /// Whether the dataset says the layout.
    var isSaid = false

    var testDescription: String { format == "json" ? "json \(layout)\(isSaid ? ", said" : "")" : format }

    /// The columns that it has no way to hold: csv of others has no lists and no structs, the reader of avro no decimals.
    var lacking: String { ["csv": "lr", "avro": "m"][format] ?? "" }

    /// Types that its files do not say, for rows that others wrote.
    var declared: [DatasetDefinition.Column] {
        let types = ["m": "DECIMAL(20, 4)", "x": "BLOB", "z": "TIMESTAMPTZ"]
        return ["csv", "json"].contains(format) ? types.map { .init(name: $0.key, type: $0.value) } : []
    }
}

/// Every format of files, held to the same: what we write an independent reader finds, and what it writes we find.
///
/// Databases and topics, which are no files, have suites of their own against psql, sqlite3 and kcat.
@Suite struct FormatConformanceTests {
    private static let array = ConformanceForm(format: "json", layout: "array", isSaid: true)
    static let written: [ConformanceForm] =
        ["arrow", "csv", "delta", "feather", "json", "orc", "parquet"].map { ConformanceForm(format: $0) } + [array]
    static let read: [ConformanceForm] =
        written + [ConformanceForm(format: "json", layout: "array"), ConformanceForm(format: "avro")]

    /// Columns, each with what makes a text of it that Python writes alike.
    private static let columns: [(name: Character, text: String)] = [
        ("i", "i"), ("f", "f"), ("s", "s"), ("b", "b"), ("d", "d"), ("t", "CAST(t AS TIMESTAMP)"), ("m", "m"),
        ("x", "hex(x)"), ("z", "epoch_us(z)"), ("l", "l"), ("r", "r.a || ' ' || r.b"),
    ]

    /// A row each: whole numbers, floating ones, texts beyond ASCII, flags, days, moments, decimals, bytes, moments with a zone
    /// in microseconds since 1970, lists and structs, and NULL in each.
    private static let rows = [
        [
            "-9223372036854775807", "-1.5", "a b", "true", "2024-02-29", "2024-02-29 23:59:59.123456",
            "12345678901234.5678", "00FF41", "1709243999123456", "[1, NULL]", "1 x",
        ],
        [
            "0", "1e+300", "é, \"ü\"\u{1F600}", "false", "1970-01-01", "1970-01-01 00:00:00.000001", "-0.0001", "80",
            "-1", "[]", "-9007199254740993 é, \"ü\"",
        ],
        [String](repeating: "NULL", count: columns.count),
    ]

    private static let query = """
        SELECT * FROM (VALUES
        (-9223372036854775807::BIGINT, -1.5::DOUBLE, 'a b', true, DATE '2024-02-29', TIMESTAMP '2024-02-29 23:59:59.123456',
            12345678901234.5678::DECIMAL(20, 4), '\\x00\\xFFA'::BLOB, TIMESTAMPTZ '2024-02-29 23:59:59.123456+02', [1, NULL]::BIGINT[],
            {'a': 1::BIGINT, 'b': 'x'}),
        (0, 1e300, 'é, "ü"\u{1F600}', false, DATE '1970-01-01', TIMESTAMP '1970-01-01 00:00:00.000001',
            -0.0001, '\\x80'::BLOB, TIMESTAMPTZ '1969-12-31 23:59:59.999999+00', [], {'a': -9007199254740993, 'b': 'é, "ü"'}),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)) AS v(i, f, s, b, d, t, m, x, z, l, r)
        """

    private func store(_ form: ConformanceForm) throws -> RealStore {
        var store = try RealStore(form.format, mode: .overwrite)
        let options: [String: ConfigValue.Content] = form.isSaid ? ["layout": .string(form.layout)] : [:]
        store.dataset.options = options.mapValues { ConfigValue($0, at: SourceLocation(file: "output.yaml")) }
        return store
    }

    @Test(arguments: written) func whatWeWriteOthersRead(form: ConformanceForm) throws {
        let store = try store(form)
        try store.store(Self.query)
        let file = store.project["found.txt"]
        try ForeignPython.run(
            FormatConformancePrograms.showing + FormatConformancePrograms.reader,
            store.dataset.path.value,
            form.format,
            form.layout,
            file
        )
        let found = try FileSystem.readText(file).split(separator: "\n").map(String.init)
        let expected = Self.rows.map { $0.joined(separator: "|") }
        #expect(found == expected.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(try lines(store, without: "") == Set(expected))
    }

    @Test(arguments: read) func whatOthersWriteWeRead(form: ConformanceForm) throws {
        var store = try store(form)
        try FileSystem.makeDirectories(store.dataset.path.value)
        try ForeignPython.run(
            FormatConformancePrograms.showing + FormatConformancePrograms.writer,
            store.dataset.path.value,
            form.format,
            form.layout
        )
        store.dataset.columns = form.declared
        let expected = Self.rows.map { row in
            zip(row, Self.columns).filter { !form.lacking.contains($0.1.name) }.map(\.0).joined(separator: "|")
        }
        #expect(try lines(store, without: form.lacking) == Set(expected))
    }

    /// What we read, as lines.
    private func lines(_ store: RealStore, without lacking: String) throws -> Set<String> {
        let texts = Self.columns.filter { !lacking.contains($0.name) }
            .map { "coalesce(CAST(\($0.text) AS VARCHAR), 'NULL')" }
        return Set(try store.rows("SELECT concat_ws('|', \(texts.joined(separator: ", "))) AS text FROM t"))
    }
}
