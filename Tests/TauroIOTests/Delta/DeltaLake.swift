import Foundation
import TauroBasics
import Testing

/// The independent implementation of Delta tables that tests compare with: the PyPI package `deltalake`.
enum DeltaLake {
    private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    private static let beginning = """
        import json, os, sys
        import arro3.core as ac
        from deltalake import DeltaTable, write_deltalake
        path = sys.argv[1]
        def rows(version=None):
            import duckdb
            from deltalake import QueryBuilder
            table = DeltaTable(path, version=version)
            data = QueryBuilder().register("t", table).execute("SELECT * FROM t").read_all()
            duckdb.sql("SET TimeZone = 'UTC'")
            return [row[0] for row in duckdb.sql("SELECT CAST(t AS VARCHAR) FROM data AS t ORDER BY ALL").fetchall()]
        def column(values, type, name="n"):
            return {name: ac.Array(values, type)}

        """

    /// The lines that a program prints whose table is `path`.
    @discardableResult
    static func run(_ program: String, _ path: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: root + "/scripts/python")
        process.arguments = ["-c", beginning + program, path]
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(told)")
        return text.split(separator: "\n").map(String.init)
    }

    /// The table's rows, as texts, sorted.
    static func rows(_ path: String, version: Int? = nil) throws -> [String] {
        try run("for row in rows(\(version.map(String.init) ?? "None")): print(row)", path)
    }
}
