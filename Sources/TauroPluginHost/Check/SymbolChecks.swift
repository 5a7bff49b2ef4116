import TauroModel

/// What the file shows to other libraries: W07 and W08.
struct SymbolChecks {
    /// How many names a finding lists.
    private static let mostNames = 3
    /// Most characters of a name that are shown.
    private static let longestName = 40

    let file: PluginUnderCheck

    func exports() throws(ElfError) -> [CheckFinding] {
        let nodes = file.notes?.symbols ?? []
        let (names, count) = try collect { !nodes.contains($0.name) && !SymbolChecks.isOfToolchain($0.name) }
        guard count > 0 else { return [] }
        return [
            CheckFinding(
                .exports,
                .warning,
                "the file exports \(count) symbol\(count == 1 ? "" : "s") beside its nodes: "
                    + SymbolChecks.list(names, of: count),
                cure:
                    "make functions static, compile with -fvisibility=hidden, or link with a version script that keeps "
                    + "all but the nodes local"
            )
        ]
    }

    func uniqueSymbols() throws(ElfError) -> [CheckFinding] {
        let (names, count) = try collect { $0.isUnique && !SymbolChecks.isOfToolchain($0.name) }
        guard count > 0 else { return [] }
        return [
            CheckFinding(
                .uniqueSymbols,
                .warning,
                "the file has \(count) symbol\(count == 1 ? "" : "s") that all libraries of a process share, also those of "
                    + "other plugins: " + SymbolChecks.list(names, of: count),
                cure: "compile C++ with -fno-gnu-unique and -fvisibility=hidden"
            )
        ]
    }

    private func collect(_ isWanted: (ElfExport) -> Bool) throws(ElfError) -> (names: [String], count: Int) {
        var names: [String] = []
        var count = 0
        try file.symbols.get().forEachExport { export in
            guard isWanted(export) else { return }
            count += 1
            if names.count < SymbolChecks.mostNames { names.append(export.name) }
        }
        return (names, count)
    }

    private static func list(_ names: [String], of count: Int) -> String {
        let list = names.map { name in
            let shown = Substring(name).shown
            return shown.count > longestName ? shown.prefix(longestName) + "…" : shown
        }.joined(separator: ", ")
        return count > names.count ? "\(list) and \(count - names.count) more" : list
    }

    /// Whether a symbol is there because of the compiler or the linker, not because of the author.
    private static func isOfToolchain(_ name: String) -> Bool {
        linkerSymbols.contains(name) || toolchainPrefixes.contains { name.hasPrefix($0) }
    }

    private static let linkerSymbols: Set<String> = [
        "_init", "_fini", "_edata", "_end", "_etext", "__bss_start", "__data_start",
    ]

    /// Names of sections, and of what C++ takes from the headers of its standard library: functions, operators, type
    /// information and inline variables.
    private static let toolchainPrefixes = [
        "__start_", "__stop_", "_ZSt", "_ZNSt", "_ZNKSt", "_ZNSa", "_ZNKSa", "_ZNSs", "_ZTISt", "_ZTSSt", "_ZTVSt",
        "_ZTINSt", "_ZTSNSt", "_ZTVNSt", "_ZGVZNSt", "_ZZNSt", "_ZN9__gnu_cxx", "_ZNK9__gnu_cxx", "_Znw", "_Zna",
        "_Zdl",
        "_Zda",
    ]
}
