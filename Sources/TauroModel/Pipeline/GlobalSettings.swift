/// What `global_settings` says for the whole project.
public struct GlobalSettings: Sendable {
    /// Where inputs are unless said, below the project.
    package static let defaultInputPath = "data/input"
    /// Where outputs are stored unless said, below the project.
    package static let defaultOutputPath = "data/output"

    /// The project's name.
    public var projectName: String?
    /// Absolute directory that relative input paths may refer to as `${input_path}`.
    public var inputPath: String
    /// Absolute directory that outputs are stored under.
    public var outputPath: String
    /// The format of an output that has no entry in `output.yaml`.
    public var defaultOutputFormat: Located<String>
    /// First day of a run that names none.
    public var startDate: Located<String>?
    /// Last day of a run that names none.
    public var endDate: Located<String>?
    /// How many nodes may run at once.
    public var maxWorkers: Int
    /// Defaults for typed parameters; each reaches only the nodes that declare it.
    public var parameters: [String: ConfigValue]
    /// Defaults for hyperparameters (`default_hyperparams`).
    public var hyperparameters: [String: ConfigValue]
    /// Tags of nodes that have none of their own, nor of their pipeline.
    public var tags: [String]
    /// The version of the model where neither call nor pipeline names one (`default_model_version`).
    public var modelVersion: String?
    /// How nodes are executed where neither they nor their pipeline say it.
    public var execution: ExecutionSettings
    /// Absolute directories that plugins are looked for in, after the project's own `plugins/`.
    public var pluginDirectories: [String]
    /// How much memory a run may use before it goes to disk, in bytes (`memory_limit`).
    public var memoryLimit: Int64?
    /// Absolute directory for temporary files (`temp_directory`); nil for one in the project.
    public var temporaryDirectory: String?
    /// Which formats streaming nodes read and write (`format_policy`).
    public var formatPolicy: FormatPolicy
    /// What servers are told that inputs are on, where the inputs themselves do not say it (`storage_options`).
    public var storageOptions: [String: ConfigValue] = [:]
    /// Absolute directories outside the project that paths may lead to by `..` or a link (`allowed_paths`).
    public var allowedPaths: [String] = []
    /// How many nodes of a pool may run at once, by the pool's name (`pools`); each at least 1.
    public var pools: [String: Int] = [:]
    /// What the memory of a run survives (`durability`).
    public var durability = Durability.process
    /// Up to how many bytes the result of a node without outputs, which others read, is copied into the run's directory, so
    /// that a resumed run need not make it again (`keep_results`); 0 for none.
    public var keepResults: Int64 = 64_000_000
    /// Every top-level key as written, for interpolation and for people's own keys.
    public var all: [String: ConfigValue]

    /// Creates settings; all but the paths have the built-in defaults.
    public init(
        inputPath: String,
        outputPath: String,
        projectName: String? = nil,
        defaultOutputFormat: Located<String> = Located("parquet"),
        startDate: Located<String>? = nil,
        endDate: Located<String>? = nil,
        maxWorkers: Int = 4,
        parameters: [String: ConfigValue] = [:],
        hyperparameters: [String: ConfigValue] = [:],
        tags: [String] = [],
        modelVersion: String? = nil,
        execution: ExecutionSettings = ExecutionSettings(),
        pluginDirectories: [String] = [],
        memoryLimit: Int64? = nil,
        temporaryDirectory: String? = nil,
        formatPolicy: FormatPolicy = FormatPolicy(),
        all: [String: ConfigValue] = [:]
    ) {
        self.inputPath = inputPath
        self.outputPath = outputPath
        self.projectName = projectName
        self.defaultOutputFormat = defaultOutputFormat
        self.startDate = startDate
        self.endDate = endDate
        self.maxWorkers = maxWorkers
        self.parameters = parameters
        self.hyperparameters = hyperparameters
        self.tags = tags
        self.modelVersion = modelVersion
        self.execution = execution
        self.pluginDirectories = pluginDirectories
        self.memoryLimit = memoryLimit
        self.temporaryDirectory = temporaryDirectory
        self.formatPolicy = formatPolicy
        self.all = all
    }
}
