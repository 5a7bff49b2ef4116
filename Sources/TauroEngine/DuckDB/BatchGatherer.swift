import TauroData
import TauroModel

/// Copies a result's chunks, value by value, to where the next batch has them.
///
/// For results all of whose columns have a `DirectLayout`. For one thread at a time.
final class BatchGatherer {
    private let schema: Schema
    private let layouts: [DirectLayout]
    private let textLimit: Int
    private var columns: [GatheredColumn]
    /// How many rows the next batch has so far.
    private(set) var rowCount = 0

    /// Creates a gatherer, or nil where a column needs DuckDB's own conversion.
    ///
    /// - Parameters:
    ///   - columns: the result's columns with the numbers of DuckDB's types.
    ///   - schema: the columns as nodes receive them.
    ///   - textLimit: how many bytes of text a column of a batch may have.
    init?(columns: [(name: String, type: UInt32)], schema: Schema, textLimit: Int = Int(Int32.max)) {
        let layouts = zip(columns, schema.fields).compactMap { DirectLayout(duckDBType: $0.type, field: $1) }
        guard layouts.count == schema.fields.count, layouts.count == columns.count else { return nil }
        self.schema = schema
        self.layouts = layouts
        self.textLimit = textLimit
        self.columns = layouts.map { GatheredColumn($0) }
    }

    /// Whether DuckDB gives the columns the same types when it scans the batches.
    var keepsTypes: Bool {
        zip(layouts, schema.fields).allSatisfy { layout, field in layout.keepsType && field.metadata.isEmpty }
            && !schema.fields.contains { $0.type == .time(.nanosecond) }
    }

    /// Appends a chunk's rows; gives the batch before them if they do not fit into it any more.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for a number that int64 does not hold, and for a chunk that fits
    ///   into no batch.
    func append(_ chunk: borrowing DuckDBChunk) throws -> RecordBatch? {
        var full: RecordBatch?
        if let crowded = try measure(chunk) {
            full = try finish()
            if full == nil { throw tooLong(crowded) }
            if let crowded = try measure(chunk) { throw tooLong(crowded) }
        }
        for index in columns.indices {
            try columns[index].append(try chunk.vector(at: index), name: schema.fields[index].name)
        }
        rowCount += chunk.rowCount
        return full
    }

    /// The batch so far, or nil where it has no rows; the gatherer is empty afterwards.
    func finish() throws -> RecordBatch? {
        guard rowCount > 0 else { return nil }
        let finished = zip(columns, schema.fields).map { $0.finish(as: $1.type) }
        columns = layouts.map { GatheredColumn($0) }
        rowCount = 0
        return try RecordBatch(schema: schema, columns: finished)
    }

    /// Prepares for a chunk, and gives the first column whose text would pass the limit.
    private func measure(_ chunk: borrowing DuckDBChunk) throws(SQLError) -> Int? {
        for index in columns.indices where layouts[index] == .text {
            guard columns[index].measure(try chunk.vector(at: index)) <= textLimit else { return index }
        }
        return nil
    }

    private func tooLong(_ index: Int) -> SQLError {
        SQLError(
            .invalid,
            "the text in column '\(schema.fields[index].name)' is too long: 2,048 rows of it pass \(textLimit) bytes"
        )
    }
}
