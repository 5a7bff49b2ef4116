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

    /// What became of everything that a file needs, and that its libraries need.
    struct Resolution: Equatable {
        /// Absolute paths of the libraries, in the order in which they are found.
        var found: [String] = []
        var missing: [Missing] = []
    }

    /// A file whose needs are looked for.
    private struct Requester {
        let path: String?
        /// Absolute path of its directory; nil for one that is nowhere.
        let origin: String?
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
        systemDirectories: directoriesOfTheSystem
    )

    /// The search as the loader of a process would make it that has no library yet.
    static let fresh = LibrarySearch(present: [], cache: .system, systemDirectories: directoriesOfTheSystem)

    private static let directoriesOfTheSystem = ["/lib", "/usr/lib"].flatMap { directory in
        ["\(directory)/\(ElfMachine.name(ElfMachine.host))-linux-gnu", "\(directory)64", directory]
    }

    /// Looks for everything that a file in the directory `origin` needs, and that its libraries need; nil stands for a
    /// file that is nowhere.
    ///
    /// - Throws: `ElfError` for a file whose own needs can not be read; a library with such is as good as missing.
    func resolve(_ dynamic: ElfDynamicSection, origin: String?) throws(ElfError) -> Resolution {
        var resolution = Resolution()
        var seen = present
        var waiting = [try LibrarySearch.requester(dynamic, path: nil, origin: origin, above: [])]
        while let requester = waiting.popLast() {
            for name in requester.needed where seen.insert(name).inserted && seen.count < LibrarySearch.most {
                if let found = find(name, for: requester) {
                    resolution.found += [found.path].compactMap(\.self)
                    waiting.append(found)
                } else {
                    let searched = (requester.rpath + requester.runpath).flatMap(\.directories)
                    resolution.missing.append(Missing(name: name, neededBy: requester.path, searched: searched))
                }
            }
        }
        return resolution
    }

    private static func requester(
        _ dynamic: ElfDynamicSection,
        path: String?,
        origin: String?,
        above: [LibraryPath]
    ) throws(ElfError) -> Requester {
        let runpath = try dynamic.texts(ElfDynamicSection.Tag.runpath).first
        let rpath = runpath == nil ? try dynamic.texts(ElfDynamicSection.Tag.rpath).first : nil
        return Requester(
            path: path,
            origin: origin,
            needed: try dynamic.texts(ElfDynamicSection.Tag.needed),
            runpath: runpath.map { LibraryPath.list($0, origin: origin) } ?? [],
            // A file with the new kind of path does not use the old kind of those above it either.
            rpath: runpath == nil ? (rpath.map { LibraryPath.list($0, origin: origin) } ?? []) + above : []
        )
    }

    private func find(_ name: String, for requester: Requester) -> Requester? {
        for path in candidates(name, for: requester) {
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
    private func candidates(_ name: String, for requester: Requester) -> [String] {
        if name.utf8.contains(UInt8(ascii: "/")) {
            return LibraryPath(name, origin: requester.origin).directories.filter { FilePath.isAbsolute($0) }
        }
        let own = (requester.rpath + requester.runpath).flatMap(\.directories)
        return own.filter { FilePath.isAbsolute($0) }.map { FilePath.join($0, name) } + cache.paths(of: name)
            + systemDirectories.map { FilePath.join($0, name) }
    }

    /// The names of the files that this process has mapped.
    private static func mappedLibraries() -> Set<String> {
        Set(LoadedObject.mappedFiles().map { FilePath.name($0) }.filter { $0.contains(".so") })
    }
}
