import CTauro

/// A run of an array's values that is to become part of an image.
struct PlannedArray {
    let piece: ArrayPiece
    let type: ArrowType

    /// The number of nulls, counted; 0 for types that keep none themselves.
    var nullCount: Int {
        switch type.layout {
        case .null: return piece.count
        case .union, .runEnds: return 0
        default: return piece.validity.map { BitRun(bytes: $0, first: piece.position, count: piece.count).zeros } ?? 0
        }
    }

    /// The buffers without what lies before and behind the values; nil stands for a validity that is not needed.
    func buffers(nullCount: Int) throws(ArrayProblem) -> [ImageBuffer?] {
        let validity = nullCount == 0 ? nil : piece.validity.map(bits)
        switch type.layout {
        case .null, .runEnds: return []
        case .structure, .fixedList: return [validity]
        case .bits:
            return [validity, try pointer(1).map { bits($0.assumingMemoryBound(to: UInt8.self)) } ?? .numbers([])]
        case .fixed(let width): return [validity, try run(buffer: 1, width: width)]
        case .variable32: return [validity] + (try variable(OffsetRun<Int32>.self) { .offsets32($0) })
        case .variable64: return [validity] + (try variable(OffsetRun<Int64>.self) { .offsets64($0) })
        case .list32: return [validity, try offsets(OffsetRun<Int32>.self).map { .offsets32($0) } ?? .numbers([0])]
        case .list64: return [validity, try offsets(OffsetRun<Int64>.self).map { .offsets64($0) } ?? .numbers([0])]
        case .listView(let width):
            return [validity, try run(buffer: 1, width: width), try run(buffer: 2, width: width)]
        case .view: return [validity, try run(buffer: 1, width: 16)] + (try viewed())
        case .union(.sparse): return [try run(buffer: 0, width: 1)]
        case .union(.dense): return [try run(buffer: 0, width: 1), try run(buffer: 1, width: 4)]
        }
    }

    /// The runs of the children that the values stand for, or the whole children where that does not show.
    func children() throws(ArrayProblem) -> [ArrayPiece] {
        var pieces: [ArrayPiece] = []
        for index in type.childFields.indices {
            guard let child = piece.array.pointee.children?[index] else {
                throw ArrayProblem(type, "child \(index) is missing")
            }
            let length = Int(child.pointee.length)
            let range = try childRange(length: length)
            guard range.upperBound <= length else {
                throw ArrayProblem(type, "its child has \(length) values where \(range.upperBound) are needed")
            }
            pieces.append(ArrayPiece(array: child, first: range.lowerBound, count: range.count))
        }
        return pieces
    }

    /// The dictionary, whole.
    func dictionary() throws(ArrayProblem) -> ArrayPiece {
        guard let dictionary = piece.array.pointee.dictionary else {
            throw ArrayProblem(type, "a dictionary without values")
        }
        return ArrayPiece(array: dictionary, first: 0, count: Int(dictionary.pointee.length))
    }

    private func childRange(length: Int) throws(ArrayProblem) -> Range<Int> {
        switch type.layout {
        case .list32: return try offsets(OffsetRun<Int32>.self)?.extent(type) ?? 0..<0
        case .list64: return try offsets(OffsetRun<Int64>.self)?.extent(type) ?? 0..<0
        case .fixedList(let size):
            let (end, overflow) = (piece.position + piece.count).multipliedReportingOverflow(by: size)
            if overflow { throw ArrayProblem(type, "\(piece.count) lists of \(size) values", code: .tooLarge) }
            return piece.position * size..<end
        case .structure, .union(.sparse): return piece.position..<piece.position + piece.count
        default: return 0..<length
        }
    }

    private func bits(_ bytes: UnsafePointer<UInt8>) -> ImageBuffer {
        .bits(bytes, first: piece.position, count: piece.count)
    }

    /// The buffer, which may be missing only if there are no values.
    private func pointer(_ index: Int) throws(ArrayProblem) -> UnsafeRawPointer? {
        let pointer = piece.array.pointee.buffers?[index]
        if pointer == nil, piece.count > 0 { throw ArrayProblem(type, "buffer \(index) is missing") }
        return pointer
    }

    private func run(buffer index: Int, width: Int) throws(ArrayProblem) -> ImageBuffer {
        // Nothing is there to be missing if values have no bytes.
        guard width > 0, piece.count > 0, let start = try pointer(index) else { return .numbers([]) }
        let (end, overflow) = (piece.position + piece.count).multipliedReportingOverflow(by: width)
        if overflow || end > ImageFormat.largest {
            throw ArrayProblem(type, "\(piece.count) values of \(width) bytes", code: .tooLarge)
        }
        return .bytes(UnsafeRawBufferPointer(start: start + piece.position * width, count: piece.count * width))
    }

    /// The offsets, or nil where there are no values and so no offsets to rely on.
    private func offsets<Offset>(_: OffsetRun<Offset>.Type) throws(ArrayProblem) -> OffsetRun<Offset>? {
        guard piece.count > 0, let start = try pointer(1) else { return nil }
        return OffsetRun(start: start + piece.position * MemoryLayout<Offset>.size, count: piece.count)
    }

    private func variable<Offset>(
        _ kind: OffsetRun<Offset>.Type,
        _ buffer: (OffsetRun<Offset>) -> ImageBuffer
    ) throws(ArrayProblem) -> [ImageBuffer] {
        guard let offsets = try offsets(kind) else { return [.numbers([0]), .numbers([])] }
        let extent = try offsets.extent(type)
        guard !extent.isEmpty, let data = try pointer(2) else { return [buffer(offsets), .numbers([])] }
        let bytes = UnsafeRawBufferPointer(start: data + extent.lowerBound, count: extent.count)
        return [buffer(offsets), .bytes(bytes)]
    }

    /// The buffers that views point into, whole, and their sizes.
    private func viewed() throws(ArrayProblem) -> [ImageBuffer] {
        let array = piece.array.pointee
        let count = Int(array.n_buffers) - 3
        guard count > 0 else { return [.numbers([])] }
        guard let sizes = array.buffers[count + 2]?.assumingMemoryBound(to: Int64.self) else {
            throw ArrayProblem(type, "the sizes of its buffers are missing")
        }
        var buffers: [ImageBuffer] = []
        for index in 0..<count {
            let start = array.buffers[index + 2]
            guard sizes[index] >= 0, start != nil || sizes[index] == 0 else {
                throw ArrayProblem(type, "buffer \(index + 2) of \(sizes[index]) bytes")
            }
            buffers.append(.bytes(UnsafeRawBufferPointer(start: start, count: Int(sizes[index]))))
        }
        return buffers + [.numbers((0..<count).map { sizes[$0] })]
    }
}
