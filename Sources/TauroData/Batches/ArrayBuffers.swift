package import CTauro

extension ArrowType {
    /// How many bytes of each buffer of a sound C array of this type may be read, its offset included.
    ///
    /// For types that nodes receive; nil for buffers of other types, whose size does not show.
    package func bufferSizes(of array: ArrowArray) -> [Int?] {
        let end = Int(array.offset + array.length)
        let validity = (end + 7) / 8
        switch layout {
        case .null, .runEnds: return []
        case .structure, .fixedList: return [validity]
        case .bits: return [validity, (end + 7) / 8]
        case .fixed(let width): return [validity, end * width]
        case .variable32: return [validity, (end + 1) * 4, lastOffset(of: array, end: end)]
        case .list32: return [validity, (end + 1) * 4]
        case .union(.sparse): return [end]
        case .union(.dense): return [end, end * 4]
        case .variable64, .list64, .view, .listView: return Array(repeating: nil, count: Int(array.n_buffers))
        }
    }

    /// The types of an array's children, in order.
    package var childTypes: [ArrowType] { childFields.map(\.type) }

    /// The names of an array's children, in order.
    package var childNames: [String] { childFields.map(\.name) }

    private func lastOffset(of array: ArrowArray, end: Int) -> Int {
        guard let offsets = array.buffers[1] else { return 0 }
        return Int(offsets.loadUnaligned(fromByteOffset: end * 4, as: Int32.self))
    }
}
