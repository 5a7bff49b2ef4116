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
    /// All names there are, sorted.
    package let names: [String]
    /// The project's lock; nil if it has none.
    package let lock: ProjectLock?
    let search: PluginSearch
    private let signatures: [String: NodeSignature]

    /// The signature of the function called `name`; nil for a name that two files claim.
    package func signature(named name: String) -> NodeSignature? { signatures[name] }

    /// Directories that could not be read.
    ///
    /// One that does not exist is none.
    package var problems: [Diagnostic] {
        search.directories.compactMap { searched in
            guard case .unreadable(let reason) = searched.state else { return nil }
            return Diagnostic(.error, .configuration, "the plugin directory can not be read: \(reason)")
        }
    }

    /// Looks at each `*.so` in the directories, sorted by name, not below them.
    ///
    /// A missing directory is an empty one. A file that is found twice, by whatever links, counts once, at its first
    /// place. One that is not trusted is a refusal, whatever it is needed for.
    package static func discover(_ directories: [PluginDirectory], lock: ProjectLock? = nil) -> PluginCatalog {
        var search = PluginSearch(lock: lock)
        for directory in directories { search.read(directory) }
        return PluginCatalog(search, lock: lock)
    }

    init(_ search: PluginSearch, lock: ProjectLock?) {
        var owners: [String: [String]] = [:]
        for file in search.plugins {
            for signature in file.signatures { owners[signature.name, default: []].append(file.plugin.path) }
        }
        let ambiguous = owners.filter { $0.value.count > 1 }
        let refused = search.plugins.compactMap { PluginCatalog.refusal(of: $0, ambiguous) }
        self.lock = lock
        self.search = search
        self.searchedDirectories = search.directories.filter { $0.directory.ignored == nil }.map(\.directory.path)
        self.refusals =
            search.directories.flatMap(\.files).compactMap { file in
                if case .refused(let refusal) = file.finding { refusal } else { nil }
            } + refused
        self.plugins = search.plugins.map { file in
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
            reason: "shares \(shown)\(rest) with \(others.joined(separator: " and "))",
            cure: "remove one of the files",
            duplicates: names
        )
    }
}
