/// The symbols that a file keeps for debuggers; a stripped one has none.
struct StaticSymbols {
    /// Most bytes that are read of the symbols, and of their names.
    private static let most = 16 << 20
    /// Longest name that is told, in bytes.
    private static let longestName = 256

    private let symbols: [UInt8]
    private let names: [UInt8]

    /// Reads the symbol table among `sections`; empty if there is none.
    ///
    /// - Throws: `ElfError`.
    init(_ sections: ElfSections) throws(ElfError) {
        guard let table = sections[".symtab"], sections.all.indices.contains(table.link) else {
            (symbols, names) = ([], [])
            return
        }
        symbols = try sections.content(of: table, atMost: StaticSymbols.most)
        names = try sections.content(of: sections.all[table.link], atMost: StaticSymbols.most)
    }

    /// The names of the functions that begin at `addresses`, as far as they are known.
    func functions(at addresses: Set<UInt64>) -> [UInt64: String] {
        var found: [UInt64: String] = [:]
        for start in stride(from: 0, through: symbols.count - 24, by: 24) where symbols[start + 4] & 15 == 2 {
            let address = symbols.number(UInt64.self, at: start + 8)
            guard addresses.contains(address), found[address] == nil else { continue }
            let name = Int(symbols.number(UInt32.self, at: start))
            guard name < names.count else { continue }
            let bytes = names[name...].prefix(StaticSymbols.longestName).prefix { $0 != 0 }
            found[address] = String(decoding: bytes, as: UTF8.self)
        }
        return found
    }
}
