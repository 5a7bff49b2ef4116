/// A table as one run of bytes that another process checks in full and then reads without copying.
///
/// The layout is planned before a byte is copied, so the caller can make room of exactly `byteCount` bytes. Holds the
/// batches, so their memory stays until the image is gone. For one thread at a time.
package struct FrameImage {
    /// The size of the whole image, a multiple of 64.
    package let byteCount: Int
    /// How much of it is the rows' own.
    package var rowBytes: Int { plan.buffersSize }
    let schema: [UInt8]
    let plan: ImagePlan
    let batches: [RecordBatch]

    /// Plans the image of batches that all have this schema.
    ///
    /// What a batch does not show is left out, except behind views, list views, dense unions, dictionaries and run
    /// ends, whose children go along whole. Reads offsets and validity, no values.
    ///
    /// - Throws: `ArrowError`, naming column, batch and row: `.malformed` if offsets or lengths are such that copying
    ///   would read outside the batch, `.tooLarge` if they claim more than memory can hold or there are more than a
    ///   million batches.
    package init(schema: Schema, batches: [RecordBatch]) throws(ArrowError) {
        guard batches.count <= ImageFormat.mostBatches else {
            throw ArrowError(
                .tooLarge,
                "a table of \(batches.count) batches passes the \(ImageFormat.mostBatches) of an image: "
                    + "build larger batches"
            )
        }
        self.batches = batches
        self.schema = schema.encoded()
        var plan = ImagePlan()
        for batch in batches { try plan.add(batch, schema: schema) }
        self.plan = plan
        let directory = ImageFormat.aligned(ImageFormat.headerSize + self.schema.count)
        byteCount = ImageFormat.aligned(directory + plan.directory.count * 8) + plan.buffersSize
    }

    /// Writes the image to `target`, which has `byteCount` bytes on a multiple of 64, zeroed or not.
    package func write(into target: UnsafeMutableRawBufferPointer) {
        precondition(target.count == byteCount, "an image of \(byteCount) bytes does not fit \(target.count)")
        guard let start = target.baseAddress else { return }
        precondition(UInt(bitPattern: start) % 64 == 0, "an image begins on a multiple of 64 bytes")
        var writer = ImageWriter(start)
        header.withUnsafeBytes { writer.append($0) }
        schema.withUnsafeBytes { writer.append($0) }
        plan.directory.withUnsafeBytes { writer.append($0) }
        for buffer in plan.buffers { writer.append(buffer) }
        extendLifetime(batches)
    }

    var header: [Int64] {
        [
            Int64(bitPattern: ImageFormat.mark), ImageFormat.version, Int64(byteCount), Int64(schema.count),
            Int64(plan.directory.count * 8), Int64(batches.count), 0, 0,
        ]
    }
}

/// Puts one section after the other, with zeros up to the next multiple of 64.
struct ImageWriter {
    /// Where the next section goes.
    private(set) var position: UnsafeMutableRawPointer

    init(_ start: UnsafeMutableRawPointer) { position = start }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if let source = bytes.baseAddress, !bytes.isEmpty { position.copyMemory(from: source, byteCount: bytes.count) }
        finish(bytes.count)
    }

    mutating func append(_ buffer: ImageBuffer) {
        buffer.write(to: position)
        finish(buffer.byteCount)
    }

    private mutating func finish(_ count: Int) {
        let end = ImageFormat.aligned(count)
        (position + count).initializeMemory(as: UInt8.self, repeating: 0, count: end - count)
        position += end
    }
}
