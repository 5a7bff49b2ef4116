import TauroBasics
import TauroData
import TauroModel

/// A table on its way from one process to another: its image in the message itself where it is small, else in sealed
/// memory, which all readers share.
enum FrameContent: Sendable {
    /// Longest image that travels inside a message, in bytes: below it, copying costs less than sharing.
    static let longestInline = 32 << 10
    /// Largest image that is accepted, in bytes.
    static let largestImage = 1 << 46

    case inline(ImageBytes)
    case sealed(SealedMemory)

    /// The content of a table in memory.
    ///
    /// - Throws: `ArrowError` for columns that are not sound, `SystemError` where memory is short.
    init(schema: Schema, batches: [RecordBatch]) throws {
        let image = try FrameImage(schema: schema, batches: batches)
        if image.byteCount <= Self.longestInline {
            self = .inline(ImageBytes(image))
        } else {
            self = .sealed(try image.sealed("tauro-frame"))
        }
    }

    /// Checks the image in full and gives the table; nothing is copied from sealed memory.
    ///
    /// - Throws: `ArrowError` for an image that is not sound, `SystemError`.
    func open() throws -> (schema: Schema, batches: [RecordBatch]) {
        switch self {
        case .inline(let image):
            return try image.withBytes { try FrameImage.open($0, owner: image) }
        case .sealed(let memory):
            let mapping = try MappedMemory(memory)
            return try mapping.withBytes { try FrameImage.open($0, owner: mapping) }
        }
    }
}

/// An image in memory of its own, on a boundary of 64 bytes.
///
/// Sendable because the bytes never change.
final class ImageBytes: @unchecked Sendable {
    private let bytes: UnsafeRawBufferPointer

    init(_ image: FrameImage) {
        let target = UnsafeMutableRawBufferPointer.allocate(byteCount: image.byteCount, alignment: 64)
        image.write(into: target)
        bytes = UnsafeRawBufferPointer(target)
    }

    /// Copies what another process sent.
    init(copying source: UnsafeRawBufferPointer) {
        let target = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 64)
        target.copyMemory(from: source)
        bytes = UnsafeRawBufferPointer(target)
    }

    deinit { bytes.deallocate() }

    /// Calls `body` with the bytes, which stay there for as long as this object.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        defer { extendLifetime(self) }
        return try body(bytes)
    }
}

extension FrameImage {
    /// The image in memory of its own.
    fileprivate func sealed(_ name: String) throws -> SealedMemory {
        try withPieces { try SealedMemory(name, $0) }
    }
}
