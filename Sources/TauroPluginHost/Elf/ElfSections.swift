/// The sections of a shared object: what tools read and the loader does not.
///
/// A stripped file may have none, and nothing that a plugin needs depends on them.
struct ElfSections {
    /// One entry of the section header table.
    struct Section: Equatable {
        let name: String
        let type: UInt32
        let offset: UInt64
        let size: UInt64
        /// The section that belongs to this one: the names of a symbol table.
        let link: Int
    }

    /// The value of `sh_type` of a section that takes no bytes of the file.
    private static let typeWithoutBytes: UInt32 = 8
    /// Most headers that are read; a file with one section for each function has thousands.
    private static let most = 1 << 14
    /// Longest name that is read, in bytes.
    private static let longestName = 64

    private let elf: ElfFile
    let all: [Section]

    /// Reads the section headers of `elf`.
    ///
    /// - Throws: `ElfError`.
    init(_ elf: ElfFile) throws(ElfError) {
        self.elf = elf
        let header = try elf.read("the ELF header", atOffset: 0, count: 64)
        let (offset, entrySize) = (header.number(UInt64.self, at: 40), header.number(UInt16.self, at: 58))
        let (count, names) = (Int(header.number(UInt16.self, at: 60)), Int(header.number(UInt16.self, at: 62)))
        guard offset != 0, count > 0 else {
            self.all = []
            return
        }
        guard entrySize == 64 else { throw .malformed("a section header has \(entrySize) bytes instead of 64") }
        guard count <= ElfSections.most else {
            throw .malformed("it has \(count) sections, at most \(ElfSections.most) are read")
        }
        let table = try elf.read("the section header table", atOffset: offset, count: count * 64)
        guard names < count else { throw .malformed("the section of the sections' names is not there") }
        let texts = ElfSections.place(in: table, names)
        self.all = try (0..<count).map { (index) throws(ElfError) in
            let place = ElfSections.place(in: table, index)
            return Section(
                name: try ElfSections.name(elf, table.number(UInt32.self, at: index * 64), texts),
                type: table.number(UInt32.self, at: index * 64 + 4),
                offset: place.offset,
                size: place.size,
                link: Int(table.number(UInt32.self, at: index * 64 + 40))
            )
        }
    }

    /// The first section of this name that has bytes.
    subscript(name: String) -> Section? {
        all.first { $0.name == name && $0.type != ElfSections.typeWithoutBytes }
    }

    /// The section's bytes, at most `limit` of them.
    ///
    /// - Throws: `ElfError`.
    func content(of section: Section, atMost limit: Int) throws(ElfError) -> [UInt8] {
        try elf.read(
            "the section \(section.name)",
            atOffset: section.offset,
            count: Int(min(section.size, UInt64(limit)))
        )
    }

    private static func place(in table: [UInt8], _ index: Int) -> (offset: UInt64, size: UInt64) {
        (table.number(UInt64.self, at: index * 64 + 24), table.number(UInt64.self, at: index * 64 + 32))
    }

    private static func name(
        _ elf: ElfFile,
        _ start: UInt32,
        _ texts: (offset: UInt64, size: UInt64)
    ) throws(ElfError) -> String {
        guard UInt64(start) < texts.size else { throw .malformed("a section's name is outside of the names") }
        let (offset, overflow) = texts.offset.addingReportingOverflow(UInt64(start))
        guard !overflow else { throw .malformed("a section's name is at no place") }
        let count = Int(min(texts.size - UInt64(start), UInt64(longestName)))
        let bytes = try elf.read("a section's name", atOffset: offset, count: count)
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
