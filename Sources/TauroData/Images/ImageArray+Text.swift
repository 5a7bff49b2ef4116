extension ImageArray {
    private var isText: Bool { [.utf8, .largeUTF8, .utf8View].contains(type) }

    /// Checks that offsets stay inside the bytes, and that text is UTF-8.
    func checkText<Offset>(_ offsets: OffsetRun<Offset>) throws(ArrayProblem) {
        let extent = try offsets.extent(type)
        let data = buffers[2]
        guard extent.upperBound <= data.count else {
            throw ArrayProblem(type, "its offsets end at \(extent.upperBound), but it has \(data.count) bytes")
        }
        if extent.isEmpty { return }
        let whole = UnsafeRawBufferPointer(rebasing: data[extent])
        if !isText || UTF8Check.isASCII(whole) { return }
        if UTF8Check.isValid(whole), isCutBetweenCharacters(offsets, data, end: extent.upperBound) { return }
        // What stands at a null may be anything, so only now is it looked at value by value.
        for row in 0..<length where isValid(row) {
            try checkUTF8(UnsafeRawBufferPointer(rebasing: data[Int(offsets[row])..<Int(offsets[row + 1])]), row)
        }
    }

    private func isCutBetweenCharacters<Offset>(
        _ offsets: OffsetRun<Offset>,
        _ data: UnsafeRawBufferPointer,
        end: Int
    ) -> Bool {
        for index in 0..<length {
            let position = Int(offsets[index])
            if position < end, !UTF8Check.begins(data[position]) { return false }
        }
        return true
    }

    /// Checks that views stay inside their buffers, and that text is UTF-8; what stands at a null may be anything.
    func checkViews() throws(ArrayProblem) {
        let views = try need(1, bytes: length * 16)
        try checkSizes()
        for row in 0..<length where isValid(row) {
            let bytes = try viewed(views + row * 16, row)
            if isText, !UTF8Check.isASCII(bytes) { try checkUTF8(bytes, row) }
        }
    }

    private func viewed(_ view: UnsafeRawPointer, _ row: Int) throws(ArrayProblem) -> UnsafeRawBufferPointer {
        func number(_ position: Int) -> Int { Int(view.loadUnaligned(fromByteOffset: position, as: Int32.self)) }
        let (count, index, first) = (number(0), number(8), number(12))
        guard count >= 0 else { throw ArrayProblem(type, row: row, "a view of \(count) bytes") }
        if count <= 12 { return UnsafeRawBufferPointer(start: view + 4, count: count) }
        let data = buffers[2..<buffers.count - 1]
        guard index >= 0, index < data.count else {
            throw ArrayProblem(type, row: row, "a view into buffer \(index) of \(data.count)")
        }
        let buffer = data[2 + index]
        guard first >= 0, first <= buffer.count - count else {
            throw ArrayProblem(
                type,
                row: row,
                "a view of \(count) bytes at \(first), but its buffer has \(buffer.count)"
            )
        }
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[first..<first + count])
        guard bytes.loadUnaligned(as: UInt32.self) == view.loadUnaligned(fromByteOffset: 4, as: UInt32.self) else {
            throw ArrayProblem(type, row: row, "a view whose first four bytes are not those it points to")
        }
        return bytes
    }

    /// The last buffer repeats the sizes of the buffers that views point into.
    private func checkSizes() throws(ArrayProblem) {
        let count = buffers.count - 3
        let sizes = try need(buffers.count - 1, bytes: count * 8)
        for index in 0..<count {
            let size = sizes.loadUnaligned(fromByteOffset: index * 8, as: Int64.self)
            guard size == buffers[index + 2].count else {
                throw ArrayProblem(
                    type,
                    "it says that buffer \(index + 2) has \(size) bytes, but it has \(buffers[index + 2].count)"
                )
            }
        }
    }

    private func checkUTF8(_ bytes: UnsafeRawBufferPointer, _ row: Int) throws(ArrayProblem) {
        guard UTF8Check.isValid(bytes) else { throw ArrayProblem(type, row: row, "not valid UTF-8") }
    }
}
