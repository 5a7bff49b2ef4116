import TauroData
import TauroModel

/// Changes of a table that nodes have to live with.
enum SampleTable {
    /// What stands for inputs that nobody gave a file for.
    static let general: TableContent = {
        let count = 24
        let day: Int32 = 19_723
        let columns: [(String, ArrowType, (Int) -> [UInt8])] = [
            ("id", .int64, { SampleValues.bytes(Int64($0 + 1)) }),
            ("name", .utf8, { Array("name \($0 % 5)".utf8) }),
            ("value", .float64, { SampleValues.bytes(Double($0) * 1.5 - 4) }),
            ("flag", .bool, { [UInt8($0 % 2)] }),
            ("day", .date32, { SampleValues.bytes(day + Int32($0)) }),
            (
                "at", .timestamp(.microsecond, zone: nil),
                { SampleValues.bytes(Int64(day) * 86_400_000_000 + Int64($0)) }
            ),
        ]
        return TableContent(
            columns.enumerated().map { place, column in
                let values = (0..<count).map { row in (row + place) % 7 == 6 ? nil : column.2(row) }
                guard let flat = FlatColumn(column.1, values) else { preconditionFailure("a flat type") }
                return (column.0, flat)
            }
        )
    }()

    static func noBatches(_ frame: Frame) throws -> Frame { Frame(schema: try frame.schema(), batches: []) }

    static func noRows(_ frame: Frame) throws -> Frame {
        Frame(schema: try frame.schema(), batches: [RecordBatch(emptyWith: try frame.schema())])
    }

    static func firstRow(_ frame: Frame) throws -> Frame {
        let rows = try rows(frame)
        return rows.rowCount == 0 ? frame : frameOf(rows.slice(0..<1))
    }

    /// The rows but the first ones, which stay in the buffers before the offset.
    static func sliced(_ frame: Frame) throws -> Frame {
        let rows = try rows(frame)
        return frameOf(rows.slice(min(rows.rowCount, 3)..<rows.rowCount))
    }

    /// The same rows in buffers of their own.
    static func slicedAndCopied(_ frame: Frame) throws -> Frame {
        let sliced = try sliced(frame)
        guard case .memory(let schema, let batches) = sliced.content else { return sliced }
        let (_, copies) = try FrameContent(schema: schema, batches: batches).open()
        return Frame(schema: schema, batches: copies)
    }

    /// One batch for each row, up to a number, then the others.
    static func manyBatches(_ frame: Frame) throws -> Frame {
        let rows = try rows(frame)
        let single = min(rows.rowCount, 50)
        let batches = (0..<single).map { rows.slice($0..<$0 + 1) }
        return Frame(
            schema: rows.schema,
            batches: batches + [rows.slice(single..<single)] + [rows.slice(single..<rows.rowCount)]
        )
    }

    static func allNull(_ frame: Frame) throws -> Frame { try changed(frame) { _, _, _ in nil } }

    /// No null, and so no validity buffer.
    static func noNull(_ frame: Frame) throws -> Frame {
        try changed(frame) { column, row, value in value ?? SampleValues.extremes(column.type)[0] }
    }

    static func longTexts(_ frame: Frame) throws -> Frame {
        try changed(frame) { column, _, value in column.type == .utf8 ? Array(SampleValues.long.utf8) : value }
    }

    static func foreignTexts(_ frame: Frame) throws -> Frame {
        try changed(frame) { column, row, value in
            column.type == .utf8 ? Array(SampleValues.texts[row % (SampleValues.texts.count - 1)].utf8) : value
        }
    }

    static func extremes(_ frame: Frame) throws -> Frame {
        try changed(frame) { column, row, _ in
            let extremes = SampleValues.extremes(column.type)
            return extremes[row % extremes.count]
        }
    }

    /// All rows as one batch.
    static func rows(_ frame: Frame) throws -> RecordBatch {
        guard case .memory(let schema, let batches) = try frame.inMemory().content else {
            throw HostFailure(.internal, "a sample is not in memory")
        }
        return try RecordBatch.concatenating(batches, schema: schema).first ?? RecordBatch(emptyWith: schema)
    }

    /// The frame with its flat columns changed; the others stay.
    private static func changed(
        _ frame: Frame,
        _ change: (FlatColumn, Int, [UInt8]?) -> [UInt8]?
    ) throws -> Frame {
        let rows = try rows(frame)
        let columns = rows.schema.fields.indices.map { index in
            guard var column = FlatColumn(rows, at: index) else { return rows.column(at: index) }
            column.values = column.values.enumerated().map { change(column, $0.offset, $0.element) }
            return column.column()
        }
        return frameOf(try RecordBatch(schema: rows.schema, columns: columns))
    }

    private static func frameOf(_ batch: RecordBatch) -> Frame { Frame(schema: batch.schema, batches: [batch]) }
}
