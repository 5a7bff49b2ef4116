import TauroBasics

/// Finds the libraries that a file needs where the loader would, and loads none.
///
/// `LD_LIBRARY_PATH` has no part in it: a plugin that only works with one works by chance. Source of the order:
/// `ld.so(8)`.
struct LibrarySearch: Sendable {
    /// A library that was not found.
    struct Missing: Equatable {
        let name: String
        /// Absolute path of the library that needs it; nil for the file itself.
        let neededBy: String?
        /// The directories that were searched, in order, without those of the system.
        let searched: [String]
    }

    /// A file whose needs are looked for.
    private struct Requester {
        let path: String?
        let needed: [String]
        /// Where it looks; the paths of those that need it stand before, where the old kind is in use.
        let runpath: [LibraryPath]
        let rpath: [LibraryPath]
    }

    /// Most libraries that are followed.
    private static let most = 512

    /// Names of the libraries that this process has already: they are taken before any search.
    let present: Set<String>
    let cache: LoaderCache
    /// The system's directories, last in the search.
    let systemDirectories: [String]

    /// The search as this process's loader would make it.
    static let system = LibrarySearch(
        present: mappedLibraries(),
        cache: .system,
        systemDirectories: ["/lib", "/usr/lib"].flatMap { directory in
            ["\(directory)/\(ElfMachine.name(ElfMachine.host))-linux-gnu", "\(directory)64", directory]
        }
    )

    /// What is missing of everything that a file in the directory `origin` needs, and that its libraries need.
    ///
    /// - Throws: `ElfError` for a file whose own needs can not be read; a library with such is as good as missing.
    func missing(for dynamic: ElfDynamicSection, origin: String) throws(ElfError) -> [Missing] {
        var missing: [Missing] = []
        var seen = present
        var waiting = [try LibrarySearch.requester(dynamic, path: nil, origin: origin, above: [])]
        while let requester = waiting.popLast() {
            for name in requester.needed where seen.insert(name).inserted && seen.count < LibrarySearch.most {
                if let found = find(name, for: requester, origin: origin) {
                    waiting.append(found)
                } else {
                    let searched = (requester.rpath + requester.runpath).flatMap(\.directories)
                    missing.append(Missing(name: name, neededBy: requester.path, searched: searched))
                }
            }
        }
        return missing
    }

    private static func requester(
        _ dynamic: ElfDynamicSection,
        path: String?,
        origin: String,
        above: [LibraryPath]
    ) throws(ElfError) -> Requester {
        let runpath = try dynamic.texts(ElfDynamicSection.Tag.runpath).first
        let rpath = runpath == nil ? try dynamic.texts(ElfDynamicSection.Tag.rpath).first : nil
        return Requester(
            path: path,
            needed: try dynamic.texts(ElfDynamicSection.Tag.needed),
            runpath: runpath.map { LibraryPath.list($0, origin: origin) } ?? [],
            // A file with the new kind of path does not use the old kind of those above it either.
            rpath: runpath == nil ? (rpath.map { LibraryPath.list($0, origin: origin) } ?? []) + above : []
        )
    }

    private func find(_ name: String, for requester: Requester, origin: String) -> Requester? {
        for path in candidates(name, for: requester, origin: origin) {
            do throws(ElfError) {
                let dynamic = try ElfDynamicSection(try ElfFile(path: path))
                return try LibrarySearch.requester(
                    dynamic,
                    path: path,
                    origin: FilePath.parent(path),
                    above: requester.rpath
                )
            } catch {
                continue
            }
        }
        return nil
    }

    /// The files that a name may stand for, in the order in which they are tried.
    private func candidates(_ name: String, for requester: Requester, origin: String) -> [String] {
        if name.utf8.contains(UInt8(ascii: "/")) {
            let directory = requester.path.map { FilePath.parent($0) } ?? origin
            return LibraryPath(name, origin: directory).directories.filter { FilePath.isAbsolute($0) }
        }
        let own = (requester.rpath + requester.runpath).flatMap(\.directories)
        return own.filter { FilePath.isAbsolute($0) }.map { FilePath.join($0, name) } + cache.paths(of: name)
            + systemDirectories.map { FilePath.join($0, name) }
    }

    /// The names of the files that this process has mapped.
    private static func mappedLibraries() -> Set<String> {
        guard let maps = try? FileSystem.readText("/proc/self/maps") else { return [] }
        let paths = maps.split(separator: "\n").compactMap { line in line.firstIndex(of: "/").map { line[$0...] } }
        return Set(paths.map { FilePath.name(String($0)) }.filter { $0.contains(".so") })
    }
}
