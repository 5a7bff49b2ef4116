import CTauro

@testable import TauroData

/// An array put together from bytes, each buffer in memory of exactly its size.
struct SampleArray {
    var length: Int
    var nullCount = -1
    var offset = 0
    var buffers: [[UInt8]?]
    var children: [SampleArray] = []
    var dictionary: [SampleArray] = []

    func column(of type: ArrowType) -> ArrowColumn {
        let memory = SampleMemory()
        var array = node(in: memory).export(owner: memory)
        return ArrowColumn(type: type, taking: &array)
    }

    private func node(in memory: SampleMemory) -> ArrayNode {
        ArrayNode(
            length: length,
            nullCount: nullCount,
            offset: offset,
            buffers: buffers.map { $0.map(memory.copy) },
            children: children.map { $0.node(in: memory) },
            dictionary: dictionary.map { $0.node(in: memory) }
        )
    }
}

/// The bytes of numbers as they lie in memory.
func raw<Number: BitwiseCopyable>(_ numbers: [Number]) -> [UInt8] { numbers.withUnsafeBytes { Array($0) } }

/// A bitmap with these bits.
func bitmap(_ bits: [Bool]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
    for (index, bit) in bits.enumerated() where bit { bytes[index / 8] |= 1 << UInt8(index % 8) }
    return bytes
}

private final class SampleMemory {
    private var allocations: [UnsafeMutableRawPointer] = []

    deinit { for allocation in allocations { allocation.deallocate() } }

    func copy(_ bytes: [UInt8]) -> UnsafeRawPointer {
        let copy = UnsafeMutableRawPointer.allocate(byteCount: bytes.count, alignment: 64)
        copy.copyMemory(from: bytes, byteCount: bytes.count)
        allocations.append(copy)
        return UnsafeRawPointer(copy)
    }
}
