import CTauro
import Glibc
import TauroData
import TauroModel

@testable import TauroEngine

/// An engine on the library that scripts/setup laid out, and the few shapes that the tests are made of.
enum EngineFixture {
    /// The repository's own library folder; TAURO_DUCKDB_LIBRARY wins over it.
    static let vendor: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/.tauro/vendor"
    }()

    static func engine(threads: Int = 2) -> DuckDBEngine {
        DuckDBEngine(libraryDirectories: [vendor], threads: threads)
    }

    /// A frame of one int64 column `x`.
    static func numbers(_ values: some Sequence<Int64?>) throws -> Frame {
        try frame([("x", ArrowColumn(values))])
    }

    static func frame(_ columns: [(name: String, column: ArrowColumn)]) throws -> Frame {
        let batch = try RecordBatch(columns: columns)
        return Frame(schema: batch.schema, batches: [batch])
    }

    /// An empty directory that nothing else uses.
    static func directory() -> String {
        var template = Array("/tmp/tauro-engine-XXXXXX".utf8CString)
        return template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/tmp"
        }
    }

    static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "w") else { return }
        fputs(text, file)
        fclose(file)
    }
}

extension DuckDBEngine {
    /// Runs a query with tables and parameters.
    func sql(
        _ text: String,
        _ tables: [(name: String, frame: Frame)] = [],
        _ parameters: [(name: String, value: ParameterValue?)] = [],
        cancellation: CancellationToken = CancellationToken()
    ) throws -> Frame {
        try run(SQLStatement(text: text, tables: tables, parameters: parameters), cancellation: cancellation)
    }

    /// The error a query ends with, or nil.
    func refusal(
        _ text: String,
        _ tables: [(name: String, frame: Frame)] = [],
        _ parameters: [(name: String, value: ParameterValue?)] = []
    ) -> SQLError? {
        do {
            _ = try sql(text, tables, parameters)
            return nil
        } catch {
            return error as? SQLError ?? SQLError(.failed, "not a SQLError: \(error)")
        }
    }
}

extension Frame {
    /// All batches of a new stream.
    func batches() throws -> [RecordBatch] {
        let stream = try stream()
        var batches: [RecordBatch] = []
        while let batch = try stream.next() { batches.append(batch) }
        return batches
    }

    /// All values of a column.
    func values<Value: ColumnValue>(_ name: String, as type: Value.Type) throws -> [Value?] {
        try batches().flatMap { Array(try $0.column(name, as: type)) }
    }
}

extension ArrowColumn {
    /// This column's numbers as indices into `words`, by way of the C interface.
    func asDictionary(of words: ArrowColumn) throws -> ArrowColumn {
        var batch = try RecordBatch(columns: [("c", self)]).export()
        let dictionary = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
        var wordsBatch = try RecordBatch(columns: [("w", words)]).export()
        // Both batches and the moved child stay allocated: a test's leak is simpler than its bookkeeping.
        dictionary.initialize(to: wordsBatch.children[0]?.pointee ?? ArrowArray())
        wordsBatch.children[0]?.pointee.release = nil
        wordsBatch.release(&wordsBatch)
        batch.children[0]?.pointee.dictionary = dictionary
        let type = ArrowType.dictionary(index: self.type, values: words.type, ordered: false)
        return try RecordBatch(importing: &batch, schema: Schema([Field("c", type)])).column("c")
    }
}
