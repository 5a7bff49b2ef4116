import TauroBasics
import TauroModel

/// Where the loader will look for the libraries that the file needs, and whether they are there: E10 and E11.
struct LibraryChecks {
    /// Most libraries and directories that are told one by one.
    private static let most = 8

    let file: PluginUnderCheck
    let host: CheckingHost

    func searchPaths() throws(ElfError) -> [CheckFinding] {
        var findings: [CheckFinding] = []
        for (tag, name) in [(ElfDynamicSection.Tag.rpath, "RPATH"), (ElfDynamicSection.Tag.runpath, "RUNPATH")] {
            for text in try file.dynamic.texts(tag) {
                for entry in LibraryPath.list(text, origin: FilePath.parent(file.path)).prefix(256) {
                    if let finding = searchPath(entry, name) { findings.append(finding) }
                }
            }
        }
        return findings
    }

    private func searchPath(_ entry: LibraryPath, _ name: String) -> CheckFinding? {
        if entry.text.isEmpty {
            return CheckFinding(
                .searchPaths,
                .error,
                "the file's \(name) has an empty entry, which means the working directory, whatever that is",
                cure: "leave the entry out of -Wl,-rpath"
            )
        }
        if entry.isRelative {
            return CheckFinding(
                .searchPaths,
                .error,
                "the file's \(name) has '\(Substring(entry.text).shown)', which is seen from the working directory; "
                    + "expected an absolute directory or one that begins with $ORIGIN",
                cure: "link with -Wl,-rpath,'$ORIGIN' and put the libraries beside the plugin"
            )
        }
        guard let reason = entry.directories.lazy.compactMap({ host.distrustOfDirectory($0) }).first else { return nil }
        return CheckFinding(
            .searchPaths,
            .error,
            "the file's \(name) has '\(Substring(entry.text).shown)', from which nothing may be loaded: \(reason)",
            cure: "take the right to write from others, or link with another -Wl,-rpath"
        )
    }

    func neededLibraries() throws(ElfError) -> [CheckFinding] {
        let relative = try file.dynamic.texts(ElfDynamicSection.Tag.needed).filter { isRelativePath($0) }
        let findings = relative.prefix(LibraryChecks.most).map { name in
            CheckFinding(
                .neededLibraries,
                .error,
                "the file needs '\(Substring(name).shown)', a path that is seen from the working directory",
                cure: "give that library a name when it is linked, -Wl,-soname,\(Substring(FilePath.name(name)).shown)"
            )
        }
        let missing = try host.libraries.resolve(file.dynamic, origin: FilePath.parent(file.path)).missing
        return findings
            + missing.filter { !relative.contains($0.name) }.prefix(LibraryChecks.most).map { finding($0) }
    }

    /// Whether a needed library is named by a path that depends on the working directory.
    private func isRelativePath(_ name: String) -> Bool {
        name.utf8.contains(UInt8(ascii: "/")) && LibraryPath(name, origin: FilePath.parent(file.path)).isRelative
    }

    private func finding(_ missing: LibrarySearch.Missing) -> CheckFinding {
        let needer = missing.neededBy.map { "\($0), which the file needs, in turn" } ?? "the file"
        let directories = missing.searched.prefix(LibraryChecks.most).map { Substring($0).shown }
        let places = directories + ["the system's directories"]
        return CheckFinding(
            .neededLibraries,
            .error,
            "\(needer) needs '\(Substring(missing.name).shown)', which is not in \(places.joined(separator: ", "))",
            cure:
                "install it, or put it beside the plugin and link with -Wl,-rpath,'$ORIGIN'; LD_LIBRARY_PATH is not used"
        )
    }
}
