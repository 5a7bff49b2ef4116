/// Which other keys stand in for one that is not set: its pipeline's for a node's, the global settings' for either.
enum Inheritance {
    /// The key itself and those it falls back to, nearest first.
    ///
    /// A key falls back to global settings when these know a key of one of its names; `pipeline` is the pipeline that a
    /// node's keys fall back to.
    static func paths(from path: ConfigKeyPath, pipeline: String?) -> [ConfigKeyPath] {
        guard let spelling = path.key.first, let key = path.keySet?.key(spelling) else { return [path] }
        let rest = path.key.dropFirst()
        switch path.section {
        case .nodes, .pipelines:
            guard let global = global(key) else { return [path] }
            var paths = [path]
            if path.section == .nodes, let pipeline, ConfigKeySet.pipeline.key(key.name) != nil {
                paths.append(ConfigKeyPath(.pipelines, pipeline, [key.name] + rest))
            }
            return paths + globalSettings(global, rest)
        case .globalSettings: return globalSettings(spelling, rest)
        case .output where key.name == "format": return [path] + globalSettings("default_output_format", rest)
        default: return [path]
        }
    }

    private static func global(_ key: ConfigKey) -> String? {
        ([key.name] + key.aliases).lazy.compactMap { ConfigKeySet.globalSettings.key($0)?.name }.first
    }

    /// The time-out has a second name there that is a key of its own.
    private static func globalSettings(_ key: String, _ rest: ArraySlice<String>) -> [ConfigKeyPath] {
        let names = key == "timeout_seconds" ? [key, "node_timeout_seconds"] : [key]
        return names.map { ConfigKeyPath(.globalSettings, nil, [$0] + rest) }
    }
}
