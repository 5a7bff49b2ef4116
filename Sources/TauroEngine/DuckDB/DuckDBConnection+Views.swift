import TauroData
import TauroModel

extension DuckDBConnection {
    /// Makes a frame a table of this connection; the lease, if there is one, must outlive the query.
    ///
    /// Rows in memory are scanned where they are. A stored dataset becomes a view on its reader, so that the query
    /// reads only what it needs; a source of another kind is read into memory.
    func createView(_ name: String, of frame: Frame) throws -> FrameLease? {
        switch frame.content {
        case .memory(let schema, let batches):
            return try createView(name, schema: schema, batches: batches)
        case .source(let source as StoredDataset):
            try execute("CREATE TEMP VIEW \(identifier(name)) AS \(source.query(on: self))")
            return nil
        case .source:
            let stream = try frame.stream()
            var batches: [RecordBatch] = []
            while let batch = try stream.next() { batches.append(batch) }
            return try createView(name, schema: stream.schema, batches: batches)
        }
    }

    private func createView(_ name: String, schema: Schema, batches: [RecordBatch]) throws(SQLError) -> FrameLease {
        let scanned = try ScannedFrame(table: name, schema: schema, batches: batches, on: self)
        let lease = database.frames.lease(scanned)
        try execute(
            "CREATE TEMP VIEW \(identifier(name)) AS SELECT * FROM \(FrameScan.functionName)(\(lease.identifier))"
        )
        return lease
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
