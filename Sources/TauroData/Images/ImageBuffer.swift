/// One buffer of an image: where its content comes from and how it is changed on the way.
///
/// Points into a batch, which the image holds.
enum ImageBuffer {
    case bytes(UnsafeRawBufferPointer)
    /// Bits from `first`, moved to the beginning.
    case bits(UnsafePointer<UInt8>, first: Int, count: Int)
    /// Offsets, rewritten to begin at 0.
    case offsets32(OffsetRun<Int32>)
    case offsets64(OffsetRun<Int64>)
    case numbers([Int64])

    var byteCount: Int {
        switch self {
        case .bytes(let source): source.count
        case .bits(_, _, let count): (count + 7) / 8
        case .offsets32(let run): (run.count + 1) * 4
        case .offsets64(let run): (run.count + 1) * 8
        case .numbers(let numbers): numbers.count * 8
        }
    }

    func write(to target: UnsafeMutableRawPointer) {
        switch self {
        case .bytes(let source):
            if let start = source.baseAddress { target.copyMemory(from: start, byteCount: source.count) }
        case .bits(let source, let first, let count):
            BitRun(bytes: source, first: first, count: count).copy(to: target.assumingMemoryBound(to: UInt8.self))
        case .offsets32(let run): run.copy(to: target)
        case .offsets64(let run): run.copy(to: target)
        case .numbers(let numbers):
            numbers.withUnsafeBytes { source in
                if let start = source.baseAddress { target.copyMemory(from: start, byteCount: source.count) }
            }
        }
    }
}
