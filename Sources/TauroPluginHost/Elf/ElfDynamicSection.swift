/// What a shared object tells the loader: the entries of its dynamic section, in the order of the file.
///
/// Source of the tags: the System V ABI, chapter 5, and glibc's `elf/elf.h`.
struct ElfDynamicSection {
    /// Values of `d_tag`.
    enum Tag {
        static let needed: UInt64 = 1
        static let hash: UInt64 = 4
        static let strings: UInt64 = 5
        static let symbols: UInt64 = 6
        static let relocations: UInt64 = 7
        static let relocationSize: UInt64 = 8
        static let initFunction: UInt64 = 12
        static let rpath: UInt64 = 15
        static let textRelocations: UInt64 = 22
        static let initArray: UInt64 = 25
        static let initArraySize: UInt64 = 27
        static let runpath: UInt64 = 29
        static let flags: UInt64 = 30
        static let gnuHash: UInt64 = 0x6fff_fef5
        static let flags1: UInt64 = 0x6fff_fffb
    }

    /// Bits of `DT_FLAGS`.
    enum Flag {
        static let textRelocations: UInt64 = 4
        static let staticTLS: UInt64 = 16
    }

    /// The bit of `DT_FLAGS_1` that an executable has.
    private static let executable: UInt64 = 0x0800_0000
    /// Largest section that is read, in bytes.
    private static let largest: UInt64 = 1 << 16
    /// Longest text that is read, in bytes with its NUL; twice the system's longest path.
    private static let longestText = 8192

    private let elf: ElfFile
    private let entries: [(tag: UInt64, value: UInt64)]

    /// Reads the section of `elf`.
    ///
    /// - Throws: `ElfError`.
    init(_ elf: ElfFile) throws(ElfError) {
        guard let segment = elf.segments.first(where: { $0.type == ElfFile.SegmentType.dynamic }) else {
            throw .malformed("it has no dynamic section")
        }
        guard segment.size <= ElfDynamicSection.largest else {
            throw .oversized(what: "the dynamic section", size: segment.size, limit: ElfDynamicSection.largest)
        }
        let bytes = try elf.read("the dynamic section", atOffset: segment.offset, count: Int(segment.size))
        var entries: [(tag: UInt64, value: UInt64)] = []
        for start in stride(from: 0, to: bytes.count - 15, by: 16) {
            let tag = bytes.number(UInt64.self, at: start)
            if tag == 0 { break }
            entries.append((tag, bytes.number(UInt64.self, at: start + 8)))
        }
        self.elf = elf
        self.entries = entries
    }

    /// Whether the file is an executable, which can not be loaded as a library.
    var isExecutable: Bool { self[Tag.flags1, default: 0] & ElfDynamicSection.executable != 0 }

    /// The value of the first entry with this tag.
    subscript(tag: UInt64) -> UInt64? { entries.first { $0.tag == tag }?.value }

    /// The value of the first entry with this tag, or one for none.
    subscript(tag: UInt64, default value: UInt64) -> UInt64 { self[tag] ?? value }

    /// The texts of all entries with this tag, in the order of the file.
    ///
    /// - Throws: `ElfError`.
    func texts(_ tag: UInt64) throws(ElfError) -> [String] {
        var texts: [String] = []
        for entry in entries where entry.tag == tag { texts.append(try text(at: entry.value)) }
        return texts
    }

    /// The text at an offset of the string table; bytes that are no UTF-8 become replacement characters.
    ///
    /// - Throws: `ElfError`.
    func text(at offset: UInt64) throws(ElfError) -> String {
        guard let strings = self[Tag.strings] else { throw .malformed("it has no dynamic string table") }
        let (address, overflow) = strings.addingReportingOverflow(offset)
        guard !overflow else { throw .malformed("a dynamic string is at no address") }
        let place = try elf.location(of: address, "a dynamic string")
        let count = Int(min(place.available, UInt64(ElfDynamicSection.longestText)))
        let bytes = try elf.read("a dynamic string", atOffset: place.offset, count: count)
        guard let end = bytes.firstIndex(of: 0) else { throw .malformed("a dynamic string has no end") }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
