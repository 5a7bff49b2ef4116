import TauroData
import TauroModel

extension DuckDBConnection {
    /// Makes a frame a table of this connection; the leases must outlive the query, whose token ends what it reads.
    func createView(_ name: String, of frame: Frame, _ cancellation: CancellationToken) throws -> [FrameLease] {
        let reader = try reader(of: frame, named: name, cancellation)
        try execute("CREATE TEMP VIEW \(identifier(name)) AS \(reader.text)")
        return reader.leases
    }

    /// The `SELECT` that reads a frame, and what must outlive its run; `name` is what errors call it.
    ///
    /// Rows in memory or on disk are scanned where they are. A stored dataset is read by its own statement, so that a query
    /// reads only what it needs; a source of another kind is read while the query runs, until the query's token is cancelled:
    /// interrupting the query does not wake a thread that waits for a server.
    func reader(
        of frame: Frame,
        named name: String,
        _ cancellation: CancellationToken
    ) throws -> (text: String, leases: [FrameLease]) {
        switch frame.content {
        case .memory(let schema, let batches):
            return reader(try ScannedFrame(table: name, schema: schema, rows: ScannedRows(batches), on: self))
        case .source(let frame as SpooledFrame):
            return reader(try ScannedFrame(table: name, schema: frame.schema(), rows: ScannedRows(frame), on: self))
        case .source(let source as any SelectSource): return try source.select(on: self, cancellation)
        case .source(let source):
            return reader(try ScannedFrame(table: name, source: source, cancellation, on: self))
        }
    }

    private func reader(_ frame: ScannedFrame) -> (text: String, leases: [FrameLease]) {
        let lease = database.frames.lease(frame)
        return ("SELECT * FROM \(FrameScan.functionName)(\(lease.identifier))", [lease])
    }
}

/// A name as SQL writes it, whatever it holds.
func identifier(_ name: String) -> String { "\"" + name.doubling("\"") + "\"" }

/// Text as SQL writes it, whatever it holds.
func literal(_ text: String) -> String { "'" + text.doubling("'") + "'" }

extension String {
    fileprivate func doubling(_ quote: Character) -> String {
        String(flatMap { $0 == quote ? [$0, $0] : [$0] })
    }
}
