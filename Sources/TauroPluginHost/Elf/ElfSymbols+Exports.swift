/// A symbol that other libraries can bind to.
struct ElfExport: Equatable {
    let name: String
    /// Whether the whole process has one of this name, whichever library defines it first (`STB_GNU_UNIQUE`).
    let isUnique: Bool
    let isFunction: Bool
}

extension ElfSymbols {
    /// Most symbols that are looked at.
    static let mostSymbols = 1 << 18
    /// Longest name of an export that is read, in bytes.
    private static let longestExport = 8192

    /// Calls `visit` with each symbol that the file defines for others, in the order of its table.
    ///
    /// - Throws: `ElfError` for tables that are broken or have more than `mostSymbols`.
    func forEachExport(_ visit: (ElfExport) -> Void) throws(ElfError) {
        let range = try hashedSymbols()
        guard range.count <= UInt64(ElfSymbols.mostSymbols) else {
            throw .malformed("it has \(range.count) dynamic symbols, at most \(ElfSymbols.mostSymbols) are read")
        }
        let bytes = try elf.read(
            "the dynamic symbols",
            at: address(ofSymbol: range.lowerBound),
            count: range.count * 24
        )
        for start in stride(from: 0, to: bytes.count, by: 24) {
            let (binding, type, visibility) = (bytes[start + 4] >> 4, bytes[start + 4] & 15, bytes[start + 5] & 3)
            let isDefined = bytes.number(UInt16.self, at: start + 6) != 0
            guard isDefined, [1, 2, 10].contains(binding), visibility == 0 || visibility == 3 else { continue }
            visit(
                ElfExport(
                    name: try name(at: bytes.number(UInt32.self, at: start)),
                    isUnique: binding == 10,
                    isFunction: type == 2 || type == 10
                )
            )
        }
    }

    /// The symbols that the hash table covers, which are all that can be found.
    private func hashedSymbols() throws(ElfError) -> Range<UInt64> {
        switch table {
        case .classic(let address):
            let header = try elf.read("the symbol hash table", at: address, count: 8)
            return 0..<UInt64(header.number(UInt32.self, at: 4))
        case .gnu(let address):
            let header = try elf.read("the symbol hash table", at: address, count: 16)
            let (buckets, first) = (header.number(UInt32.self, at: 0), UInt64(header.number(UInt32.self, at: 4)))
            let start = address &+ 16 &+ UInt64(header.number(UInt32.self, at: 8)) * 8
            guard Int(buckets) <= ElfSymbols.mostSymbols else {
                throw .malformed("its symbol hash table has \(buckets) buckets")
            }
            let heads = try elf.read("the symbol hash table", at: start, count: Int(buckets) * 4)
            let last = stride(from: 0, to: heads.count, by: 4).map { heads.number(UInt32.self, at: $0) }.max() ?? 0
            guard UInt64(last) >= first, last > 0 else { return first..<first }
            return first..<(try endOfChain(at: UInt64(last), first, start &+ UInt64(buckets) * 4))
        }
    }

    /// The symbol behind the last one of the chain that begins with symbol `head`.
    private func endOfChain(at head: UInt64, _ first: UInt64, _ chain: UInt64) throws(ElfError) -> UInt64 {
        var index = head
        while index - head < UInt64(ElfSymbols.longestChain) {
            let entry = try elf.read("the symbol hash table", at: chain &+ (index - first) * 4, count: 4)
            index += 1
            if entry.number(UInt32.self, at: 0) & 1 == 1 { return index }
        }
        throw .malformed("a chain of its symbol hash table has more than \(ElfSymbols.longestChain) entries")
    }

    private func name(at offset: UInt32) throws(ElfError) -> String {
        let (start, overflow) = strings.addingReportingOverflow(UInt64(offset))
        guard !overflow else { throw .malformed("a symbol's name is at no address") }
        let place = try elf.location(of: start, "a symbol's name")
        let count = Int(min(place.available, UInt64(ElfSymbols.longestExport)))
        let bytes = try elf.read("a symbol's name", atOffset: place.offset, count: count)
        guard let end = bytes.firstIndex(of: 0) else { throw .malformed("a symbol's name has no end") }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
