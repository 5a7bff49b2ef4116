extension Frame {
    /// All record batches at once.
    ///
    /// Of a frame in memory no column is copied; a stored dataset is read as a whole, so prefer `forEachBatch` there.
    ///
    /// - Throws: `NodeError` with `.io` if a stored input can not be read, or after the node has returned.
    public var batches: [RecordBatch] {
        get throws {
            if case .memory(_, let batches) = storage { return batches }
            var batches: [RecordBatch] = []
            try forEachBatch { batches.append($0) }
            return batches
        }
    }

    /// Calls `body` with one record batch after another, on this thread.
    ///
    /// A batch may be kept for longer than the call of `body`.
    ///
    /// - Throws: `NodeError` with `.io` if a stored input can not be read, or after the node has returned; and what
    ///   `body` throws.
    public func forEachBatch(_ body: (RecordBatch) throws -> Void) throws {
        try withStream { stream in
            while let batch = try stream.next() { try body(batch) }
        }
    }

    /// Calls `body` with a new stream over the rows, from the first one: for reading several frames side by side.
    ///
    /// The stream is for one thread at a time and must not be kept; its batches may be.
    ///
    /// - Throws: as `forEachBatch`.
    public func withStream<Result>(_ body: (any RecordBatchStream) throws -> Result) throws -> Result {
        switch storage {
        case .host(let frame): try body(try frame.stream())
        case .memory(let schema, let batches): try body(BatchListStream(schema: schema, batches: batches))
        }
    }

    /// All values of one column, nil where it is null: for small tables and for tests.
    ///
    /// In a loop over many rows read `RecordBatch.column(_:as:)` batch by batch, which copies nothing.
    ///
    /// - Throws: `ArrowError` for a column that is not there or has another type; else as `forEachBatch`.
    public func values<Value: ColumnValue>(_ name: String, as: Value.Type) throws -> [Value?] {
        _ = try schema.index(of: name)
        var values: [Value?] = []
        try forEachBatch { batch in values.append(contentsOf: try batch.column(name, as: Value.self)) }
        return values
    }

    /// Runs one SELECT or WITH statement over this frame, which is the table `this` in it.
    ///
    ///     let late = try flights.sql("SELECT * FROM this WHERE dep_delay > $limit", values: ["limit": 15], call: call)
    ///
    /// - Throws: as `Call.sql`.
    public func sql(_ text: String, values: [String: SQLValue] = [:], call: Call) throws -> Frame {
        try call.sql(text, tables: ["this": self], values: values)
    }
}
