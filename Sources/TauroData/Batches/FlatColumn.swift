import CTauro

/// A column as one run of bytes for each value: for tables made up value by value, and for comparing values whatever
/// lies in memory at nulls.
///
/// Has columns without children alone: numbers, days, times, text and bytes, and bool as one byte, 0 or 1.
package struct FlatColumn: Sendable, Hashable {
    package let type: ArrowType
    /// nil is null.
    package var values: [[UInt8]?]

    /// Creates a column; nil for a type with children, views, dictionaries or 64-bit offsets.
    package init?(_ type: ArrowType, _ values: [[UInt8]?] = []) {
        guard FlatColumn.width(of: type) != nil else { return nil }
        self.type = type
        self.values = values
    }

    /// Copies the column at `index` of a sound batch; nil as for `init(_:_:)`.
    package init?(_ batch: RecordBatch, at index: Int) {
        self.init(batch.schema.fields[index].type)
        let column = batch.column(at: index)
        var rows = batch.export(columns: [index], range: 0..<batch.rowCount)
        defer { rows.release?(&rows) }
        guard let array = rows.children[0]?.pointee else { return nil }
        values = (0..<column.count).map { column.isNull($0) ? nil : value(of: array, at: Int(array.offset) + $0) }
    }

    /// Bytes of a value: 0 for text and bytes of any length; nil for types that are not flat.
    package static func width(of type: ArrowType) -> Int? {
        switch type.layout {
        case .bits: 1
        case .fixed(let width): if case .dictionary = type { nil } else { width }
        case .variable32: 0
        default: nil
        }
    }

    private func value(of array: ArrowArray, at position: Int) -> [UInt8] {
        guard let first = array.buffers[1] else { return [] }
        switch type.layout {
        case .bits: return [bit(first.assumingMemoryBound(to: UInt8.self), position) ? 1 : 0]
        case .variable32:
            let start = Int(first.loadUnaligned(fromByteOffset: position * 4, as: Int32.self))
            let end = Int(first.loadUnaligned(fromByteOffset: position * 4 + 4, as: Int32.self))
            return Array(UnsafeRawBufferPointer(start: array.buffers[2].map { $0 + start }, count: end - start))
        default:
            let width = FlatColumn.width(of: type) ?? 0
            return Array(UnsafeRawBufferPointer(start: first + position * width, count: width))
        }
    }

    /// The column in Arrow's form; with a validity buffer only where there are nulls.
    package func column() -> ArrowColumn {
        let nullCount = values.count { $0 == nil }
        let data = ArrowBuffer()
        let offsets = ArrowBuffer()
        offsets.append(Int32(0))
        let width = FlatColumn.width(of: type) ?? 0
        for (row, value) in values.enumerated() {
            switch type.layout {
            case .bits: data.appendBit(value?.first == 1, at: row)
            default: (value ?? Array(repeating: 0, count: width)).withUnsafeBytes { data.append($0) }
            }
            offsets.append(Int32(data.count))
        }
        let content: [ArrowBuffer?] = width == 0 ? [offsets, data] : [data]
        return ArrowColumn(type, count: values.count, nullCount: nullCount, buffers: [validity(nullCount)] + content)
    }

    private func validity(_ nullCount: Int) -> ArrowBuffer? {
        guard nullCount > 0 else { return nil }
        let bits = ArrowBuffer()
        for (row, value) in values.enumerated() { bits.appendBit(value != nil, at: row) }
        return bits
    }
}
