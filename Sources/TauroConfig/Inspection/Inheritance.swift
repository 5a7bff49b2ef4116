import TauroModel

/// Which other keys stand in for one that is not set, by the order of `SettingsLevel`.
struct Inheritance {
    /// A key, and which tree it is looked up in.
    struct Step {
        let path: ConfigKeyPath
        /// Whether it is looked up in the file that `ml_info` of global settings names, not in its section.
        var isInNamedFile = false
    }

    /// Second names of keys in global settings.
    private static let secondNames = [
        "timeout_seconds": "node_timeout_seconds", "retry.max_retries": "max_retries",
        "retry.delay_seconds": "retry_delay",
    ]

    /// What `ml_info` says for nodes; its other keys are about the model itself.
    private static let machineLearningKeys: Set<String> = ["hyperparams", "model_version"]

    /// The key itself and those it falls back to, nearest first.
    ///
    /// A key falls back to global settings when these know a key of one of its names; `pipeline` is the pipeline that a
    /// node's keys fall back to.
    static func steps(from path: ConfigKeyPath, pipeline: String?) -> [Step] {
        guard let spelling = path.key.first, let key = path.keySet?.key(spelling) else { return [Step(path: path)] }
        let rest = path.key.dropFirst()
        switch path.section {
        case .nodes, .pipelines:
            guard let global = global(key) else { return [Step(path: path)] }
            return SettingsLevel.nearestFirst.flatMap { level in
                switch level {
                case .node: path.section == .nodes ? [Step(path: path)] : []
                case .pipeline: pipelines(path.section == .pipelines ? path.entry : pipeline, key, rest)
                case .mlInfo: machineLearningKeys.contains(key.name) ? machineLearning([key.name] + rest) : []
                case .globalSettings: globalSettings(global, rest)
                }
            }
        case .globalSettings: return globalSettings(spelling, rest)
        case .output where key.name == "format":
            return [Step(path: path)] + globalSettings("default_output_format", rest)
        default: return [Step(path: path)]
        }
    }

    /// A pipeline's own key wins over that of its `config`.
    private static func pipelines(_ pipeline: String?, _ key: ConfigKey, _ rest: ArraySlice<String>) -> [Step] {
        guard let pipeline, ConfigKeySet.pipeline.key(key.name) != nil else { return [] }
        let own = Step(path: ConfigKeyPath(.pipelines, pipeline, [key.name] + rest))
        if ConfigKeySet.pipelineConfig.key(key.name) == nil { return [own] }
        return [own, Step(path: ConfigKeyPath(.pipelines, pipeline, ["config", key.name] + rest))]
    }

    /// The sources of `MLInfo`, the one that wins first.
    private static func machineLearning(_ key: ArraySlice<String>) -> [Step] {
        [
            Step(path: ConfigKeyPath(.mlInfo, nil, key)), Step(path: ConfigKeyPath(.mlConfig, nil, key)),
            Step(path: ConfigKeyPath(.mlInfo, nil, key), isInNamedFile: true),
            Step(path: ConfigKeyPath(.globalSettings, nil, ["ml_info"] + key)),
        ]
    }

    private static func global(_ key: ConfigKey) -> String? {
        ([key.name] + key.aliases).lazy.compactMap { ConfigKeySet.globalSettings.key($0)?.name }.first
    }

    /// Some keys have a second name there that is a key of its own.
    private static func globalSettings(_ key: String, _ rest: ArraySlice<String>) -> [Step] {
        let path = [key] + rest
        return [Step(path: ConfigKeyPath(.globalSettings, nil, path[...]))]
            + (secondNames[path.joined(separator: ".")].map { [Step(path: ConfigKeyPath(.globalSettings, nil, [$0]))] }
                ?? [])
    }
}
