/// The dynamic symbols of a shared object, looked up by name through its hash table, as the loader does it.
///
/// Source of the GNU table's layout: glibc's `elf/dl-lookup.c`.
struct ElfSymbols {
    /// What a name stands for.
    enum Kind: Equatable {
        case function
        case undefined
        case hidden
        /// Defined, but not a function.
        case other
    }

    /// Most chain entries that are followed for one name; linkers make chains of a few.
    static let longestChain = 1 << 12
    /// Longest name that is looked up, in bytes with its NUL.
    private static let longestName = 1 << 16

    enum Table {
        case gnu(address: UInt64)
        case classic(address: UInt64)
    }

    let elf: ElfFile
    let symbols: UInt64
    let strings: UInt64
    let table: Table

    /// Finds the tables of `elf` through its dynamic section.
    ///
    /// - Throws: `ElfError`, also when the file is an executable.
    init(_ elf: ElfFile) throws(ElfError) {
        try self.init(elf, try ElfDynamicSection(elf))
    }

    /// Finds the tables of `elf` through its dynamic section, which was read already.
    init(_ elf: ElfFile, _ dynamic: ElfDynamicSection) throws(ElfError) {
        if dynamic.isExecutable { throw .executable }
        guard let symbols = dynamic[ElfDynamicSection.Tag.symbols],
            let strings = dynamic[ElfDynamicSection.Tag.strings]
        else { throw .malformed("it has no dynamic symbol table") }
        self.elf = elf
        self.symbols = symbols
        self.strings = strings
        if let address = dynamic[ElfDynamicSection.Tag.gnuHash] {
            self.table = .gnu(address: address)
        } else if let address = dynamic[ElfDynamicSection.Tag.hash] {
            self.table = .classic(address: address)
        } else {
            throw .malformed("its dynamic symbols have no hash table")
        }
    }

    /// What `name` stands for in the file, or nil if its tables do not have it.
    ///
    /// - Throws: `ElfError` for tables that are broken.
    func kind(of name: String) throws(ElfError) -> Kind? {
        let wanted = Array(name.utf8) + [0]
        guard wanted.count <= ElfSymbols.longestName else { return nil }
        switch table {
        case .gnu(let address): return try gnuLookup(wanted, table: address)
        case .classic(let address): return try classicLookup(wanted, table: address)
        }
    }

    private func gnuLookup(_ name: [UInt8], table: UInt64) throws(ElfError) -> Kind? {
        let header = try elf.read("the symbol hash table", at: table, count: 16)
        let buckets = UInt64(header.number(UInt32.self, at: 0))
        let first = UInt64(header.number(UInt32.self, at: 4))
        let bloomWords = UInt64(header.number(UInt32.self, at: 8))
        guard buckets > 0 else { return nil }
        let hash = name.dropLast().reduce(UInt32(5381)) { $0 &* 33 &+ UInt32($1) }
        let bucketTable = table &+ 16 &+ bloomWords * 8
        let chain = bucketTable &+ buckets * 4
        var index = UInt64(try word(at: bucketTable &+ (UInt64(hash) % buckets) * 4))
        guard index != 0 else { return nil }
        guard index >= first else { throw .malformed("its symbol hash table points before its symbols") }
        for _ in 0..<ElfSymbols.longestChain {
            let entry = try word(at: chain &+ (index - first) * 4)
            if entry | 1 == hash | 1, try symbol(index, is: name) { return try kind(ofSymbol: index) }
            if entry & 1 == 1 { return nil }
            index += 1
        }
        throw .malformed("a chain of its symbol hash table has more than \(ElfSymbols.longestChain) entries")
    }

    private func classicLookup(_ name: [UInt8], table: UInt64) throws(ElfError) -> Kind? {
        let header = try elf.read("the symbol hash table", at: table, count: 8)
        let buckets = UInt64(header.number(UInt32.self, at: 0))
        guard buckets > 0 else { return nil }
        var hash: UInt32 = 0
        for byte in name.dropLast() {
            hash = (hash << 4) &+ UInt32(byte)
            let high = hash & 0xf000_0000
            hash = (hash ^ (high >> 24)) & ~high
        }
        var index = UInt64(try word(at: table &+ 8 &+ (UInt64(hash) % buckets) * 4))
        for _ in 0..<ElfSymbols.longestChain {
            guard index != 0 else { return nil }
            if try symbol(index, is: name) { return try kind(ofSymbol: index) }
            index = UInt64(try word(at: table &+ 8 &+ (buckets + index) * 4))
        }
        throw .malformed("a chain of its symbol hash table has more than \(ElfSymbols.longestChain) entries")
    }

    private func word(at address: UInt64) throws(ElfError) -> UInt32 {
        try elf.read("the symbol hash table", at: address, count: 4).number(UInt32.self, at: 0)
    }

    private func symbol(_ index: UInt64, is name: [UInt8]) throws(ElfError) -> Bool {
        let offset = try elf.read("a dynamic symbol", at: address(ofSymbol: index), count: 4).number(UInt32.self, at: 0)
        let (start, overflow) = strings.addingReportingOverflow(UInt64(offset))
        guard !overflow else { throw .malformed("a symbol's name is at no address") }
        let place = try elf.location(of: start, "a symbol's name")
        guard UInt64(name.count) <= place.available else { return false }
        return try elf.read("a symbol's name", atOffset: place.offset, count: name.count) == name
    }

    private func kind(ofSymbol index: UInt64) throws(ElfError) -> Kind {
        let entry = try elf.read("a dynamic symbol", at: address(ofSymbol: index), count: 24)
        let (binding, type, visibility) = (entry[4] >> 4, entry[4] & 15, entry[5] & 3)
        if entry.number(UInt16.self, at: 6) == 0 { return .undefined }
        // Global, weak or unique; default or protected.
        guard [1, 2, 10].contains(binding), visibility == 0 || visibility == 3 else { return .hidden }
        // A function, or one that is chosen at load time.
        return type == 2 || type == 10 ? .function : .other
    }

    func address(ofSymbol index: UInt64) throws(ElfError) -> UInt64 {
        let (address, overflow) = symbols.addingReportingOverflow(index * 24)
        guard !overflow else { throw .malformed("a dynamic symbol is at no address") }
        return address
    }
}
