/// One array of an image: what the directory says of it, and where its buffers are.
struct ImageArray {
    let type: ArrowType
    let length: Int
    let offset: Int
    let nullCount: Int
    private(set) var bufferCount = 0
    /// A missing buffer has no address.
    var buffers: [UnsafeRawBufferPointer] = []
    var children: [ArrayNode] = []
    var dictionary: [ArrayNode] = []

    init(type: ArrowType, length: Int, offset: Int, nullCount: Int) {
        self.type = type
        self.length = length
        self.offset = offset
        self.nullCount = nullCount
    }

    func with(bufferCount: Int) -> ImageArray {
        var array = self
        array.bufferCount = bufferCount
        return array
    }

    /// The array as it is exported.
    var node: ArrayNode {
        ArrayNode(
            length: length,
            nullCount: nullCount,
            offset: offset,
            buffers: buffers.map(\.baseAddress),
            children: children,
            dictionary: dictionary
        )
    }

    /// Checks everything that reading the values relies on; children and dictionary are checked already.
    func check() throws(ArrayProblem) {
        try checkValidity()
        switch type.layout {
        case .null: break
        case .bits: try need(1, bytes: (length + 7) / 8)
        case .fixed(let width): try checkFixed(width: width)
        case .variable32: try checkText(try offsets(Int32.self))
        case .variable64: try checkText(try offsets(Int64.self))
        case .view: try checkViews()
        case .list32: try needChild(try offsets(Int32.self).extent(type).upperBound)
        case .list64: try needChild(try offsets(Int64.self).extent(type).upperBound)
        case .listView(let width):
            try width == 4 ? checkListViews(Int32.self) : checkListViews(Int64.self)
        case .fixedList(let size): try needChild(try product(length, size))
        case .structure: try needChild(length)
        case .union(let mode): try checkUnion(mode)
        case .runEnds: try checkRunEnds()
        }
    }

    private func checkFixed(width: Int) throws(ArrayProblem) {
        try need(1, bytes: try product(length, width))
        if case .dictionary(let index, _, _) = type { try checkIndices(index) }
    }

    /// The offsets, of which there is one more than values, even if there are no values.
    private func offsets<Offset>(_: Offset.Type) throws(ArrayProblem) -> OffsetRun<Offset> {
        OffsetRun(start: try need(1, bytes: (length + 1) * MemoryLayout<Offset>.size), count: length)
    }

    private func checkValidity() throws(ArrayProblem) {
        switch type.layout {
        case .null:
            guard nullCount == length else { throw ArrayProblem(type, "\(nullCount) nulls among \(length) nulls") }
        case .union, .runEnds:
            guard nullCount == 0 else { throw ArrayProblem(type, "\(nullCount) nulls in a type that keeps none") }
        default:
            guard let validity else {
                if nullCount == 0 { return }
                throw ArrayProblem(type, "\(nullCount) nulls, but no validity buffer")
            }
            try need(0, bytes: (length + 7) / 8)
            let found = BitRun(bytes: validity, first: 0, count: length).zeros
            guard found == nullCount else {
                throw ArrayProblem(type, "it says \(nullCount) nulls, but \(found) are marked")
            }
        }
    }

    private var validity: UnsafePointer<UInt8>? { buffers[0].baseAddress?.assumingMemoryBound(to: UInt8.self) }

    /// Whether the value at `row` is there; for types that have a validity buffer.
    func isValid(_ row: Int) -> Bool { validity.map { bit($0, row) } ?? true }

    /// The buffer at `index`, which must have so many bytes.
    @discardableResult
    func need(_ index: Int, bytes: Int) throws(ArrayProblem) -> UnsafeRawPointer {
        guard let start = buffers[index].baseAddress else { throw ArrayProblem(type, "buffer \(index) is missing") }
        guard buffers[index].count >= bytes else {
            throw ArrayProblem(
                type,
                "buffer \(index) has \(buffers[index].count) bytes where \(length) values need \(bytes)"
            )
        }
        return start
    }

    func needChild(_ count: Int) throws(ArrayProblem) {
        for child in children where child.length < count {
            throw ArrayProblem(type, "its child has \(child.length) values where \(count) are needed")
        }
    }

    private func product(_ count: Int, _ size: Int) throws(ArrayProblem) -> Int {
        let (product, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow else { throw ArrayProblem(type, "\(count) values of \(size) each") }
        return product
    }
}
