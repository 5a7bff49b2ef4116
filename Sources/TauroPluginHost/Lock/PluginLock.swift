import TauroBasics
package import TauroModel

/// The plugins a project was tried with: what `tauro.lock` holds.
package struct PluginLock: Sendable, Hashable {
    /// The file's name in the project's directory.
    package static let fileName = "tauro.lock"
    /// The version of the file's form that this host reads and writes.
    static let version: Int64 = 1

    /// Sorted by path.
    package let plugins: [LockedPlugin]

    package init(_ plugins: [LockedPlugin]) {
        self.plugins = plugins.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The file's content: one key a line, so that versions of it can be compared line by line.
    package var text: String {
        let document: JSONValue = ["version": .integer(PluginLock.version), "plugins": .array(plugins.map(document))]
        return document.text(.pretty) + "\n"
    }

    /// What changes from this lock to `other`, by path.
    package func differences(to other: PluginLock) -> [LockDifference] {
        let before = Dictionary(plugins.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(other.plugins.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let paths = Set(before.keys).union(after.keys).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return paths.compactMap { path in
            switch (before[path], after[path]) {
            case (nil, let found?): .added(found)
            case (let locked?, nil): .removed(locked)
            case (let locked?, let found?) where locked != found: .changed(locked: locked, found: found)
            default: nil
            }
        }
    }

    private func document(_ plugin: LockedPlugin) -> JSONValue {
        [
            "path": .string(plugin.path), "name": .string(plugin.name), "version": .string(plugin.version),
            "abi": .string(plugin.abi), "size": .integer(plugin.size), "sha256": .string(plugin.sha256),
            "nodes": .array(plugin.nodes.map { .string($0) }),
        ]
    }
}
