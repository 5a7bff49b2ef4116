extension OwnedNode {
    /// One array of the values of all pieces, copied in order.
    ///
    /// The type is one that `isGatherable`.
    init(gathering pieces: [ArrayPiece], type: ArrowType) {
        let length = pieces.reduce(0) { $0 + $1.count }
        self.init(length: length, nullCount: 0, buffers: [])
        if type == .null {
            nullCount = length
            return
        }
        let validity = OwnedNode.gatherValidity(pieces)
        nullCount = validity == nil ? 0 : -1
        buffers = [validity]
        switch type.layout {
        case .bits: buffers.append(OwnedNode.gatherBits(pieces, buffer: 1))
        case .fixed(let width): buffers.append(OwnedNode.gatherFixed(pieces, width: width))
        case .variable32: buffers += OwnedNode.gatherVariable(pieces, as: Int32.self)
        case .variable64: buffers += OwnedNode.gatherVariable(pieces, as: Int64.self)
        case .list32: buffers.append(OwnedNode.gatherOffsets(pieces, as: Int32.self))
        case .list64: buffers.append(OwnedNode.gatherOffsets(pieces, as: Int64.self))
        default: break
        }
        let parts = pieces.map { $0.children(of: type) }
        children = type.childFields.enumerated().map { index, field in
            OwnedNode(gathering: parts.map { $0[index] }, type: field.type)
        }
    }

    private static func gatherValidity(_ pieces: [ArrayPiece]) -> ArrowBuffer? {
        guard pieces.contains(where: { $0.validity != nil }) else { return nil }
        let target = ArrowBuffer(capacity: pieces.reduce(0) { $0 + $1.count } / 8 + 1)
        var position = 0
        for piece in pieces {
            target.appendBits(piece.validity, first: piece.position, length: piece.count, at: position)
            position += piece.count
        }
        return target
    }

    private static func gatherBits(_ pieces: [ArrayPiece], buffer: Int) -> ArrowBuffer {
        let target = ArrowBuffer(capacity: pieces.reduce(0) { $0 + $1.count } / 8 + 1)
        var position = 0
        for piece in pieces {
            let source = piece.buffer(buffer).assumingMemoryBound(to: UInt8.self)
            target.appendBits(source, first: piece.position, length: piece.count, at: position)
            position += piece.count
        }
        return target
    }

    private static func gatherFixed(_ pieces: [ArrayPiece], width: Int) -> ArrowBuffer {
        let target = ArrowBuffer(capacity: pieces.reduce(0) { $0 + $1.count } * width)
        for piece in pieces {
            let first = piece.buffer(1) + piece.position * width
            target.append(UnsafeRawBufferPointer(start: first, count: piece.count * width))
        }
        return target
    }

    private static func gatherVariable<Offset: FixedWidthInteger & BitwiseCopyable>(
        _ pieces: [ArrayPiece],
        as: Offset.Type
    ) -> [ArrowBuffer] {
        let extents = pieces.map { $0.extent(Offset.self) }
        let data = ArrowBuffer(capacity: extents.reduce(0) { $0 + $1.count })
        for (piece, extent) in zip(pieces, extents) {
            data.append(UnsafeRawBufferPointer(start: piece.buffer(2) + extent.lowerBound, count: extent.count))
        }
        return [gatherOffsets(pieces, as: Offset.self), data]
    }

    /// Offsets that continue from piece to piece; each piece's own may start anywhere.
    private static func gatherOffsets<Offset: FixedWidthInteger & BitwiseCopyable>(
        _ pieces: [ArrayPiece],
        as: Offset.Type
    ) -> ArrowBuffer {
        let length = pieces.reduce(0) { $0 + $1.count }
        let target = ArrowBuffer(capacity: (length + 1) * MemoryLayout<Offset>.size)
        let offsets = target.bytes.assumingMemoryBound(to: Offset.self)
        offsets[0] = 0
        var written = 0
        for piece in pieces where piece.count > 0 {
            let source = piece.buffer(1).assumingMemoryBound(to: Offset.self) + piece.position
            let shift = offsets[written] - source[0]
            for index in 1...piece.count { offsets[written + index] = source[index] + shift }
            written += piece.count
        }
        target.count = (length + 1) * MemoryLayout<Offset>.size
        return target
    }
}
