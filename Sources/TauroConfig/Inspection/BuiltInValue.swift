import TauroModel

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
