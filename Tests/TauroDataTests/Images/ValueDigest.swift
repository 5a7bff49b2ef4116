import CTauro

@testable import TauroData

/// Reads values of any type to the last byte and sums them up, so that equal values have equal sums.
struct ValueDigest {
    private(set) var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    /// How many values are read at most; bytes nobody can vouch for may claim more than anyone could read.
    private var left: Int

    init(atMost limit: Int = 1_000_000) { left = limit }

    /// The sums of the rows of a batch, one for each.
    static func rows(of batch: RecordBatch) -> [UInt64] {
        (0..<batch.rowCount).map { row in
            var digest = ValueDigest()
            for index in batch.schema.fields.indices { digest.add(batch.column(at: index), row: row) }
            return digest.sum
        }
    }

    /// Adds all of a column, and its last value even if there are more than the limit.
    mutating func add(_ column: ArrowColumn) {
        for row in 0..<column.count where left > 0 { add(column, row: row) }
        left = max(left, 100)
        if column.count > 0 { add(column, row: column.count - 1) }
    }

    private mutating func add(_ column: ArrowColumn, row: Int) {
        add(column.array, column.type, column.start + row)
        extendLifetime(column)
    }

    private mutating func add(_ number: Int) {
        sum = (sum ^ UInt64(bitPattern: Int64(number))) &* 0x0000_0100_0000_01B3
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer) {
        add(bytes.count)
        for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }

    private mutating func add(_ array: UnsafePointer<ArrowArray>, _ type: ArrowType, _ row: Int) {
        left -= 1
        if left < 0 { return }
        let position = Int(array.pointee.offset) + row
        switch type.layout {
        case .null, .union, .runEnds: break
        default:
            if array.pointee.null_count != 0, let validity = array.pointee.buffers[0],
                !bit(validity.assumingMemoryBound(to: UInt8.self), position)
            {
                return add(-1)
            }
        }
        addValue(array, type, position)
    }

    private mutating func addValue(_ array: UnsafePointer<ArrowArray>, _ type: ArrowType, _ position: Int) {
        func number(_ buffer: Int, _ index: Int, width: Int) -> Int {
            guard let start = array.pointee.buffers[buffer] else { return 0 }
            return width == 4
                ? Int((start + index * 4).loadUnaligned(as: Int32.self))
                : (start + index * 8).loadUnaligned(as: Int.self)
        }
        switch type.layout {
        case .null: add(-1)
        case .bits:
            guard let bits = array.pointee.buffers[1] else { return }
            add(bit(bits.assumingMemoryBound(to: UInt8.self), position) ? 1 : 0)
        case .fixed(let width): addFixed(array, type, position, width: width)
        case .variable32, .variable64, .view: addBytes(array, type, position)
        case .list32, .list64:
            let width = type.layout == .list32 ? 4 : 8
            let (first, end) = (number(1, position, width: width), number(1, position + 1, width: width))
            addItems(array, type, first..<end)
        case .listView(let width):
            let (first, size) = (number(1, position, width: width), number(2, position, width: width))
            addItems(array, type, first..<first + size)
        case .fixedList(let size): addItems(array, type, position * size..<(position + 1) * size)
        case .structure:
            for (index, field) in type.childFields.enumerated() { addChild(array, index, field.type, position) }
        case .union(let mode):
            guard case .union(_, let codes, let fields) = type, let buffer = array.pointee.buffers[0] else { return }
            let code = buffer.load(fromByteOffset: position, as: Int8.self)
            guard let child = codes.firstIndex(of: code) else { return }
            add(Int(code))
            addChild(array, child, fields[child].type, mode == .dense ? number(1, position, width: 4) : position)
        case .runEnds: addRun(array, type, position)
        }
    }

    private mutating func addFixed(
        _ array: UnsafePointer<ArrowArray>,
        _ type: ArrowType,
        _ position: Int,
        width: Int
    ) {
        guard let start = array.pointee.buffers[1] else { return }
        let bytes = UnsafeRawBufferPointer(start: start + position * width, count: width)
        guard case .dictionary(_, let values, _) = type, let dictionary = array.pointee.dictionary else {
            return add(bytes)
        }
        let index = bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        add(dictionary, values, index)
    }

    /// Text and bytes, however they lie; equal ones have equal sums.
    private mutating func addBytes(_ array: UnsafePointer<ArrowArray>, _ type: ArrowType, _ position: Int) {
        guard let values = array.pointee.buffers[1] else { return }
        if type.layout == .view {
            let view = values + position * 16
            let count = Int(view.loadUnaligned(as: Int32.self))
            if count <= 12 { return add(UnsafeRawBufferPointer(start: view + 4, count: count)) }
            let buffer = Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
            let first = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
            return add(
                UnsafeRawBufferPointer(start: array.pointee.buffers[2 + buffer].map { $0 + first }, count: count)
            )
        }
        let isWide = type.layout == .variable64
        func offset(_ index: Int) -> Int {
            isWide
                ? (values + index * 8).loadUnaligned(as: Int.self)
                : Int((values + index * 4).loadUnaligned(as: Int32.self))
        }
        let (first, end) = (offset(position), offset(position + 1))
        add(UnsafeRawBufferPointer(start: array.pointee.buffers[2].map { $0 + first }, count: end - first))
    }

    private mutating func addItems(_ array: UnsafePointer<ArrowArray>, _ type: ArrowType, _ range: Range<Int>) {
        add(range.count)
        for item in range {
            if left <= 0 { return }
            addChild(array, 0, type.childFields[0].type, item)
        }
    }

    private mutating func addRun(_ array: UnsafePointer<ArrowArray>, _ type: ArrowType, _ position: Int) {
        guard case .runEndEncoded(let runEnds, let values) = type, let ends = array.pointee.children[0],
            let start = ends.pointee.buffers[1]
        else { return }
        func end(_ run: Int) -> Int {
            let index = Int(ends.pointee.offset) + run
            switch runEnds.type {
            case .int16: return Int((start + index * 2).loadUnaligned(as: Int16.self))
            case .int32: return Int((start + index * 4).loadUnaligned(as: Int32.self))
            default: return (start + index * 8).loadUnaligned(as: Int.self)
            }
        }
        let run = (0..<Int(ends.pointee.length)).first { end($0) > position } ?? -1
        addChild(array, 1, values.type, run)
    }

    private mutating func addChild(_ array: UnsafePointer<ArrowArray>, _ index: Int, _ type: ArrowType, _ row: Int) {
        guard let child = array.pointee.children[index] else { return }
        add(child, type, row)
    }
}
