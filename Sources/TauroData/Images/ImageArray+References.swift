extension ImageArray {
    /// Checks that every index that is not null is one of the dictionary's.
    func checkIndices(_ index: ArrowType) throws(ArrayProblem) {
        switch index {
        case .int8: try checkIndices(as: Int8.self)
        case .uint8: try checkIndices(as: UInt8.self)
        case .int16: try checkIndices(as: Int16.self)
        case .uint16: try checkIndices(as: UInt16.self)
        case .int32: try checkIndices(as: Int32.self)
        case .uint32: try checkIndices(as: UInt32.self)
        case .int64: try checkIndices(as: Int64.self)
        default: try checkIndices(as: UInt64.self)
        }
    }

    private func checkIndices<Index: FixedWidthInteger & BitwiseCopyable>(as: Index.Type) throws(ArrayProblem) {
        guard length > 0 else { return }
        let indices = numbers(1, as: Index.self)
        let count = dictionary[0].length
        // Reads all of them first, nulls included, because that is quick and nearly always enough.
        var (lowest, highest) = (indices[0], indices[0])
        for index in indices { (lowest, highest) = (min(lowest, index), max(highest, index)) }
        if lowest >= 0, highest < count { return }
        for row in 0..<length where isValid(row) && !(indices[row] >= 0 && indices[row] < count) {
            throw ArrayProblem(type, row: row, "index \(indices[row]) into a dictionary of \(count) values")
        }
    }

    /// Checks that offsets and sizes, those of nulls included, stay inside the child.
    func checkListViews<Offset: FixedWidthInteger & BitwiseCopyable>(_: Offset.Type) throws(ArrayProblem) {
        let bytes = length * MemoryLayout<Offset>.size
        try need(1, bytes: bytes)
        try need(2, bytes: bytes)
        let offsets = numbers(1, as: Offset.self)
        let sizes = numbers(2, as: Offset.self)
        let count = children[0].length
        for row in 0..<length {
            let (first, size) = (Int(offsets[row]), Int(sizes[row]))
            guard first >= 0, size >= 0, size <= count, first <= count - size else {
                throw ArrayProblem(type, row: row, "\(size) items from \(first) on, but its child has \(count)")
            }
        }
    }

    /// Checks that type codes are known, and that the child of each has a value there.
    func checkUnion(_ mode: UnionMode) throws(ArrayProblem) {
        guard case .union(_, let codes, let fields) = type else { return }
        try need(0, bytes: length)
        if mode == .dense { try need(1, bytes: length * 4) } else { try needChild(length) }
        // For each code how many values its child has, below 0 for a code that is not known.
        var counts = [Int](repeating: -1, count: 256)
        for (code, child) in zip(codes, children) { counts[Int(UInt8(bitPattern: code))] = child.length }
        let rows = numbers(0, as: UInt8.self)
        for row in 0..<length {
            let count = counts[Int(rows[row])]
            guard count >= 0 else {
                let code = Int8(bitPattern: rows[row])
                throw ArrayProblem(type, row: row, "type code \(code), which is none of its \(fields.count)")
            }
            let position = mode == .dense ? Int(numbers(1, as: Int32.self)[row]) : row
            guard position >= 0, position < count else {
                throw ArrayProblem(type, row: row, "value \(position) of a child of \(count)")
            }
        }
    }

    /// Checks that run ends rise and reach the last value, and that there is a value for each.
    func checkRunEnds() throws(ArrayProblem) {
        guard case .runEndEncoded(let runEnds, _) = type else { return }
        guard children[0].nullCount == 0 else { throw ArrayProblem(type, "\(children[0].nullCount) run ends are null") }
        guard children[1].length >= children[0].length else {
            throw ArrayProblem(type, "\(children[0].length) runs, but \(children[1].length) values")
        }
        switch runEnds.type {
        case .int16: try checkRunEnds(as: Int16.self)
        case .int32: try checkRunEnds(as: Int32.self)
        default: try checkRunEnds(as: Int64.self)
        }
    }

    private func checkRunEnds<End: FixedWidthInteger & BitwiseCopyable>(as: End.Type) throws(ArrayProblem) {
        let start = children[0].buffers[1]?.assumingMemoryBound(to: End.self)
        var last = 0
        for (run, end) in UnsafeBufferPointer(start: start, count: children[0].length).enumerated() {
            guard Int(end) > last else {
                throw ArrayProblem(type, "run \(run) ends at \(end), the one before at \(last)")
            }
            last = Int(end)
        }
        guard length == 0 || last >= offset + length else {
            throw ArrayProblem(type, "its runs end at \(last), but it has values up to \(offset + length)")
        }
    }

    /// The buffer's numbers, one for each value; it was checked to have as many.
    private func numbers<Number: BitwiseCopyable>(_ index: Int, as: Number.Type) -> UnsafeBufferPointer<Number> {
        UnsafeBufferPointer(start: buffers[index].baseAddress?.assumingMemoryBound(to: Number.self), count: length)
    }
}
