import TauroData
import TauroModel

/// A table value by value, for samples that are made up and results that are compared.
struct TableContent: Sendable, Hashable {
    var names: [String]
    var columns: [FlatColumn]

    init(_ columns: [(name: String, column: FlatColumn)]) {
        names = columns.map(\.name)
        self.columns = columns.map(\.column)
    }

    /// Copies the rows of sound batches.
    ///
    /// Columns with children are left out of a `lenient` copy; without it, nil where there are any.
    init?(schema: Schema, batches: [RecordBatch], lenient: Bool = false) {
        names = []
        columns = []
        for (index, field) in schema.fields.enumerated() {
            guard var column = FlatColumn(field.type) else {
                if lenient { continue }
                return nil
            }
            for batch in batches { column.values += FlatColumn(batch, at: index)?.values ?? [] }
            names.append(field.name)
            columns.append(column)
        }
    }

    var rowCount: Int { columns.first?.values.count ?? 0 }

    var schema: Schema { Schema(zip(names, columns).map { Field($0, $1.type) }) }

    /// The rows as one batch.
    func batch() throws -> RecordBatch { try RecordBatch(schema: schema, columns: columns.map { $0.column() }) }

    /// The rows as a frame of one batch.
    func frame() throws -> Frame { Frame(schema: schema, batches: [try batch()]) }

    /// The table with every value changed.
    func mapped(_ change: (FlatColumn, _ row: Int, [UInt8]?) -> [UInt8]?) -> TableContent {
        var other = self
        for (index, column) in columns.enumerated() {
            other.columns[index].values = column.values.enumerated().map { change(column, $0.offset, $0.element) }
        }
        return other
    }

    /// Some of its rows.
    func rows(_ range: Range<Int>) -> TableContent {
        var other = self
        for index in columns.indices { other.columns[index].values = Array(columns[index].values[range]) }
        return other
    }

    /// The table without the column at `index`.
    func without(_ index: Int) -> TableContent {
        var other = self
        other.names.remove(at: index)
        other.columns.remove(at: index)
        return other
    }

    /// The table with a column of numbers as text, and any other column as numbers.
    func retyped(_ index: Int) -> TableContent {
        var other = self
        let type: ArrowType = columns[index].type == .utf8 ? .int64 : .utf8
        let value: [UInt8] = type == .utf8 ? Array("text".utf8) : SampleValues.bytes(Int64(7))
        guard let column = FlatColumn(type, columns[index].values.map { _ in value }) else { return self }
        other.columns[index] = column
        return other
    }
}
