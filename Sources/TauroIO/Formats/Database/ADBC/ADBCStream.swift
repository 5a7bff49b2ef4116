import CTauro
import TauroData

/// The rows of a query, which keeps its statement and connection open as long as it has some.
///
/// For one thread at a time.
final class ADBCStream: RecordBatchStream {
    /// The columns as the driver describes them.
    let schema: Schema
    /// What the rows come over.
    let connection: ADBCConnection
    private var statement: ADBCStatement?
    private var reader: ArrowStreamReader?

    /// Takes over a driver's stream.
    init(taking stream: inout ArrowArrayStream, of statement: ADBCStatement, _ connection: ADBCConnection) throws {
        let reader = try ArrowStreamReader(taking: &stream)
        self.connection = connection
        self.statement = statement
        self.reader = reader
        schema = reader.schema
    }

    // A stream is gone before its statement, and that before its connection.
    deinit { end() }

    /// - Throws: `ArrowError` with the driver's words.
    func next() throws -> RecordBatch? {
        guard let reader else { return nil }
        if let batch = try reader.next() { return batch }
        end()
        return nil
    }

    private func end() {
        reader = nil
        statement = nil
    }
}
