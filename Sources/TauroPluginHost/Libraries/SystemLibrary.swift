import TauroBasics

/// A library of the system that is looked for by the beginning of its name, and not loaded.
package enum SystemLibrary {
    /// The file that the loader would take for `stem`, such as `libarrow`, with whatever version; nil where there is none.
    ///
    /// Of several versions the last by name.
    package static func find(_ stem: String) -> String? {
        let listed = LoaderCache.system.paths(ofNamesBeginning: stem + ".so")
        let lying = LibrarySearch.system.systemDirectories.flatMap { directory in
            ((try? FileSystem.list(directory)) ?? []).filter { $0.hasPrefix(stem + ".so") }
                .map { FilePath.join(directory, $0) }
        }
        return (listed + lying).filter { FileSystem.exists($0) }
            .max { FilePath.name($0).utf8.lexicographicallyPrecedes(FilePath.name($1).utf8) }
    }
}
