import CDuckDB
import CTauro
import TauroData
import TauroModel

/// Turns the few types that DuckDB has and nodes do not receive into ones they do.
///
/// 128-bit integers, which sums of integers are, become int64; enumerations become text.
struct ResultConversion {
    /// The columns after the conversion.
    let schema: Schema
    private let source: Schema
    /// The columns that change.
    private let changing: [Int]
    /// Those of them whose 128 bits have no sign.
    private let unsigned: Set<Int>

    /// Reads a result's columns.
    ///
    /// - Throws: `SQLError`: `.invalid` for two columns of one name, `.unsupported` for a type without counterpart.
    init(_ result: DuckDBResult) throws {
        let columns = result.columns
        source = try result.arrowSchema()
        try ResultConversion.checkNames(columns.map(\.name))
        var fields = source.fields
        var changing: [Int] = []
        var unsigned: Set<Int> = []
        for (index, column) in columns.enumerated() {
            switch Int32(column.type) {
            case TAURO_DUCKDB_HUGEINT: fields[index] = Field(column.name, .int64)
            case TAURO_DUCKDB_UHUGEINT:
                fields[index] = Field(column.name, .int64)
                unsigned.insert(index)
            case TAURO_DUCKDB_ENUM: fields[index] = Field(column.name, .utf8)
            default:
                guard fields[index].type.isGatherable, fields[index].type.isDeliverable else {
                    throw SQLError(
                        .unsupported,
                        "column '\(column.name)' of the result is \(fields[index].type), which nodes do not receive; "
                            + "CAST it to another type"
                    )
                }
                continue
            }
            changing.append(index)
        }
        self.changing = changing
        self.unsigned = unsigned
        schema = Schema(fields)
    }

    private static func checkNames(_ names: [String]) throws(SQLError) {
        var seen: Set<String> = []
        let twice = names.filter { !seen.insert($0).inserted }
        guard twice.isEmpty else {
            let list = twice.map { "'\($0)'" }.joined(separator: ", ")
            throw SQLError(.invalid, "the result has several columns named \(list); name them apart with AS")
        }
    }

    /// Takes over one chunk's array.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for a number that int64 does not hold.
    func convert(_ array: inout ArrowArray) throws -> RecordBatch {
        let chunk = try RecordBatch(importing: &array, schema: source)
        guard !changing.isEmpty else { return RecordBatch(chunk, schema: schema) }
        var columns = schema.fields.indices.map { chunk.column(at: $0) }
        for index in changing {
            let name = schema.fields[index].name
            if schema.fields[index].type == .utf8 {
                columns[index] = try columns[index].decodedText()
            } else {
                let values = try columns[index].values(as: Int128.self, name: name)
                columns[index] = try narrowed(values, name: name, isSigned: !unsigned.contains(index))
            }
        }
        return try RecordBatch(schema: schema, columns: columns)
    }

    private func narrowed(_ values: Column<Int128>, name: String, isSigned: Bool) throws -> ArrowColumn {
        let builder = ColumnBuilder<Int64>()
        for value in values {
            guard let value else {
                builder.append(nil)
                continue
            }
            guard let narrow = Int64(exactly: value), isSigned || narrow >= 0 else {
                let written = isSigned ? "\(value)" : "\(UInt128(bitPattern: value))"
                throw SQLError.beyondInt64(written, column: name)
            }
            builder.append(narrow)
        }
        return try builder.finish()
    }
}
