import TauroBasics
import TauroModel

/// Reads the text of a lock, strictly: a part that nobody reads could be one that was meant to protect.
struct LockReader {
    private var values: LockValueReader

    init(_ bytes: [UInt8]) { values = LockValueReader(bytes) }

    /// The plugins of the lock.
    mutating func plugins() throws(LockProblem) -> [LockedPlugin] {
        try values.expect(.beginObject, "a map with `version` and `plugins`")
        var hasVersion = false
        var plugins: [LockedPlugin]?
        while let key = try values.nextKey() {
            switch key {
            case "version":
                try checkVersion()
                hasVersion = true
            case "plugins": plugins = try list()
            default: throw values.here("`\(key)` is not a key of a lock; known keys: version, plugins")
            }
        }
        guard hasVersion else { throw values.here("`version` is missing") }
        guard let plugins else { throw values.here("`plugins` is missing") }
        try values.expect(.end, "the end of the file")
        return plugins
    }

    private mutating func checkVersion() throws(LockProblem) {
        let version = try values.number("version")
        guard version == PluginLock.version else {
            throw values.here(
                "it is of version \(version), this host reads version \(PluginLock.version); use a newer host, or "
                    + "write it anew with `tauro-host plugins lock --update`"
            )
        }
    }

    private mutating func list() throws(LockProblem) -> [LockedPlugin] {
        try values.expect(.beginArray, "a list of plugins")
        var plugins: [LockedPlugin] = []
        var paths: Set<String> = []
        while try values.hasItem(.beginObject, "a map that describes a plugin") {
            let plugin = try plugin()
            guard paths.insert(plugin.path).inserted else { throw values.here("it names '\(plugin.path)' twice") }
            plugins.append(plugin)
        }
        return plugins
    }

    private mutating func plugin() throws(LockProblem) -> LockedPlugin {
        var texts: [String: String] = [:]
        var size: Int64?
        var nodes: [String]?
        while let key = try values.nextKey() {
            switch key {
            case "path", "name", "version", "abi": texts[key] = try values.text(key)
            case "sha256": texts[key] = try values.digest(key)
            case "size": size = try values.number(key)
            case "nodes": nodes = try values.texts(key)
            default:
                let known = LockReader.keys.joined(separator: ", ")
                throw values.here("`\(key)` is not a key of a locked plugin; known keys: \(known)")
            }
        }
        let there = Set(texts.keys).union(size.map { _ in ["size"] } ?? []).union(nodes.map { _ in ["nodes"] } ?? [])
        if let missing = LockReader.keys.first(where: { !there.contains($0) }) {
            throw values.here("a plugin has no `\(missing)`")
        }
        return LockedPlugin(
            path: texts["path", default: ""],
            name: texts["name", default: ""],
            version: texts["version", default: ""],
            abi: texts["abi", default: ""],
            size: size ?? 0,
            sha256: texts["sha256", default: ""],
            nodes: nodes ?? []
        )
    }

    private static let keys = ["path", "name", "version", "abi", "size", "sha256", "nodes"]
}
