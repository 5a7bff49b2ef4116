import CTauro
import TauroData
import TauroModel

/// Record batches as DuckDB scans them: the columns' types in both languages, and the rows cut into slices.
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

    let rowCount: Int
    let sliceCount: Int
    private(set) var columns: [Column] = []
    private let batches: [RecordBatch]
    /// The number of the first slice of each batch.
    private let firstSlices: [Int]
    /// DuckDB reads Arrow in the context of a connection: the one that runs the query.
    private let connection: DuckDBConnection

    /// The rows that one call of a scan hands over: DuckDB's own unit.
    static let sliceRows = 2_048

    /// Asks DuckDB for the types.
    ///
    /// - Throws: `SQLError` with the code `.unsupported` that names the table and the column.
    init(table: String, schema: Schema, batches: [RecordBatch], on connection: DuckDBConnection) throws(SQLError) {
        self.batches = batches.filter { $0.rowCount > 0 }
        self.connection = connection
        rowCount = batches.reduce(0) { $0 + $1.rowCount }
        var first: [Int] = []
        var slices = 0
        for batch in self.batches {
            first.append(slices)
            slices += (batch.rowCount + ScannedFrame.sliceRows - 1) / ScannedFrame.sliceRows
        }
        firstSlices = first
        sliceCount = slices
        try ScannedFrame.check(schema, table: table)
        for field in schema.fields { columns.append(try column(field, table: table)) }
    }

    deinit {
        for var column in columns {
            connection.functions.arrow.destroyConvertedSchema(&column.converted)
            connection.functions.destroyType(&column.type)
        }
    }

    /// The rows of slice `number`: a batch, and which of its rows.
    func rows(ofSlice number: Int) -> (batch: Int, range: Range<Int>) {
        let batch = firstSlices.partitioningIndex { $0 > number } - 1
        let first = (number - firstSlices[batch]) * ScannedFrame.sliceRows
        return (batch, first..<min(first + ScannedFrame.sliceRows, batches[batch].rowCount))
    }

    /// Gives DuckDB some rows of a column as a chunk of its own, which the caller destroys; copies no number.
    ///
    /// One chunk for each column, because a chunk's Arrow array is released with its first vector.
    func convert(_ rows: (batch: Int, range: Range<Int>), column: Int, to chunk: inout Handle) -> String? {
        var array = batches[rows.batch].export(columns: [column], range: rows.range)
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

extension Array {
    /// The first index whose element satisfies a condition that, once true, stays true.
    fileprivate func partitioningIndex(_ condition: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }
}
