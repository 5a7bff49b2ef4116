/// The offsets of `count` values, which are `count + 1` numbers, wherever they lie in memory.
struct OffsetRun<Offset: FixedWidthInteger & BitwiseCopyable> {
    let start: UnsafeRawPointer
    let count: Int

    subscript(index: Int) -> Offset {
        start.loadUnaligned(fromByteOffset: index * MemoryLayout<Offset>.size, as: Offset.self)
    }

    /// What the values span.
    ///
    /// - Throws: `ArrayProblem` if an offset is below 0 or below the one before.
    func extent(_ type: ArrowType) throws(ArrayProblem) -> Range<Int> {
        if self[0] < 0 { throw ArrayProblem(type, "its offsets begin at \(self[0])") }
        // If no offset is below 0 no difference overflows, so the sign bit of all of them together tells.
        var signs = self[0]
        var previous = self[0]
        for index in 0..<count {
            let next = self[index + 1]
            signs |= next | (next &- previous)
            previous = next
        }
        if signs < 0, let row = (0..<count).first(where: { self[$0 + 1] < self[$0] }) {
            throw ArrayProblem(type, "its offsets go back from \(self[row]) to \(self[row + 1]) at row \(row)")
        }
        return Int(self[0])..<Int(previous)
    }

    /// Copies the offsets so that they begin at 0.
    func copy(to target: UnsafeMutableRawPointer) {
        let size = MemoryLayout<Offset>.size
        let first = self[0]
        if first == 0 { return target.copyMemory(from: start, byteCount: (count + 1) * size) }
        for index in 0...count {
            target.storeBytes(of: self[index] &- first, toByteOffset: index * size, as: Offset.self)
        }
    }
}
