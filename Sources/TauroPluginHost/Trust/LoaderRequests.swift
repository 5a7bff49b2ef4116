import TauroBasics
import TauroModel

/// What a plugin's file asks of the system's loader beside being loaded: where to look for the libraries it needs, and
/// which rights its stack has.
///
/// Whoever can write where libraries are looked for decides what code runs, and so does whoever starts the host where a
/// path is seen from the working directory. What the libraries ask in turn is not looked at.
struct LoaderRequests {
    /// What the file says of its stack.
    private enum Stack {
        case data
        case code
        /// Nothing, which the loader takes for code.
        case silent
    }

    /// Most entries of a search path that are looked at.
    private static let mostEntries = 256
    /// Most libraries that are told one by one.
    private static let mostLibraries = 8

    /// The entries of its search paths, each with the name of the path.
    private let entries: [(name: String, entry: LibraryPath)]
    /// Libraries it needs by a path that is seen from the working directory.
    let relativeNeeds: [String]
    private let stack: Stack

    /// Reads the requests of a file in the directory `origin`.
    ///
    /// - Throws: `ElfError`.
    init(_ elf: ElfFile, _ dynamic: ElfDynamicSection, origin: String) throws(ElfError) {
        let old = try dynamic.texts(ElfDynamicSection.Tag.rpath)
        let new = try dynamic.texts(ElfDynamicSection.Tag.runpath)
        let needed = try dynamic.texts(ElfDynamicSection.Tag.needed)
        entries =
            LoaderRequests.entries("RPATH", old, origin) + LoaderRequests.entries("RUNPATH", new, origin)
        relativeNeeds = needed.filter { name in
            name.utf8.contains(UInt8(ascii: "/")) && LibraryPath(name, origin: origin).isRelative
        }
        let segment = elf.segments.first { $0.type == ElfFile.SegmentType.stack }
        stack = segment.map { $0.rights.contains(.execute) ? .code : .data } ?? .silent
    }

    private static func entries(
        _ name: String,
        _ paths: [String],
        _ origin: String
    ) -> [(name: String, entry: LibraryPath)] {
        paths.flatMap { LibraryPath.list($0, origin: origin).prefix(mostEntries).map { (name, $0) } }
    }

    /// Everything that is asked for and not given.
    ///
    /// `distrust` says why nothing may be loaded from a directory, as a clause; nil if it may.
    func findings(distrust: (String) -> String?) -> [CheckFinding] {
        searchPaths(distrust: distrust) + neededLibraries + memoryRights
    }

    /// Entries of the search paths from which nothing may be loaded: E10.
    func searchPaths(distrust: (String) -> String?) -> [CheckFinding] {
        entries.compactMap { finding($0.entry, $0.name, distrust) }
    }

    private func finding(_ entry: LibraryPath, _ name: String, _ distrust: (String) -> String?) -> CheckFinding? {
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
        guard let reason = entry.directories.compactMap({ distrust($0) }).first else { return nil }
        return CheckFinding(
            .searchPaths,
            .error,
            "the file's \(name) has '\(Substring(entry.text).shown)', from which nothing may be loaded: \(reason)",
            cure: "take the right to write from others, or link with another -Wl,-rpath"
        )
    }

    /// Libraries that are named by a path which depends on the working directory: E11.
    var neededLibraries: [CheckFinding] {
        relativeNeeds.prefix(LoaderRequests.mostLibraries).map { name in
            CheckFinding(
                .neededLibraries,
                .error,
                "the file needs '\(Substring(name).shown)', a path that is seen from the working directory",
                cure: "give that library a name when it is linked, -Wl,-soname,\(Substring(FilePath.name(name)).shown)"
            )
        }
    }

    /// A stack that can be run as code: E06.
    var memoryRights: [CheckFinding] {
        let message: String
        switch stack {
        case .data: return []
        case .code: message = "the file asks for a stack that can be run as code"
        case .silent: message = "the file does not say that its stack is no code, so the loader makes it code"
        }
        let cure =
            "link with -Wl,-z,noexecstack; objects from assembler need a section .note.GNU-stack, and GNU C's nested "
            + "functions whose address is taken need to go"
        return [CheckFinding(.memoryRights, .error, message, cure: cure)]
    }
}
