@testable import TauroData

/// The image of a table of one column in one batch, to be damaged in one place.
struct DamagedImage {
    /// The numbers that the directory has of every array, in order.
    enum Count: Int {
        case length
        case offset
        case nulls
        case buffers
    }

    private(set) var bytes: [UInt8]
    private let directory: Int
    /// Where in the image the directory's entry of each array begins: a column, its children, its dictionary.
    private var entries: [Int] = []
    /// For each array where its buffers begin.
    private var buffers: [[Int]] = []

    init(_ type: ArrowType, _ array: SampleArray) throws {
        let batch = try RecordBatch(columns: [("c", array.column(of: type))])
        bytes = try ImageMemory(of: [batch], schema: batch.schema).contents
        directory = ImageFormat.aligned(64 + batch.schema.encoded().count)
        var position = directory + 8
        var buffer = ImageFormat.aligned(directory + number(4))
        find(type, &position, &buffer)
        precondition(buffer == bytes.count)
    }

    private func number(_ index: Int) -> Int { number(at: index * 8) }

    private func number(at position: Int) -> Int {
        bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: Int.self) }
    }

    private mutating func find(_ type: ArrowType, _ position: inout Int, _ buffer: inout Int) {
        entries.append(position)
        var starts: [Int] = []
        let count = number(at: position + 24)
        for index in 0..<count {
            starts.append(buffer)
            buffer += ImageFormat.aligned(max(0, number(at: position + 32 + index * 8)))
        }
        buffers.append(starts)
        position += 32 + count * 8
        for field in type.childFields { find(field.type, &position, &buffer) }
        if case .dictionary(_, let values, _) = type { find(values, &position, &buffer) }
    }

    /// Overwrites a number of the header; 0 is the mark.
    mutating func setHeader(_ index: Int, _ value: Int) { set(value, at: index * 8) }

    /// Overwrites the batch's number of rows.
    mutating func setRows(_ value: Int) { set(value, at: directory) }

    /// Overwrites a number that the directory has of the array.
    mutating func set(_ count: Count, of array: Int = 0, _ value: Int) {
        set(value, at: entries[array] + count.rawValue * 8)
    }

    /// Overwrites the size that the directory has of a buffer.
    mutating func setSize(_ buffer: Int, of array: Int = 0, _ value: Int) {
        set(value, at: entries[array] + 32 + buffer * 8)
    }

    /// Overwrites the number at `index` of a buffer.
    mutating func set<Number: BitwiseCopyable>(_ buffer: Int, of array: Int = 0, _ index: Int, _ value: Number) {
        set(value, at: buffers[array][buffer] + index * MemoryLayout<Number>.size)
    }

    /// Overwrites bytes of the encoded schema.
    mutating func setSchema(_ index: Int, _ value: UInt8) { bytes[64 + index] = value }

    /// Leaves the last bytes away.
    mutating func truncate(_ count: Int) { bytes.removeLast(count) }

    private mutating func set<Number: BitwiseCopyable>(_ value: Number, at position: Int) {
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: value, toByteOffset: position, as: Number.self) }
    }

    /// What opening it says, or nil if the image is taken.
    var refusal: String? {
        do throws(ArrowError) {
            let memory = ImageMemory(bytes)
            _ = try FrameImage.open(UnsafeRawBufferPointer(memory.bytes), owner: memory)
            return nil
        } catch {
            return error.code == .malformed ? error.message : "\(error.code): \(error.message)"
        }
    }
}

/// What opening says of an image of this array after `damage`.
func refusal(
    _ type: ArrowType,
    _ array: SampleArray,
    _ damage: (inout DamagedImage) -> Void
) throws -> String? {
    var image = try DamagedImage(type, array)
    let sound = image.refusal
    precondition(sound == nil, "refused before it was damaged: \(sound ?? "")")
    damage(&image)
    return image.refusal
}
