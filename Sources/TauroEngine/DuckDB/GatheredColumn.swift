import TauroData
import TauroModel

/// One column of a batch in the making.
struct GatheredColumn {
    /// What a batch of `QueryStream.batchRows` has at most: its last chunk may pass the mark.
    private static let expectedRows = QueryStream.batchRows + 2_048
    /// Short text is copied as twelve bytes, whatever its length.
    private static let slack = 16

    let layout: DirectLayout
    private(set) var count = 0
    private(set) var nullCount = 0
    /// Made with the first null; until then every value is valid.
    private var validity: ArrowBuffer?
    /// Values or offsets.
    let values = ArrowBuffer()
    /// Text and bytes.
    let data = ArrowBuffer()
    /// How many bytes of text there are after the vector that was measured last.
    private var measured = 0

    init(_ layout: DirectLayout) {
        self.layout = layout
        guard layout == .text else { return }
        values.bytes.storeBytes(of: 0, as: Int32.self)
        values.count = 4
    }

    /// Appends a vector's values.
    ///
    /// One of text is measured before.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for a number that int64 does not hold.
    mutating func append(_ vector: DuckDBVector, name: String) throws(SQLError) {
        let nulls = vector.nullCount
        // Where no row is null there is no need to look.
        let vector = nulls > 0 ? vector : DuckDBVector(values: vector.values, validity: nil, count: vector.count)
        let bytes = vector.count * layout.bytesPerRow
        makeRoom(bytes)
        switch layout {
        case .same: values.append(UnsafeRawBufferPointer(start: vector.values, count: bytes))
        case .flags: values.appendFlags(vector, at: count)
        case .text: appendText(vector)
        case .widened(width: 2): values.appendWidened(vector, from: Int16.self)
        case .widened(width: 4): values.appendWidened(vector, from: Int32.self)
        case .widened: values.appendWidened(vector, from: Int64.self)
        case .narrowed(isSigned: true): try values.appendNarrowed(vector, from: Int128.self, name: name)
        case .narrowed: try values.appendNarrowed(vector, from: UInt128.self, name: name)
        }
        appendValidity(vector, nulls: nulls)
        count += vector.count
    }

    /// The column; the buffers belong to it afterwards.
    func finish(as type: ArrowType) -> ArrowColumn {
        let buffers = layout == .text ? [validity, values, data] : [validity, values]
        // A batch of few rows does not keep the room for many.
        for case let buffer? in buffers where buffer.capacity > 2 * max(64, buffer.count) {
            buffer.grow(to: max(64, buffer.count))
        }
        return ArrowColumn(type, count: count, nullCount: nullCount, buffers: buffers)
    }

    private mutating func appendValidity(_ vector: DuckDBVector, nulls: Int) {
        guard nulls > 0 || validity != nil else { return }
        let bits = validity ?? ArrowBuffer(capacity: (count == 0 ? vector.count : GatheredColumn.expectedRows) / 8 + 8)
        if validity == nil { bits.appendBits(nil, first: 0, length: count, at: 0) }
        // DuckDB and Arrow both count bits from the lowest, and words are little-endian here.
        let source = vector.validity.map { UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self) }
        bits.appendBits(source, first: 0, length: vector.count, at: count)
        validity = bits
        nullCount += nulls
    }

    /// Makes room for `bytes` more values: exactly for the first vector, then at once for a whole batch.
    private func makeRoom(_ bytes: Int) {
        let needed = values.count + bytes
        guard needed > values.capacity else { return }
        let expected = (GatheredColumn.expectedRows + 1) * layout.bytesPerRow
        values.grow(to: count == 0 ? needed : max(needed, expected))
    }
}

extension GatheredColumn {
    /// Writes the offsets of a vector's text behind the column's own, and gives how long the text is with it.
    ///
    /// Changes nothing of the column: `append` of the same vector does.
    mutating func measure(_ vector: DuckDBVector) -> Int {
        makeRoom(vector.count * 4)
        let offsets = (values.bytes + values.count).assumingMemoryBound(to: Int32.self)
        let validity = vector.nullCount > 0 ? vector.validity : nil
        var end = data.count
        for row in 0..<vector.count {
            if DuckDBVector.isValid(validity, row) {
                end += Int(vector.values.load(fromByteOffset: row * 16, as: UInt32.self))
            }
            offsets[row] = Int32(truncatingIfNeeded: end)
        }
        measured = end
        return end
    }

    /// Copies the text whose offsets `measure` has written.
    private func appendText(_ vector: DuckDBVector) {
        makeTextRoom(rows: vector.count)
        let validity = vector.validity
        var target = data.bytes + data.count
        for row in 0..<vector.count where DuckDBVector.isValid(validity, row) {
            let entry = vector.values + row * 16
            let length = Int(entry.load(as: UInt32.self))
            if length <= 12 {
                target.copyMemory(from: entry + 4, byteCount: 12)
            } else if let text = entry.load(fromByteOffset: 8, as: UnsafeRawPointer?.self) {
                target.copyMemory(from: text, byteCount: length)
            }
            target += length
        }
        data.count = measured
        values.count += vector.count * 4
    }

    /// Makes room for the measured text: exactly for the first vector, then for what a batch of such rows has.
    private func makeTextRoom(rows: Int) {
        let needed = measured + GatheredColumn.slack
        guard needed > data.capacity else { return }
        let perRow = measured / max(1, count + rows) + 1
        let expected = min(perRow * GatheredColumn.expectedRows, data.capacity * 4)
        data.grow(to: count == 0 ? needed : max(needed, expected))
    }
}
