import TauroModel

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

/// What counts where no file says anything.
enum BuiltInValue {
    /// The value of the last of `paths`, which fall back to one another; nil where there is none.
    static func of(_ paths: [ConfigKeyPath]) -> ConfigValue.Content? {
        guard let own = paths.first, let last = paths.last, last.key.count == 1 else { return nil }
        let settings = GlobalSettings(
            inputPath: GlobalSettings.defaultInputPath,
            outputPath: GlobalSettings.defaultOutputPath
        )
        let execution = PlannedExecution()
        switch (own.section, last.keySet?.key(last.key[last.key.startIndex])?.name) {
        case (.pipelines, "type"): return .string(PipelineDefinition.Kind.batch.rawValue)
        case (.output, "write_mode"): return .string(DatasetDefinition.WriteMode.overwrite.rawValue)
        case (_, "max_workers"): return .integer(Int64(settings.maxWorkers))
        case (_, "default_output_format"): return .string(settings.defaultOutputFormat.value)
        case (_, "input_path"): return .string(settings.inputPath)
        case (_, "output_path"): return .string(settings.outputPath)
        case (_, "isolation"): return .string(execution.isolation.rawValue)
        case (_, "on_failure"): return .string(execution.onFailure.rawValue)
        default: return nil
        }
    }
}
