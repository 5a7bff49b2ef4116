/// One ELF note: an owner's name, a number the owner defines, and bytes.
struct ElfNote: Equatable {
    let name: [UInt8]
    let type: UInt32
    let content: ArraySlice<UInt8>
}

extension ElfFile {
    /// Most bytes of notes that are read, of all segments together.
    static let mostNoteBytes: UInt64 = 4 << 20

    /// All notes of the segments that hold notes, in the order of the file.
    ///
    /// Notes stand on multiples of 4. That is right for the 8-byte aligned ones of GNU too, whose content is always a
    /// multiple of 8. Zeros between notes are passed over: linkers put them between the two kinds, and the address sanitizer
    /// behind every note of a Swift plugin. So a note without an owner's name, which could be nobody's, is not seen.
    /// Where segments overlap, as a linker lays notes of different alignment, each note counts once.
    ///
    /// - Throws: `ElfError`.
    func notes() throws(ElfError) -> [ElfNote] {
        var notes: [ElfNote] = []
        var seen: Set<UInt64> = []
        var total: UInt64 = 0
        for segment in segments where segment.type == SegmentType.note {
            // Segments may overlap, so what they hold together can be more than the file.
            let (sum, overflow) = total.addingReportingOverflow(segment.size)
            total = overflow ? .max : sum
            guard total <= ElfFile.mostNoteBytes else {
                throw .oversized(what: "a segment of notes", size: segment.size, limit: ElfFile.mostNoteBytes)
            }
            let bytes = try read("a segment of notes", atOffset: segment.offset, count: Int(segment.size))
            try ElfFile.appendNotes(in: bytes, at: segment.offset, to: &notes, &seen)
        }
        return notes
    }

    private static func appendNotes(
        in bytes: [UInt8],
        at origin: UInt64,
        to notes: inout [ElfNote],
        _ seen: inout Set<UInt64>
    ) throws(ElfError) {
        var cursor = 0
        while cursor + 12 <= bytes.count {
            let nameSize = Int(bytes.number(UInt32.self, at: cursor))
            let size = Int(bytes.number(UInt32.self, at: cursor + 4))
            let type = bytes.number(UInt32.self, at: cursor + 8)
            if nameSize == 0 {
                cursor += 4
                continue
            }
            let content = cursor + 12 + padded(nameSize)
            guard content + size <= bytes.count else {
                throw .malformed("the note at byte \(origin + UInt64(cursor)) passes the end of its segment")
            }
            if seen.insert(origin + UInt64(cursor)).inserted {
                let name = Array(bytes[(cursor + 12)..<(cursor + 12 + nameSize)])
                notes.append(ElfNote(name: name, type: type, content: bytes[content..<(content + size)]))
            }
            cursor = content + padded(size)
        }
    }

    private static func padded(_ size: Int) -> Int { (size + 3) & ~3 }
}
