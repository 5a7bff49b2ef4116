import TauroBasics
import TauroModel

extension ConfigKeySet {
    /// The keys of `global_settings` that have a meaning; people may add their own.
    package static let globalSettings = ConfigKeySet(
        "global settings",
        openness: .open,
        [
            ConfigKey("project_name", .text, "The project's name."),
            ConfigKey(
                "input_path",
                .text,
                default: .string(builtIn.inputPath),
                "The directory of inputs, for `${input_path}`."
            ),
            ConfigKey(
                "output_path",
                .text,
                default: .string(builtIn.outputPath),
                "The directory of all outputs."
            ),
            ConfigKey(
                "allowed_paths",
                .texts,
                "Directories outside the project that paths of datasets may lead to by `..` or by a symbolic link; relative "
                    + "to the project."
            ),
            ConfigKey(
                "default_output_format",
                .text,
                default: .string(builtIn.defaultOutputFormat.value),
                "The format of outputs without an entry in `output`."
            ),
            ConfigKey("start_date", .day, "First day of a run that names none."),
            ConfigKey("end_date", .day, "Last day of a run that names none."),
            ConfigKey(
                "max_workers",
                .wholeNumber(atLeast: 1),
                aliases: ["max_parallel_nodes"],
                default: .integer(Int64(builtIn.maxWorkers)),
                "How many nodes may run at once."
            ),
            ConfigKey(
                "memory_limit",
                .byteCount(),
                "How much memory a run may use before it goes to disk, for example `2 GB`: half of it for queries, half for "
                    + "the frames between nodes; without it three quarters of the machine's, or of its control group's."
            ),
            ConfigKey(
                "temp_directory",
                .text,
                "The directory for what memory has no room for, and other temporary files; relative to the project."
            ),
            ConfigKey(
                "plugins",
                .texts,
                "Directories of plugins besides the project's own `plugins/`; relative to the project."
            ),
            ConfigKey(
                "storage_options",
                .map,
                "Defaults for `storage_options` of inputs that are on servers."
            ),
            ConfigKey("params", .map, "Defaults for parameters of those nodes that declare them."),
            ConfigKey(
                "default_hyperparams",
                .map,
                aliases: ["hyperparams", "hyperparameters"],
                "Defaults for hyperparameters."
            ),
            ConfigKey(
                "default_model_version",
                .text,
                aliases: ["model_version"],
                "The version of the model where neither call nor pipeline names one."
            ),
            ConfigKey(
                "mode",
                .word(["local", "databricks", "distributed"]),
                status: .later(exceptFor: ["local"]),
                "Where pipelines run."
            ),
            ConfigKey("metrics", .texts, status: .later(), "Defaults for the metrics of nodes."),
            ConfigKey("tags", .texts, "The tags of nodes that have none, nor their pipeline."),
            ConfigKey(
                "ml_info",
                .either([.text, .keys(mlInfo)]),
                "Settings of ML nodes, or the path of the file that holds them, relative to the project."
            ),
            ConfigKey("mlops_enabled", .flag, status: .later(), "Whether runs are tracked."),
            ConfigKey("mlops_path", .text, status: .later(), "Where runs are tracked."),
            ConfigKey("model_registry_path", .text, status: .later(), "Where models are registered."),
            ConfigKey(
                "max_retries",
                .wholeNumber(atLeast: 0, atMost: 1000),
                "Another name of `max_retries` in `retry`."
            ),
            ConfigKey("retry_delay", .number(atLeast: 0), "Another name of `delay_seconds` in `retry`."),
            ConfigKey(
                "pools",
                .mapOf(.wholeNumber(atLeast: 1)),
                "How many nodes of each pool may run at once, by the pools' names."
            ),
            ConfigKey(
                "durability",
                .word(Durability.allCases.map(\.rawValue)),
                default: .string(builtIn.durability.rawValue),
                "What the memory of a run survives: the death of the process, or that of the machine as well, which costs time."
            ),
            ConfigKey(
                "keep_results",
                .byteCount(atLeast: 0),
                default: "64 MB",
                "Up to which size the result of a node without outputs, which others read, is copied into the run's directory, "
                    + "so that a resumed run need not make it again."
            ),
            ConfigKey(
                "execution_timeout_seconds",
                .number(atLeast: 0),
                status: .later(),
                "How long a run may take."
            ),
            ConfigKey("node_timeout_seconds", .number(atLeast: 0.001), "Another name of `timeout_seconds`."),
            ConfigKey(
                "max_streaming_pipelines",
                .wholeNumber(atLeast: 1),
                status: .later(),
                "How many streaming pipelines may run at once."
            ),
            ConfigKey("checkpoints_base", .text, status: .later(), "Where streaming queries keep their progress."),
            ConfigKey("fail_on_error", .flag, status: .later(exceptFor: ["true"]), "Whether write errors are errors."),
            ConfigKey("spark_config", .map, status: .later(), "Options of the Spark engine."),
            ConfigKey(
                "format_policy",
                .keys(formatPolicy),
                status: .later(),
                "Which formats streaming pipelines take."
            ),
        ] + executionKeys
    )

    /// The keys of `format_policy`.
    package static let formatPolicy = ConfigKeySet(
        "`format_policy`",
        [
            ConfigKey(
                "supported_inputs",
                .texts,
                default: texts(builtIn.formatPolicy.supportedInputs),
                "Formats that streaming nodes read."
            ),
            ConfigKey(
                "supported_outputs",
                .texts,
                default: texts(builtIn.formatPolicy.supportedOutputs),
                "Formats that streaming nodes write."
            ),
            ConfigKey(
                "compatibility_map",
                .mapOf(.texts),
                "For the format of a batch output, the formats a streaming node can read it as."
            ),
            ConfigKey(
                "checkpoint_required_inputs",
                .texts,
                default: texts(builtIn.formatPolicy.checkpointRequiredInputs),
                "Formats whose readers must have a `checkpoint_location`."
            ),
        ]
    )

    /// The settings of a project that sets nothing.
    private static let builtIn = GlobalSettings(
        inputPath: GlobalSettings.defaultInputPath,
        outputPath: GlobalSettings.defaultOutputPath
    )

    private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
