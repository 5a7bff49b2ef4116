import CTauro

/// Checks what can be checked of a C array without reading its values.
///
/// Not a guard against a hostile producer, which the C data interface can not have; a guard against a careless one.
///
/// - Throws: `ArrowError` with the code `.malformed` that names the column and what is wrong with it.
func checkSoundness(of array: ArrowArray, schema: Schema) throws(ArrowError) {
    guard array.release != nil else { throw ArrowError(.malformed, "the Arrow array was released already") }
    let check = ArraySoundness(path: "the batch", type: .structure(schema.fields))
    try check.run(array, needed: 0)
    let validity = array.n_buffers > 0 ? array.buffers?[0] : nil
    if array.null_count != 0, validity != nil {
        throw ArrowError(.malformed, "a batch has null rows; only its columns may hold nulls")
    }
}

/// The checks of one array and, below it, of its children.
private struct ArraySoundness {
    let path: String
    let type: ArrowType

    func run(_ array: ArrowArray, needed: Int64) throws(ArrowError) {
        try checkCounts(array, needed: needed)
        let end = array.offset + array.length
        if end > 0 { try checkBuffers(array) }
        try checkChildren(array, end: end)
        guard case .dictionary(_, let values, _) = type else { return }
        guard let dictionary = array.dictionary else { throw malformed("a dictionary without values") }
        try ArraySoundness(path: "\(path), dictionary", type: values).run(dictionary.pointee, needed: 0)
    }

    private func checkCounts(_ array: ArrowArray, needed: Int64) throws(ArrowError) {
        guard array.length >= 0, array.offset >= 0, !array.length.addingReportingOverflow(array.offset).overflow else {
            throw malformed("length \(array.length) and offset \(array.offset)")
        }
        guard array.length >= needed else {
            throw malformed("\(array.length) values where \(needed) are needed")
        }
        guard array.null_count >= -1, array.null_count <= array.length else {
            throw malformed("\(array.null_count) nulls among \(array.length) values")
        }
        let buffers = type.layout.bufferCounts
        guard buffers.contains(array.n_buffers) else {
            throw malformed("\(array.n_buffers) buffers where its type has \(buffers.lowerBound)")
        }
        guard array.n_buffers == 0 || array.buffers != nil else { throw malformed("no list of buffers") }
        let children = type.childFields.count
        guard array.n_children == Int64(children) else {
            throw malformed("\(array.n_children) children where its type has \(children)")
        }
    }

    private func checkBuffers(_ array: ArrowArray) throws(ArrowError) {
        if array.null_count > 0, hasValidity, array.buffers[0] == nil {
            throw malformed("\(array.null_count) nulls, but no validity buffer")
        }
        switch type.layout {
        case .null, .runEnds, .structure, .fixedList: return
        case .fixed(width: 0): return
        case .union: try need(array, buffer: 0)
        case .bits, .fixed, .view: try need(array, buffer: 1)
        case .listView:
            try need(array, buffer: 1)
            try need(array, buffer: 2)
        case .variable32, .list32: try checkOffsets(array, as: Int32.self)
        case .variable64, .list64: try checkOffsets(array, as: Int64.self)
        }
    }

    private var hasValidity: Bool {
        switch type.layout {
        case .null, .runEnds, .union: false
        default: true
        }
    }

    private func checkOffsets<Offset: FixedWidthInteger & BitwiseCopyable>(
        _ array: ArrowArray,
        as: Offset.Type
    ) throws(ArrowError) {
        try need(array, buffer: 1)
        let (first, last) = extent(array, as: Offset.self)
        guard first >= 0, last >= first else { throw malformed("offsets from \(first) to \(last)") }
        if array.n_buffers == 3, last > first { try need(array, buffer: 2) }
    }

    private func extent<Offset: FixedWidthInteger & BitwiseCopyable>(
        _ array: ArrowArray,
        as: Offset.Type
    ) -> (first: Int64, last: Int64) {
        guard let offsets = array.buffers[1] else { return (0, 0) }
        let size = MemoryLayout<Offset>.size
        let first = offsets.loadUnaligned(fromByteOffset: Int(array.offset) * size, as: Offset.self)
        let last = offsets.loadUnaligned(fromByteOffset: Int(array.offset + array.length) * size, as: Offset.self)
        return (Int64(first), Int64(last))
    }

    private func checkChildren(_ array: ArrowArray, end: Int64) throws(ArrowError) {
        for (index, field) in type.childFields.enumerated() {
            guard let child = array.children?[index] else { throw malformed("child \(index) is missing") }
            let needed = try childLength(array, end: end)
            let name = path == "the batch" ? "column '\(field.name)'" : "\(path).\(field.name)"
            try ArraySoundness(path: name, type: field.type).run(child.pointee, needed: needed)
        }
    }

    /// How many values each child must have at least.
    private func childLength(_ array: ArrowArray, end: Int64) throws(ArrowError) -> Int64 {
        switch type.layout {
        case .structure: return end
        case .fixedList(let size):
            let (length, overflow) = end.multipliedReportingOverflow(by: Int64(size))
            guard !overflow else { throw malformed("\(end) lists of \(size)") }
            return length
        case .list32: return end == 0 ? 0 : extent(array, as: Int32.self).last
        case .list64: return end == 0 ? 0 : extent(array, as: Int64.self).last
        case .union(.sparse): return end
        default: return 0
        }
    }

    private func need(_ array: ArrowArray, buffer: Int) throws(ArrowError) {
        if array.buffers[buffer] == nil { throw malformed("buffer \(buffer) is missing") }
    }

    private func malformed(_ reason: String) -> ArrowError {
        ArrowError(.malformed, "\(path) (\(type)) is no sound Arrow array: \(reason)")
    }
}
