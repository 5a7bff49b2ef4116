import TauroTesting

@testable import TauroPluginHost

/// Changed copies of a shared object, most of them where its structures are; the same ones for the same seed.
struct ElfMutation {
    private let original: [UInt8]
    /// The places of fields, as offsets: headers, tables, notes.
    private let fields: [Int]
    /// The places of the text of notes.
    private let text: [Int]
    private var random: SeededGenerator

    init(_ original: [UInt8], seed: UInt64) {
        self.original = original
        self.random = SeededGenerator(seed: seed)
        var (fields, text) = (Array(stride(from: 0, to: 64, by: 2)), [Int]())
        fields += ElfMutation.table(original, at: 32, count: 56, entry: 56)
        fields += ElfMutation.table(original, at: 40, count: 60, entry: 64)
        for range in ElfMutation.segments(original) {
            // Both the numbers and the letters of notes are worth a change.
            if range.isNote { text += Array(range.bytes) }
            fields += stride(from: range.bytes.lowerBound, to: range.bytes.upperBound, by: 4)
        }
        self.fields = fields
        self.text = text
    }

    /// The next changed copy.
    mutating func next() -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0...4: setField(&bytes)
        case 5...7: changeText(&bytes)
        case 8: copyField(&bytes)
        case 9:
            if !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
            }
        case 10: bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
        default: bytes.append(contentsOf: repeatElement(0xff, count: Int.random(in: 0...512, using: &random)))
        }
    }

    /// Puts a number that programs stumble over into a field.
    private mutating func setField(_ bytes: inout [UInt8]) {
        guard let place = fields.randomElement(using: &random) else { return }
        let size = UInt64(bytes.count)
        let old = place + 8 <= bytes.count ? bytes.number(UInt64.self, at: place) : 0
        let numbers: [UInt64] = [
            0, 1, 2, 3, 4, 7, 8, 255, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 1 << 32, .max, .max >> 1, .max - 7,
            size, size &- 1, size &+ 1, size / 2, old &+ 1, old &- 1, old &* 2, old ^ (1 << 63),
            .random(in: 0...size, using: &random), .random(in: 0 ... .max, using: &random),
        ]
        let width = [1, 2, 4, 8].randomElement(using: &random) ?? 4
        put(numbers.randomElement(using: &random) ?? 0, width, at: place, &bytes)
    }

    /// Copies one field over another.
    private mutating func copyField(_ bytes: inout [UInt8]) {
        guard let from = fields.randomElement(using: &random), let to = fields.randomElement(using: &random),
            from + 8 <= bytes.count
        else { return }
        put(bytes.number(UInt64.self, at: from), 8, at: to, &bytes)
    }

    /// Changes a letter of a note's text, or writes a word of the grammar over it.
    private mutating func changeText(_ bytes: inout [UInt8]) {
        guard let place = text.randomElement(using: &random) else { return }
        let words = [
            "\t", "\n", "\0", "\"", "\\", "node\t", "in\tframes\t", "param\ti64\t", "TAURO_REQUIRED", ".", "ä", "\\x",
            "-0x",
        ]
        let word = Array((words.randomElement(using: &random) ?? "").utf8)
        let isWord = Bool.random(using: &random)
        let new = isWord ? word : [UInt8.random(in: 0...255, using: &random)]
        for (offset, byte) in new.enumerated() where place + offset < bytes.count { bytes[place + offset] = byte }
    }

    private func put(_ number: UInt64, _ width: Int, at place: Int, _ bytes: inout [UInt8]) {
        guard place + width <= bytes.count else { return }
        for index in 0..<width { bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index))) }
    }

    /// The places of the fields of a header table whose offset and count are at the given places.
    private static func table(_ bytes: [UInt8], at place: Int, count: Int, entry: Int) -> [Int] {
        let start = Int(bytes.number(UInt64.self, at: place))
        let end = start + Int(bytes.number(UInt16.self, at: count)) * entry
        return Array(stride(from: start, to: min(end, bytes.count), by: 4))
    }

    /// The bytes of the note and dynamic segments, and of what the dynamic section points to.
    private static func segments(_ bytes: [UInt8]) -> [(isNote: Bool, bytes: Range<Int>)] {
        var found: [(isNote: Bool, bytes: Range<Int>)] = []
        let table = Int(bytes.number(UInt64.self, at: 32))
        for index in 0..<Int(bytes.number(UInt16.self, at: 56)) {
            let start = table + index * 56
            let type = bytes.number(UInt32.self, at: start)
            guard type == ElfFile.SegmentType.note || type == ElfFile.SegmentType.dynamic else { continue }
            let offset = Int(bytes.number(UInt64.self, at: start + 8))
            let end = offset + Int(bytes.number(UInt64.self, at: start + 32))
            found.append((type == ElfFile.SegmentType.note, offset..<min(end, bytes.count)))
            guard type == ElfFile.SegmentType.dynamic else { continue }
            // Hash tables, symbols and strings lie in the first segment, where addresses are offsets.
            let tags = [ElfDynamicSection.Tag.gnuHash, ElfDynamicSection.Tag.hash, ElfDynamicSection.Tag.symbols]
            for entry in stride(from: offset, to: min(end, bytes.count) - 15, by: 16)
            where tags.contains(bytes.number(UInt64.self, at: entry)) {
                let place = Int(bytes.number(UInt64.self, at: entry + 8))
                found.append((false, place..<min(place + 256, bytes.count)))
            }
        }
        return found
    }
}
