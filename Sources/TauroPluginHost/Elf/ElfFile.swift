/// A 64-bit ELF shared object, read without loading it: headers, notes, and symbols by name.
///
/// Nothing in the file is believed: every read is checked against its size, and every size is capped.
/// Source of the layout: the System V ABI, https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html.
struct ElfFile {
    /// One entry of the program header table.
    struct Segment {
        let type: UInt32
        let rights: Rights
        let offset: UInt64
        let address: UInt64
        let size: UInt64
    }

    /// What a segment's memory may be used for, the bits of `p_flags`.
    struct Rights: OptionSet {
        static let execute = Rights(rawValue: 1)
        static let write = Rights(rawValue: 2)

        let rawValue: UInt32
    }

    /// Values of `p_type`.
    enum SegmentType {
        static let load: UInt32 = 1
        static let dynamic: UInt32 = 2
        static let note: UInt32 = 4
        static let stack: UInt32 = 0x6474_e551
    }

    /// How much of a file's beginning is read at once: linkers put what is looked at here there, or almost all of it.
    static let headSize = 64 << 10
    /// Most program headers that are read; linkers write about a dozen.
    private static let mostSegments = 256

    let file: PlainFile
    let segments: [Segment]

    /// Reads the headers of the file at `path`, and checks that this host can load such a file.
    ///
    /// - Throws: `ElfError`.
    init(path: String) throws(ElfError) {
        let file: PlainFile
        do throws(PlainFileError) {
            file = try PlainFile(path: path, head: ElfFile.headSize)
        } catch {
            throw .file(error)
        }
        try self.init(file)
    }

    /// Reads the headers of an open file, and checks that this host can load such a file.
    ///
    /// - Throws: `ElfError`.
    init(_ file: PlainFile) throws(ElfError) {
        self.file = file
        let magic = try ElfFile.read(file, "the ELF magic", at: 0, count: Int(min(4, file.size)))
        guard magic == [0x7f, 0x45, 0x4c, 0x46] else { throw .notELF }
        let header = try ElfFile.read(file, "the ELF header", at: 0, count: 64)
        guard header[4] == 2 else { throw .otherClass }
        guard header[5] == (ElfFile.hostIsLittleEndian ? 1 : 2) else { throw .otherByteOrder }
        let machine = header.number(UInt16.self, at: 18)
        guard machine == ElfMachine.host else { throw .otherMachine(machine) }
        let type = header.number(UInt16.self, at: 16)
        guard type == 3 else { throw .notSharedObject(type) }
        self.segments = try ElfFile.segments(of: file, header)
        try checkLoadable()
    }

    private static var hostIsLittleEndian: Bool { UInt16(1).littleEndian == 1 }

    private static func segments(of file: PlainFile, _ header: [UInt8]) throws(ElfError) -> [Segment] {
        let offset = header.number(UInt64.self, at: 32)
        let entrySize = header.number(UInt16.self, at: 54)
        let count = Int(header.number(UInt16.self, at: 56))
        guard count > 0 else { throw .malformed("it has no program headers") }
        guard count <= mostSegments else {
            throw .malformed("it has \(count) program headers, at most \(mostSegments) are read")
        }
        guard entrySize == 56 else { throw .malformed("a program header has \(entrySize) bytes instead of 56") }
        let table = try read(file, "the program header table", at: offset, count: count * 56)
        return (0..<count).map { index in
            let start = index * 56
            return Segment(
                type: table.number(UInt32.self, at: start),
                rights: Rights(rawValue: table.number(UInt32.self, at: start + 4)),
                offset: table.number(UInt64.self, at: start + 8),
                address: table.number(UInt64.self, at: start + 16),
                size: table.number(UInt64.self, at: start + 32)
            )
        }
    }

    /// Checks that everything the loader would map is there: a mapping beyond the end kills the process that touches it.
    private func checkLoadable() throws(ElfError) {
        for segment in segments where segment.type == SegmentType.load {
            let (end, overflow) = segment.offset.addingReportingOverflow(segment.size)
            guard !overflow else { throw .malformed("a segment would begin at byte \(segment.offset)") }
            guard end <= file.size else {
                throw .file(.truncated(what: "a loaded segment", end: end, size: file.size))
            }
        }
    }

    /// The place in the file of what is at `address` once loaded, and the number of bytes up to its segment's end.
    func location(of address: UInt64, _ what: String) throws(ElfError) -> (offset: UInt64, available: UInt64) {
        for segment in segments where segment.type == SegmentType.load && address >= segment.address {
            let distance = address - segment.address
            if distance < segment.size { return (segment.offset + distance, segment.size - distance) }
        }
        throw .malformed("\(what) is at address \(address), outside of what is loaded from the file")
    }

    /// The `count` bytes at `address`.
    func read(_ what: String, at address: UInt64, count: Int) throws(ElfError) -> [UInt8] {
        let place = try location(of: address, what)
        guard UInt64(count) <= place.available else { throw .malformed("\(what) passes the end of its segment") }
        return try read(what, atOffset: place.offset, count: count)
    }

    /// The `count` bytes at `offset` of the file.
    func read(_ what: String, atOffset offset: UInt64, count: Int) throws(ElfError) -> [UInt8] {
        try ElfFile.read(file, what, at: offset, count: count)
    }

    private static func read(
        _ file: PlainFile,
        _ what: String,
        at offset: UInt64,
        count: Int
    ) throws(ElfError) -> [UInt8] {
        do throws(PlainFileError) {
            return try file.read(what, at: offset, count: count)
        } catch {
            throw .file(error)
        }
    }
}
