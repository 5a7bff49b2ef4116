import Foundation
import TauroBasics
import TauroData
import TauroEngine
import TauroModel

@testable import TauroIO

/// A database of a test's own: a schema of the PostgreSQL server that scripts/services starts, or a file of SQLite.
final class TestDatabase: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case postgresql
        case sqlite
    }

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    let kind: Kind
    let project: Project
    /// What is written before the names of tables.
    let prefix: String
    let uri: String
    private let isOwned: Bool
    static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    static let parts = NativeParts(directories: [root + "/.tauro/vendor"])

    init(_ kind: Kind) throws {
        self.kind = kind
        project = try Project()
        isOwned = true
        switch kind {
        case .postgresql:
            uri = try TestDatabase.server()
            prefix = "t\(UInt64.random(in: .min ... .max))."
            try ask("CREATE SCHEMA \(prefix.dropLast())")
        case .sqlite:
            uri = project["t.db"]
            prefix = ""
        }
    }

    /// Takes over a database that another process made.
    init(_ kind: Kind, uri: String, prefix: String) throws {
        self.kind = kind
        self.uri = uri
        self.prefix = prefix
        project = try Project()
        isOwned = false
    }

    deinit {
        if kind == .postgresql, isOwned { _ = try? ask("DROP SCHEMA \(prefix.dropLast()) CASCADE") }
    }

    /// The address of the server that tests talk to.
    static func server() throws -> String {
        guard let address = ProcessEnvironment.variables()["TAURO_TEST_POSTGRESQL"] else {
            throw Problem(description: "TAURO_TEST_POSTGRESQL is not set: run tests as scripts/services run swift test")
        }
        return address
    }

    /// What psql or Python's sqlite3 answer: a line a row, `|` between columns.
    @discardableResult
    func ask(_ statement: String) throws -> [String] {
        switch kind {
        case .postgresql:
            return try run("/usr/bin/psql", [uri, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement])
        case .sqlite:
            let program = """
                import sqlite3, sys
                with sqlite3.connect(sys.argv[1], timeout=60) as base:
                    for row in base.execute(sys.argv[2]): print("|".join("" if v is None else str(v) for v in row))
                """
            return try run("/usr/bin/env", ["python3", "-c", program, uri, statement])
        }
    }

    private func run(_ program: String, _ arguments: [String]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Problem(description: words) }
        return text.split(separator: "\n").map(String.init)
    }

    /// The dataset of a table, or of a query.
    func dataset(
        table: String? = "t",
        query: String? = nil,
        mode: DatasetDefinition.WriteMode = .append,
        options: [String: ConfigValue.Content] = [:]
    ) -> DatasetDefinition {
        var said = options.merging(["uri": .string(uri)]) { first, _ in first }
        if let table, query == nil { said["table"] = .string(prefix + table) }
        if let query { said["query"] = .string(query) }
        return project.output(kind.rawValue, options: said, mode: mode)
    }

    /// Stores the rows of a query of the engine's.
    @discardableResult
    func store(
        _ query: String,
        as dataset: DatasetDefinition? = nil,
        run: Int = 1,
        cancellation: CancellationToken = CancellationToken()
    ) throws -> OutputRecord {
        let frame = try RealStore.engine.run(SQLStatement(text: query, tables: []), cancellation: CancellationToken())
        return try store(frame, as: dataset, run: run, cancellation: cancellation)
    }

    /// Stores the rows of a frame.
    @discardableResult
    func store(
        _ frame: Frame,
        as dataset: DatasetDefinition? = nil,
        run: Int = 1,
        cancellation: CancellationToken = CancellationToken()
    ) throws -> OutputRecord {
        try DataOutputManager(engine: RealStore.engine, writers: 1, parts: TestDatabase.parts).store(
            .frame(frame),
            as: dataset ?? self.dataset(),
            commit: CommitIdentity(runID: RealStore.run(run), node: "n"),
            cancellation: cancellation
        ).record
    }

    /// The rows as a node gets them.
    func frame(_ dataset: DatasetDefinition? = nil, dates: DateWindow = DateWindow()) throws -> Frame {
        let loader = InputLoader(engine: RealStore.engine, parts: TestDatabase.parts)
        guard case .frame(let frame) = try loader.load(dataset ?? self.dataset(), as: .frame, dates: dates) else {
            throw Problem(description: "no frame")
        }
        return frame
    }

    /// The rows as texts, as the engine writes them.
    func rows(_ dataset: DatasetDefinition? = nil, dates: DateWindow = DateWindow()) throws -> [String] {
        let statement = SQLStatement(
            text: "SELECT CAST(t AS VARCHAR) AS text FROM t ORDER BY ALL",
            tables: [("t", try frame(dataset, dates: dates))]
        )
        let stream = try RealStore.engine.run(statement, cancellation: CancellationToken()).stream()
        var texts: [String] = []
        while let batch = try stream.next() {
            texts += try batch.column("text", as: String.self).map { $0 ?? "NULL" }
        }
        return texts
    }

    /// The columns' names and types as a node gets them.
    func columns(_ dataset: DatasetDefinition? = nil) throws -> [String] {
        try frame(dataset).schema().fields.map { "\($0.name): \($0.type)" }
    }
}
