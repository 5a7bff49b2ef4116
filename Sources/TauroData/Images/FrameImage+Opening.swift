import CTauro

extension FrameImage {
    /// Checks an image in full and gives its batches, which point into `bytes` and keep `owner` alive.
    ///
    /// Trusts nothing in `bytes`, copies no values, and reads nothing outside of them. The bytes begin on a multiple of
    /// 64 and never change while a batch is alive: seal the file they are mapped from first. `owner` is let go with the
    /// last batch, on whichever thread that is.
    ///
    /// - Throws: `ArrowError` with the code `.malformed`, naming column, batch and row where there is one, and what is
    ///   wrong.
    package static func open(
        _ bytes: UnsafeRawBufferPointer,
        owner: AnyObject
    ) throws(ArrowError) -> (schema: Schema, batches: [RecordBatch]) {
        precondition(UInt(bitPattern: bytes.baseAddress) % 64 == 0, "an image begins on a multiple of 64 bytes")
        let sections = try ImageSections(bytes)
        let schema = try Schema(decoding: sections.schema)
        var reader = ImageReader(directory: sections.directory, buffers: sections.buffers)
        var batches: [RecordBatch] = []
        while batches.count < sections.batchCount {
            let rows = try reader.nodes(schema, batch: batches.count)
            let node = ArrayNode(length: rows.count, nullCount: 0, buffers: [nil], children: rows.columns)
            var array = node.export(owner: owner)
            let arrays = ArrayOwner(taking: &array)
            batches.append(RecordBatch(schema: schema, owner: arrays, start: 0, rowCount: rows.count))
        }
        try reader.finish()
        return (schema, batches)
    }
}

/// The sections of an image, as its header has them.
private struct ImageSections {
    let schema: UnsafeRawBufferPointer
    let directory: UnsafeRawBufferPointer
    let buffers: UnsafeRawBufferPointer
    let batchCount: Int

    init(_ bytes: UnsafeRawBufferPointer) throws(ArrowError) {
        func number(_ index: Int) -> Int64 { bytes.loadUnaligned(fromByteOffset: index * 8, as: Int64.self) }
        guard bytes.count >= ImageFormat.headerSize, number(0) == Int64(bitPattern: ImageFormat.mark) else {
            throw ArrowError(.malformed, "\(bytes.count) bytes that are no frame image")
        }
        guard number(1) == ImageFormat.version else {
            throw ArrowError(
                .malformed,
                "a frame image of version \(number(1)), but this build reads version \(ImageFormat.version)"
            )
        }
        guard number(2) == Int64(bytes.count) else {
            throw ArrowError(.malformed, "a frame image of \(number(2)) bytes, but \(bytes.count) are there")
        }
        guard bytes.count % 64 == 0 else {
            throw ArrowError(.malformed, "a frame image of \(bytes.count) bytes, which is no multiple of 64")
        }
        guard number(6) == 0, number(7) == 0 else {
            throw ArrowError(.malformed, "a frame image whose header has more to say than this build reads")
        }
        var rest = UnsafeRawBufferPointer(rebasing: bytes[ImageFormat.headerSize...])
        schema = try ImageSections.cut(number(3), from: &rest, "schema")
        directory = try ImageSections.cut(number(4), from: &rest, "directory")
        buffers = rest
        guard number(5) <= ImageFormat.mostBatches else {
            throw ArrowError(
                .malformed,
                "a frame image of \(number(5)) batches, more than the \(ImageFormat.mostBatches) it may have"
            )
        }
        guard (0...Int64(directory.count / 8)).contains(number(5)), directory.count % 8 == 0 else {
            throw ArrowError(
                .malformed,
                "a frame image of \(number(5)) batches with a directory of \(directory.count) bytes"
            )
        }
        batchCount = Int(number(5))
    }

    private static func cut(
        _ size: Int64,
        from rest: inout UnsafeRawBufferPointer,
        _ name: String
    ) throws(ArrowError) -> UnsafeRawBufferPointer {
        guard size >= 0, size <= rest.count else {
            throw ArrowError(.malformed, "a frame image with a \(name) of \(size) bytes, where \(rest.count) are left")
        }
        let section = UnsafeRawBufferPointer(rebasing: rest[..<Int(size)])
        rest = UnsafeRawBufferPointer(rebasing: rest[ImageFormat.aligned(Int(size))...])
        return section
    }
}
