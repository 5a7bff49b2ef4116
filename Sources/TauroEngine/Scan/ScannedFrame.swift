import CTauro
import TauroData
import TauroModel

/// A frame as DuckDB scans it: the columns' types in both languages, and where the rows come from.
///
/// Sendable because nothing changes after `init`; the handles are read from any thread and destroyed in `deinit`.
final class ScannedFrame: @unchecked Sendable {
    /// One column's types.
    struct Column {
        let name: String
        /// How to read an Arrow array with this one column.
        var converted: Handle
        /// DuckDB's own type.
        var type: Handle
    }

    /// Where the rows come from.
    private enum Rows {
        case memory(SlicedBatches)
        /// Read anew by every scan, until the token is cancelled.
        case source(any FrameSource, CancellationToken)
    }

    private(set) var columns: [Column] = []
    private let schema: Schema
    private let rows: Rows
    /// DuckDB reads Arrow in the context of a connection: the one that runs the query.
    private let connection: DuckDBConnection

    /// Asks DuckDB for the types.
    ///
    /// - Throws: `SQLError` with the code `.unsupported` that names the table and the column.
    convenience init(
        table: String,
        schema: Schema,
        rows: ScannedRows,
        on connection: DuckDBConnection
    ) throws(SQLError) {
        try self.init(table, schema, .memory(SlicedBatches(rows)), connection)
    }

    /// Asks the source for its columns, and DuckDB for their types; rows are read when a query runs.
    ///
    /// - Throws: `SQLError` with the code `.unsupported` that names the table and the column, or what the source throws.
    convenience init(
        table: String,
        source: any FrameSource,
        _ cancellation: CancellationToken,
        on connection: DuckDBConnection
    ) throws {
        try self.init(table, try source.schema(), .source(source, cancellation), connection)
    }

    private init(_ table: String, _ schema: Schema, _ rows: Rows, _ connection: DuckDBConnection) throws(SQLError) {
        self.schema = schema
        self.rows = rows
        self.connection = connection
        try ScannedFrame.check(schema, table: table)
        for field in schema.fields { columns.append(try column(field, table: table)) }
    }

    deinit {
        for var column in columns {
            connection.functions.arrow.destroyConvertedSchema(&column.converted)
            connection.functions.destroyType(&column.type)
        }
    }

    /// The number of rows; nil where reading tells it.
    var rowCount: Int? {
        switch rows {
        case .memory(let batches): batches.rowCount
        case .source(let source, _): source.rowCount.map { Int($0) }
        }
    }

    /// How many threads have something to do: one for a source, since others would only wait for it, and queries beside
    /// this one need them.
    var threadCount: Int { if case .memory(let batches) = rows { max(1, batches.sliceCount) } else { 1 } }

    /// A new cursor over all rows, and the place of each of `wanted` columns in the batches that it gives.
    func cursor(over wanted: [Int]) -> (cursor: any SliceCursor, places: [Int?]) {
        switch rows {
        case .memory(let batches): return (MemoryCursor(batches), wanted)
        case .source(let source, let cancellation):
            let known = Set(wanted.filter { columns.indices.contains($0) })
            let cursor = SourceCursor(source, columns: known.sorted(), of: schema, cancellation)
            return (cursor, wanted.map { known.contains($0) ? cursor.place(of: $0) : nil })
        }
    }

    /// Gives DuckDB some rows of a column as a chunk of its own, which the caller destroys; copies no number.
    ///
    /// `place` is the column's in the slice's batch. One chunk for each column, because a chunk's Arrow array is released
    /// with its first vector.
    func convert(_ slice: Slice, place: Int, column: Int, to chunk: inout Handle) -> String? {
        var array = slice.batch.export(columns: [place], range: slice.range)
        defer { array.release?(&array) }
        let arrow = connection.functions.arrow
        return arrow.take(arrow.chunkFromArrow(connection.handle, &array, columns[column].converted, &chunk))
    }

    private static func check(_ schema: Schema, table: String) throws(SQLError) {
        guard !schema.fields.isEmpty else {
            throw SQLError(.unsupported, "the table '\(table)' has no columns, so SQL can not name it")
        }
        var names: Set<String> = []
        for field in schema.fields where !names.insert(field.name.lowercased()).inserted {
            throw SQLError(
                .invalid,
                "the table '\(table)' has two columns '\(field.name)', which SQL can not tell apart"
            )
        }
    }

    private func column(_ field: Field, table: String) throws(SQLError) -> Column {
        let arrow = connection.functions.arrow
        let schema = Schema([field])
        var exported = schema.export()
        defer { exported.release?(&exported) }
        var column = Column(name: field.name, converted: nil, type: nil)
        var message = arrow.take(arrow.schemaFromArrow(connection.handle, &exported, &column.converted))
        if message == nil {
            // The types behind a converted schema can not be asked for; those of a chunk read with it can.
            var array = RecordBatch(emptyWith: schema).export()
            var chunk: Handle = nil
            message = arrow.take(arrow.chunkFromArrow(connection.handle, &array, column.converted, &chunk))
            array.release?(&array)
            if chunk != nil { column.type = arrow.vectorType(arrow.chunkVector(chunk, 0)) }
            connection.functions.destroyChunk(&chunk)
        }
        guard let message else { return column }
        arrow.destroyConvertedSchema(&column.converted)
        throw SQLError(
            .unsupported,
            "column '\(field.name)' of the table '\(table)' is \(field.type), which SQL can not read: \(message)"
        )
    }
}
