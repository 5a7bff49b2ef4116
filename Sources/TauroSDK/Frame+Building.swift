extension Frame {
    /// Creates a frame of record batches that all have `schema`; there may be none.
    ///
    /// - Throws: `NodeError` with `.schema` if a batch has other columns.
    public init(schema: Schema, batches: [RecordBatch]) throws(NodeError) {
        if let other = batches.first(where: { !$0.schema.hasColumns(of: schema) }) {
            throw NodeError.schema("a batch of (\(other.schema)) in a frame of (\(schema))")
        }
        self.init(storage: .memory(schema, batches))
    }

    /// Creates a frame of one record batch.
    public init(_ batch: RecordBatch) {
        self.init(storage: .memory(batch.schema, [batch]))
    }

    /// Creates a frame of columns of equal length, without copying them.
    ///
    ///     let hours = ColumnBuilder<Int64>()
    ///     let means = ColumnBuilder<Double>()
    ///     …
    ///     return try Frame(columns: ["hour": hours.finish(), "mean_delay": means.finish()])
    ///
    /// - Throws: `ArrowError` if the columns' lengths differ.
    public init(columns: KeyValuePairs<String, ArrowColumn>) throws(ArrowError) {
        self.init(try RecordBatch(columns: columns.map { (name: $0.key, column: $0.value) }))
    }
}

extension Schema {
    /// Whether names and types are the same; what may be null, and what producers say beside, is not compared.
    fileprivate func hasColumns(of other: Schema) -> Bool {
        fields.elementsEqual(other.fields) { $0.name == $1.name && $0.type == $1.type }
    }
}
