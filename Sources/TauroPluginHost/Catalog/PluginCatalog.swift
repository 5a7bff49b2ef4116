import TauroBasics
package import TauroModel

/// Every node function of the plugins in some directories.
///
/// Reads files, loads none. Immutable once made.
package struct PluginCatalog: SignatureSource {
    /// One plugin that was taken.
    package struct Entry: Sendable {
        /// The file and what it says about itself.
        package let plugin: NodeSignature.Plugin
        /// Its nodes in the order of the file; without those that are refused as ambiguous.
        package let signatures: [NodeSignature]
    }

    /// Absolute directories that were searched, in order.
    package let searchedDirectories: [String]
    /// The plugins that were taken, in the order they were found.
    package let plugins: [Entry]
    /// Files that look like plugins and were not taken, or not for every name, each with the reason.
    package let refusals: [PluginRefusal]
    /// Directories that could not be read.
    ///
    /// One that does not exist is none.
    package let problems: [Diagnostic]
    /// All names there are, sorted.
    package let names: [String]
    private let signatures: [String: NodeSignature]

    /// The signature of the function called `name`; nil for a name that two files claim.
    package func signature(named name: String) -> NodeSignature? { signatures[name] }

    /// Looks at each `*.so` in `directories`, sorted by name, not below them.
    ///
    /// A missing directory is an empty one.
    ///
    /// A file that is found twice, by whatever links, counts once, at its first place.
    package static func discover(directories: [String]) -> PluginCatalog {
        var search = PluginSearch()
        for directory in directories { search.read(directory) }
        return PluginCatalog(searchedDirectories: directories, search: search)
    }

    private init(searchedDirectories: [String], search: PluginSearch) {
        var owners: [String: [String]] = [:]
        for file in search.files {
            for signature in file.signatures { owners[signature.name, default: []].append(file.plugin.path) }
        }
        let ambiguous = owners.filter { $0.value.count > 1 }
        let refused = search.files.compactMap { PluginCatalog.refusal(of: $0, ambiguous) }
        self.searchedDirectories = searchedDirectories
        self.problems = search.problems
        self.refusals = search.refusals + refused
        self.plugins = search.files.map { file in
            Entry(plugin: file.plugin, signatures: file.signatures.filter { ambiguous[$0.name] == nil })
        }
        self.signatures = Dictionary(
            plugins.flatMap(\.signatures).map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.names = signatures.keys.sorted()
    }

    private static func refusal(of file: PluginFile, _ ambiguous: [String: [String]]) -> PluginRefusal? {
        let names = file.signatures.map(\.name).filter { ambiguous[$0] != nil }.sorted()
        if names.isEmpty { return nil }
        let others = Set(names.flatMap { ambiguous[$0] ?? [] }).subtracting([file.plugin.path]).sorted()
        let shown = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
        let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
        return PluginRefusal(
            path: file.plugin.path,
            reason: "shares \(shown)\(rest) with \(others.joined(separator: " and ")); remove one of the files",
            duplicates: names
        )
    }
}

/// What a walk over plugin directories has found so far.
private struct PluginSearch {
    private(set) var files: [PluginFile] = []
    private(set) var refusals: [PluginRefusal] = []
    private(set) var problems: [Diagnostic] = []
    private var seen: Set<PlainFile.Identity> = []
    private var seenPaths: Set<String> = []

    mutating func read(_ directory: String) {
        do throws(SystemError) {
            let names = try FileSystem.list(directory).filter { $0.hasSuffix(".so") }
            let paths = names.map { FilePath.join(directory, $0) }
            PlainFile.announce(paths, head: ElfFile.headSize)
            let real = try FileSystem.realPath(directory)
            for path in paths { examine(path, in: real) }
        } catch {
            guard !error.isMissingPath else { return }
            problems.append(
                Diagnostic(.error, .configuration, "the plugin directory can not be read: \(error.description)")
            )
        }
    }

    /// Examines the file at `path`, whose directory is `directory` once links are followed.
    private mutating func examine(_ path: String, in directory: String) {
        do throws(PluginFormatError) {
            let real = try PluginSearch.resolved(path, in: directory)
            guard seenPaths.insert(real).inserted else { return }
            let file = try PluginFile(path: real)
            if seen.insert(file.identity).inserted { files.append(file) }
        } catch {
            refusals.append(PluginRefusal(path: path, reason: error.reason))
        }
    }

    private static func resolved(_ path: String, in directory: String) throws(PluginFormatError) -> String {
        do throws(SystemError) {
            // Of a file that is no link, the directory alone has to be followed, and that is done.
            if try FileSystem.kindWithoutFollowing(path) == .file {
                return FilePath.join(directory, FilePath.name(path))
            }
            return try FileSystem.realPath(path)
        } catch {
            throw PluginFormatError("can not be read: \(error.text)")
        }
    }
}
