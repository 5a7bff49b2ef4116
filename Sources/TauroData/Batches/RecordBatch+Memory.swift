import CTauro

extension RecordBatch {
    /// Adds the buffers that this batch keeps in memory, by their address, with their sizes in bytes.
    ///
    /// Batches that share a buffer name it alike, so that it counts once. A slice keeps all rows of what it is cut from.
    /// The sizes are those of what the columns use: what was allocated may be larger.
    package func addBuffers(to sizes: inout [UInt: Int]) {
        defer { extendLifetime(owner) }
        owner.array.pointee.addBuffers(to: &sizes, as: .structure(schema.fields))
    }
}

extension ArrowArray {
    fileprivate func addBuffers(to sizes: inout [UInt: Int], as type: ArrowType) {
        for (index, size) in type.heldSizes(of: self).enumerated() where size > 0 && index < n_buffers {
            guard let buffer = buffers[index] else { continue }
            sizes[UInt(bitPattern: buffer), default: 0] = max(sizes[UInt(bitPattern: buffer), default: 0], size)
        }
        for (index, child) in type.childTypes.enumerated() where index < n_children {
            children[index]?.pointee.addBuffers(to: &sizes, as: child)
        }
        if case .dictionary(_, let values, _) = type { dictionary?.pointee.addBuffers(to: &sizes, as: values) }
    }
}

extension ArrowType {
    /// How many bytes of each buffer of a sound C array of this type are in use, its offset included.
    fileprivate func heldSizes(of array: ArrowArray) -> [Int] {
        let end = Int(array.offset + array.length)
        let validity = (end + 7) / 8
        switch layout {
        case .variable64: return [validity, (end + 1) * 8, lastLargeOffset(of: array, end: end)]
        case .list64: return [validity, (end + 1) * 8]
        case .listView(let width): return [validity, end * width, end * width]
        case .view: return [validity, end * 16] + viewedSizes(of: array)
        default: return bufferSizes(of: array).map { $0 ?? 0 }
        }
    }

    private func lastLargeOffset(of array: ArrowArray, end: Int) -> Int {
        guard let offsets = array.buffers[1] else { return 0 }
        return Int(offsets.loadUnaligned(fromByteOffset: end * 8, as: Int64.self))
    }

    /// The sizes that the last buffer states of those before it, and its own.
    private func viewedSizes(of array: ArrowArray) -> [Int] {
        let count = Int(array.n_buffers) - 3
        guard count > 0, let stated = array.buffers[Int(array.n_buffers) - 1] else { return [] }
        return (0..<count).map { Int(stated.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self)) } + [count * 8]
    }
}
