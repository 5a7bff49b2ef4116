extension FrameImage {
    /// Buffers of at least this many bytes are not copied to stand beside the others.
    private static let smallestDirect = 16 << 10

    /// Calls `body` with the image as runs of bytes that follow one another: large buffers where they lie in the
    /// batches, everything else gathered.
    ///
    /// For writing an image to a file in one copy. The runs are valid during the call.
    package func withPieces<Result>(_ body: ([UnsafeRawBufferPointer]) throws -> Result) rethrows -> Result {
        let direct = plan.buffers.filter(Self.isDirect).reduce(0) { $0 + ($1.byteCount & ~63) }
        let gathered = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount - direct, alignment: 64)
        defer {
            gathered.deallocate()
            extendLifetime(batches)
        }
        guard let start = gathered.baseAddress else { return try body([]) }
        return try body(pieces(gathering: start))
    }

    private static func isDirect(_ buffer: ImageBuffer) -> Bool {
        if case .bytes(let source) = buffer { source.count >= smallestDirect } else { false }
    }

    private func pieces(gathering start: UnsafeMutableRawPointer) -> [UnsafeRawBufferPointer] {
        var pieces: [UnsafeRawBufferPointer] = []
        var writer = ImageWriter(start)
        var runStart = start
        header.withUnsafeBytes { writer.append($0) }
        schema.withUnsafeBytes { writer.append($0) }
        plan.directory.withUnsafeBytes { writer.append($0) }
        for buffer in plan.buffers {
            guard case .bytes(let source) = buffer, Self.isDirect(buffer) else {
                writer.append(buffer)
                continue
            }
            pieces.append(UnsafeRawBufferPointer(start: runStart, count: writer.position - runStart))
            runStart = writer.position
            // Whole blocks are taken where they lie; the last, with its padding, is gathered.
            let blocks = source.count & ~63
            pieces.append(UnsafeRawBufferPointer(rebasing: source[..<blocks]))
            if blocks < source.count { writer.append(UnsafeRawBufferPointer(rebasing: source[blocks...])) }
        }
        pieces.append(UnsafeRawBufferPointer(start: runStart, count: writer.position - runStart))
        return pieces
    }
}
