import TauroBasics
import TauroModel

/// An object container file of Apache Avro: a header, then blocks that each end in the file's own mark.
///
/// Layout: "Object Container Files" of the Avro specification, version 1.12. Only the frame is looked at, so that a file
/// that was cut off or mixed up is told by its name and block; what the blocks hold is the engine's to read.
struct AvroFile {
    private let path: String
    private let size: Int64

    /// The length of the mark.
    private static let markLength = 16
    /// The most that the two numbers at a block's beginning take.
    private static let numbersLength = 20

    /// - Throws: `DatasetError` that names the first file that is not whole, and the block where it ends.
    static func check(_ files: [String], of dataset: DatasetDefinition) throws {
        for path in files {
            let file = AvroFile(path: path, size: try FileSystem.size(of: path))
            guard let problem = try file.problem() else { continue }
            throw DatasetError(.unreadable, "Dataset '\(dataset.id)': \(path) \(problem)")
        }
    }

    /// What is wrong with the file, as the end of a sentence about it; nil where it is whole.
    private func problem() throws(SystemError) -> String? {
        guard try FileSystem.readBeginning(of: path, atMost: 4) == Array("Obj".utf8) + [1] else {
            return "is not an Avro file"
        }
        guard let header = try header() else { return "ends in its header: it is not a whole Avro file" }
        var offset = header.end
        var block = 0
        while offset < size {
            block += 1
            let cutOff = "ends in its block \(block): it is not a whole Avro file"
            var numbers = AvroNumbers(try FileSystem.readPart(of: path, from: offset, atMost: Self.numbersLength))
            guard numbers.next() != nil, let length = numbers.next(), length >= 0, length <= size else { return cutOff }
            let end = offset + Int64(numbers.count) + length
            let mark = try FileSystem.readPart(of: path, from: end, atMost: Self.markLength)
            guard mark.count == Self.markLength else { return cutOff }
            if mark != header.mark { return "is broken at its block \(block): what should end it is not there" }
            offset = end + Int64(Self.markLength)
        }
        return nil
    }

    /// The mark, and where the first block begins; nil where the file ends before that.
    private func header() throws(SystemError) -> (mark: [UInt8], end: Int64)? {
        var limit = 64 << 10
        while true {
            let bytes = try FileSystem.readBeginning(of: path, atMost: limit)
            var rest = AvroNumbers(Array(bytes.dropFirst(4)))
            if rest.skipMap(), let mark = rest.take(Self.markLength) { return (mark, Int64(4 + rest.count)) }
            if bytes.count < limit { return nil }
            limit *= 16
        }
    }
}
