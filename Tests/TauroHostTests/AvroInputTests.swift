import Foundation
import Testing

/// Avro files as inputs, written by another implementation (`fastavro`).
@Suite struct AvroInputTests {
    private static let writer = """
        import datetime, sys, uuid
        import fastavro
        fields = {
            "n": ["null", "long"], "s": "string", "d": {"type": "int", "logicalType": "date"},
            "t": {"type": "long", "logicalType": "timestamp-micros"}, "f": "double", "b": "bytes", "ok": "boolean",
            "l": {"type": "array", "items": "int"}, "e": {"type": "enum", "name": "e", "symbols": ["A", "B"]},
            "r": {"type": "record", "name": "inner", "fields": [{"name": "x", "type": "int"}]},
        }
        schema = {"type": "record", "name": "row", "fields": [{"name": k, "type": v} for k, v in fields.items()]}
        def row(n):
            return {"n": None if n == 1 else n, "s": f"é{n}", "d": datetime.date(2026, 1, 1 + n), "f": n / 4,
                "t": datetime.datetime(2026, 1, 1, 10, 0, n, 5, tzinfo=datetime.timezone.utc), "b": bytes([n, 255]),
                "ok": n == 2, "l": [n, n + 1], "e": "AB"[n % 2], "r": {"x": n}}
        for name, numbers, codec in ("a[1]", range(3), "null"), ("b", range(3, 6), "deflate"), ("c", [], "null"):
            with open(f"{sys.argv[1]}/{name}.avro", "wb") as file:
                fastavro.writer(file, schema, [row(n) for n in numbers], codec=codec, sync_interval=1)

        """

    private func project(_ path: String = "data") throws -> TestProject {
        let project = try TestProject(
            nodes: "total: {function: t.total, input: [rows], output: gold.total}\n",
            pipeline: ["total"],
            input: "rows: {format: avro, path: '\(path)'}\n"
        )
        let data = project.path + "/data"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let result = try HostProcess.start(Checkout.root + "/scripts/python", ["-c", Self.writer, data])
        try #require(result.status == 0, "\(result.errors)")
        try project.plugin()
        return project
    }

    @Test func rowsAndTypesAreThoseOfTheWriter() throws {
        let preview = try project().host("datasets", "preview", "rows")
        #expect(
            preview.errors.hasSuffix(
                "6 rows shown; columns: n int64, s utf8, d date32, t timestamp(us), f float64, b binary, ok bool, "
                    + "l list<int32>, e utf8, r struct<x: int32>\n"
            ),
            "\(preview)"
        )
        let lines = preview.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.count == 7)
        #expect(
            lines[2] == #"NULL é1 2026-01-02 2026-01-01 10:00:01.000005 0.25 \x01\xFF false [1, 2] B {'x': 1}"#,
            "\(lines)"
        )
    }

    @Test(arguments: [
        ("data/a[1].avro", "2"), ("data/b.avro", "12"), ("data/[ab]*.avro", "14"), ("data/c.avro", "NULL"),
    ])
    func aFileAPatternOrADirectoryIsRead(path: String, expected: String) throws {
        let project = try project(path)
        let run = try project.host("run", "p")
        #expect(run.status == 0, "\(run.errors)")
        let rows = try project.host("datasets", "preview", "gold.total").output.split(separator: "\n")
        #expect(rows.map { $0.trimmingCharacters(in: .whitespaces) } == ["total", expected])
    }

    @Test func whatIsNoWholeFileIsNamed() throws {
        let project = try project()
        let file = project.path + "/data/a[1].avro"
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        var mixed = whole
        mixed[mixed.count - 1] ^= 1
        for (content, problem) in [
            (whole.dropLast(5), "ends in its block 3: it is not a whole Avro file"),
            (whole.prefix(60), "ends in its header: it is not a whole Avro file"),
            (mixed, "is broken at its block 3: what should end it is not there"),
            (Data("n,s\n1,x\n".utf8), "is not an Avro file"), (Data(), "is not an Avro file"),
        ] {
            try content.write(to: URL(fileURLWithPath: file))
            let result = try project.host("run", "p")
            #expect(result.status == 2 && result.errors.contains("\(file) \(problem)"), "\(problem): \(result.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: project.path + "/out"))
    }

    @Test func avroHasNoOptionsAndIsNotWritten() throws {
        let project = try project()
        try project.scratch.write(
            "rows: {format: avro, path: data, options: {header: true}}\n",
            to: "project/config/input.yaml"
        )
        try project.scratch.write("gold.total: {format: avro}\n", to: "project/config/output.yaml")
        let errors = try project.host("run", "p").errors
        #expect(errors.contains("format avro has no option 'header'"), "\(errors)")
        let others = "adbc, arrow, csv, delta, feather, json, kafka, orc, parquet, postgresql, sqlite"
        #expect(errors.contains("format avro is read, but not written in this version; outputs are \(others)"))
    }
}
