import CTauro

@testable import TauroData

/// Calls `body` with C buffers of these bytes, which stay valid during the call.
func withForeignBuffers(_ bytes: [[UInt8]], _ body: ([UnsafeRawPointer?]) throws -> Void) rethrows {
    let buffers = bytes.map { bytes in
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 64)
        buffer.copyMemory(from: bytes, byteCount: bytes.count)
        return buffer
    }
    defer { for buffer in buffers { buffer.deallocate() } }
    try body(buffers.map { UnsafeRawPointer($0) })
}

/// A batch of one column as a foreign producer would hand it over, sound or not.
func foreignBatch(
    length: Int,
    nullCount: Int = -1,
    offset: Int = 0,
    buffers: [UnsafeRawPointer?],
    children: [ArrayNode] = [],
    rows: Int? = nil
) -> ArrowArray {
    let column = ArrayNode(
        length: length,
        nullCount: nullCount,
        offset: offset,
        buffers: buffers,
        children: children
    )
    return ArrayNode(length: rows ?? length, nullCount: 0, buffers: [nil], children: [column])
        .export(owner: EmptyOwner())
}

func offsets32(_ offsets: [Int32]) -> [UInt8] {
    offsets.flatMap { offset in withUnsafeBytes(of: offset) { Array($0) } }
}
