import TauroBasics
import TauroModel

/// Turns the section `global_settings` into settings.
struct GlobalSettingsDecoder {
    let projectDirectory: String
    let findings: Findings

    /// The settings; what is not said has the built-in default.
    func decode(_ section: ConfigValue) -> GlobalSettings {
        let read = FieldsReader(.globalSettings, findings: findings)
            .read(section, of: Owner("global settings"), at: section.location)
        guard let fields = read else { return defaults }
        var settings = defaults
        settings.projectName = fields.text("project_name")
        if let path = directory("input_path", fields) { settings.inputPath = path }
        settings.allowedPaths = directories("allowed_paths", fields)
        if let path = fields.locatedText("output_path") { settings.outputPath = outputPath(path, settings) }
        if let format = fields.locatedText("default_output_format") { settings.defaultOutputFormat = format }
        settings.startDate = fields.locatedText("start_date")
        settings.endDate = fields.locatedText("end_date")
        if let workers = WorkerCount.read(fields, of: Owner("global settings"), findings: findings) {
            settings.maxWorkers = workers
        }
        settings.parameters = fields.map("params")
        settings.hyperparameters = fields.map("default_hyperparams")
        settings.storageOptions = fields.map("storage_options")
        settings.tags = (fields.texts("tags") ?? []).map(\.value)
        settings.pluginDirectories = directories("plugins", fields)
        settings.memoryLimit = fields["memory_limit"].flatMap { ByteCount($0)?.bytes }
        settings.temporaryDirectory = directory("temp_directory", fields)
        if let policy = fields["format_policy"] { settings.formatPolicy = FormatPolicy(replacing: policy) }
        settings.modelVersion = fields.text("default_model_version")
        settings.execution = execution(fields)
        settings.pools = fields.map("pools").compactMapValues { value in
            if case .integer(let limit) = value.content { Int(limit) } else { nil }
        }
        if let durability = fields.text("durability").flatMap(Durability.init) { settings.durability = durability }
        if let size = fields["keep_results"].flatMap({ ByteCount($0, atLeast: 0) }) {
            settings.keepResults = size.bytes
        }
        if case .map(let entries) = section.content {
            settings.all = Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        }
        return settings
    }

    /// The settings of a project that sets nothing.
    var defaults: GlobalSettings {
        GlobalSettings(
            inputPath: absolute(GlobalSettings.defaultInputPath),
            outputPath: absolute(GlobalSettings.defaultOutputPath)
        )
    }

    /// The keys that nodes and pipelines have too, and the other names that some of them have here.
    private func execution(_ fields: Fields) -> ExecutionSettings {
        var execution = fields.executionSettings(of: Owner("global settings"), findings: findings)
        execution.timeoutSeconds = execution.timeoutSeconds ?? fields.number("node_timeout_seconds")
        let retry = RetrySettings(
            maxRetries: fields.wholeNumber("max_retries"),
            delaySeconds: fields.number("retry_delay"),
            location: (fields["max_retries"] ?? fields["retry_delay"])?.location
        )
        execution.retry = execution.retry.merged(over: retry)
        return execution
    }

    private func directories(_ key: String, _ fields: Fields) -> [String] {
        let directories = fields.texts(key) ?? []
        for directory in directories where directory.value.isEmpty {
            findings.error("`\(key)` of global settings has an empty path.", at: directory.location)
        }
        return directories.map { paths.directory($0, "`\(key)` of global settings") }
    }

    private func outputPath(_ path: Located<String>, _ settings: GlobalSettings) -> String {
        let subject = "`output_path` of global settings"
        let bounds = PathBounds(project: projectDirectory, allowed: settings.allowedPaths)
        _ = paths.bounded(path, subject, by: bounds)
        return paths.directory(path, subject)
    }

    private func directory(_ key: String, _ fields: Fields) -> String? {
        fields.locatedText(key).map { paths.directory($0, "`\(key)` of global settings") }
    }

    private var paths: LocalPath { LocalPath(projectDirectory: projectDirectory, findings: findings) }

    private func absolute(_ path: String) -> String { FilePath.absolute(path, from: projectDirectory) }
}
