@testable import TauroData

/// An image in heap memory of exactly its size, so that reading beyond its end is found by the address sanitizer.
final class ImageMemory {
    let bytes: UnsafeMutableRawBufferPointer
    private let onRelease: @Sendable () -> Void

    init(_ count: Int, onRelease: @escaping @Sendable () -> Void = {}) {
        bytes = .allocate(byteCount: count, alignment: 64)
        self.onRelease = onRelease
    }

    convenience init(_ source: [UInt8], onRelease: @escaping @Sendable () -> Void = {}) {
        self.init(source.count, onRelease: onRelease)
        bytes.copyBytes(from: source)
    }

    convenience init(
        of batches: [RecordBatch],
        schema: Schema,
        onRelease: @escaping @Sendable () -> Void = {}
    ) throws {
        let image = try FrameImage(schema: schema, batches: batches)
        self.init(image.byteCount, onRelease: onRelease)
        // What was there before must not show through.
        bytes.initializeMemory(as: UInt8.self, repeating: 0xA5)
        image.write(into: bytes)
    }

    deinit {
        bytes.deallocate()
        onRelease()
    }

    /// A copy of all bytes.
    var contents: [UInt8] { Array(bytes) }

    func open() throws -> (schema: Schema, batches: [RecordBatch]) {
        try FrameImage.open(UnsafeRawBufferPointer(bytes), owner: self)
    }
}
