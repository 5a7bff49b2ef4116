import TauroTesting

/// Changed copies of documents: bytes, pieces of syntax, lines; the same ones for the same seed.
struct DocumentMutation {
    /// No copy is longer, so that a case stays cheap.
    static let maximumLength = 4_096

    private let documents: [[UInt8]]
    private let pieces: [[UInt8]]
    private var chance: SeededGenerator

    init(_ documents: [String], pieces: [String], seed: UInt64) {
        self.documents = documents.map { Array($0.utf8) }
        self.pieces = pieces.map { Array($0.utf8) }
        chance = SeededGenerator(seed: seed)
    }

    /// The next changed copy.
    mutating func next() -> [UInt8] {
        var bytes = documents[chance.below(documents.count)]
        for _ in 0...chance.below(4) { change(&bytes) }
        return Array(bytes.prefix(DocumentMutation.maximumLength))
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        switch chance.below(12) {
        case 0, 1: insert([UInt8(truncatingIfNeeded: chance.next())], replacing: 1, in: &bytes)
        case 2...4: insert(piece(), replacing: chance.below(2), in: &bytes)
        case 5: insert(piece(), replacing: chance.below(8), in: &bytes)
        case 6: insert([], replacing: chance.below(12), in: &bytes)
        case 7: repeatPiece(in: &bytes)
        case 8: copyRange(in: &bytes)
        case 9: splice(into: &bytes)
        case 10: changeIndentation(of: &bytes)
        default: bytes.removeLast(chance.below(bytes.count + 1))
        }
    }

    private mutating func piece() -> [UInt8] { pieces[chance.below(pieces.count)] }

    private mutating func insert(_ new: [UInt8], replacing count: Int, in bytes: inout [UInt8]) {
        let start = chance.below(bytes.count + 1)
        bytes.replaceSubrange(start..<min(bytes.count, start + count), with: new)
    }

    /// Repetition is what deep nesting and growth are made of.
    private mutating func repeatPiece(in bytes: inout [UInt8]) {
        let piece = piece()
        let count = [2, 3, 20, 120, 400][chance.below(5)]
        insert(Array(repeatElement(piece, count: count).joined()), replacing: 0, in: &bytes)
    }

    private mutating func copyRange(in bytes: inout [UInt8]) {
        let start = chance.below(bytes.count + 1)
        insert(Array(bytes[start..<min(bytes.count, start + chance.below(40))]), replacing: 0, in: &bytes)
    }

    /// Goes on with the rest of another document.
    private mutating func splice(into bytes: inout [UInt8]) {
        let other = documents[chance.below(documents.count)]
        bytes = Array(bytes.prefix(chance.below(bytes.count + 1)) + other.dropFirst(chance.below(other.count + 1)))
    }

    /// Adds or removes spaces at the start of a line.
    private mutating func changeIndentation(of bytes: inout [UInt8]) {
        let starts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
        let start = starts[chance.below(starts.count)]
        if chance.below(2) == 0 {
            bytes.insert(contentsOf: repeatElement(0x20, count: 1 + chance.below(4)), at: start)
        } else {
            let spaces = bytes[start...].prefix { $0 == 0x20 }.count
            bytes.removeSubrange(start..<start + min(spaces, 1 + chance.below(3)))
        }
    }
}
