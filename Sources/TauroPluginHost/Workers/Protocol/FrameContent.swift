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

    case inline([UInt8])
    case sealed(SealedMemory)

    /// The content of a table in memory.
    ///
    /// - Throws: `ArrowError` for columns that are not sound, `SystemError` where memory is short.
    init(schema: Schema, batches: [RecordBatch]) throws {
        let image = try FrameImage(schema: schema, batches: batches)
        if image.byteCount <= Self.longestInline {
            self = .inline(image.bytes())
        } else {
            self = .sealed(try image.sealed("tauro-frame"))
        }
    }

    /// Checks the image in full and gives the table; nothing is copied from sealed memory.
    ///
    /// - Throws: `ArrowError` for an image that is not sound, `SystemError`.
    func open() throws -> (schema: Schema, batches: [RecordBatch]) {
        switch self {
        case .inline(let bytes):
            let aligned = AlignedBytes(bytes)
            return try FrameImage.open(aligned.bytes, owner: aligned)
        case .sealed(let memory):
            let mapping = try MappedMemory(memory)
            return try mapping.withBytes { try FrameImage.open($0, owner: mapping) }
        }
    }
}

/// A copy of bytes on a boundary of 64 bytes.
///
/// Sendable because the bytes never change.
private final class AlignedBytes: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    init(_ source: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 64)
        copy.copyBytes(from: source)
        bytes = UnsafeRawBufferPointer(copy)
    }

    deinit { bytes.deallocate() }
}

extension FrameImage {
    /// The image as bytes.
    fileprivate func bytes() -> [UInt8] {
        withPieces { pieces in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(byteCount)
            for piece in pieces { bytes.append(contentsOf: piece) }
            return bytes
        }
    }

    /// The image in memory of its own.
    fileprivate func sealed(_ name: String) throws -> SealedMemory {
        try withPieces { try SealedMemory(name, $0) }
    }
}
