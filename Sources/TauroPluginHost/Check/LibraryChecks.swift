import TauroBasics
import TauroModel

/// Where the loader will look for the libraries that the file needs, and whether they are there: E10 and E11.
struct LibraryChecks {
    /// Most libraries and directories that are told one by one.
    private static let most = 8

    let file: PluginUnderCheck
    let host: CheckingHost

    func searchPaths() throws(ElfError) -> [CheckFinding] {
        try file.requests.get().searchPaths(distrust: host.distrustOfDirectory)
    }

    func neededLibraries() throws(ElfError) -> [CheckFinding] {
        let requests = try file.requests.get()
        let missing = try host.libraries.resolve(file.dynamic, origin: FilePath.parent(file.path)).missing
        return requests.neededLibraries
            + missing.filter { !requests.relativeNeeds.contains($0.name) }.prefix(LibraryChecks.most).map {
                finding($0)
            }
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
