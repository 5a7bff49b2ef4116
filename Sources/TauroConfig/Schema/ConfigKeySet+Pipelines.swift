import TauroBasics

extension ConfigKeySet {
    /// The keys of a pipeline.
    package static let pipeline = ConfigKeySet(
        "a pipeline",
        [
            ConfigKey("nodes", .names, presence: .required, "The names of its nodes, in order."),
            ConfigKey(
                "type",
                .word(["batch", "streaming", "hybrid", "ml"]),
                default: "batch",
                "What kind of nodes it holds."
            ),
            ConfigKey("description", .text, "What it is for."),
            ConfigKey("params", .map, "Defaults for parameters of those of its nodes that declare them."),
            ConfigKey(
                "hyperparams",
                .map,
                aliases: ["hyperparameters"],
                "Defaults for the hyperparameters of its nodes."
            ),
            ConfigKey(
                "config",
                .keys(pipelineConfig),
                "What its nodes share, in another form; the same key beside `config` wins."
            ),
            ConfigKey("model_version", .text, "The version of the model its nodes train or use."),
            ConfigKey(
                "max_workers",
                .wholeNumber(atLeast: 1),
                aliases: ["max_parallel_nodes"],
                "How many of its nodes may run at once."
            ),
            ConfigKey("metrics", .texts, status: .later(), "Defaults for the metrics of its nodes."),
            ConfigKey("tags", .texts, "The tags of those of its nodes that have none."),
            ConfigKey("model_name", .text, status: .later(), "The name of the model its nodes train or use."),
            ConfigKey("inputs", .anything, status: .later(), "The datasets it reads."),
            ConfigKey("outputs", .anything, status: .later(), "The datasets it stores."),
            ConfigKey("spark_config", .map, status: .later(), "Options of the Spark engine."),
            ConfigKey("requires_dates", .flag, "Whether a run must have dates; false unless said."),
            ConfigKey("schedule", .anything, status: .later(), "When it runs."),
        ] + executionKeys
    )

    /// The keys of a pipeline's `config`.
    package static let pipelineConfig = ConfigKeySet(
        "`config`",
        [
            ConfigKey(
                "hyperparams",
                .map,
                aliases: ["hyperparameters"],
                "Defaults for the hyperparameters of its nodes."
            ),
            ConfigKey("model_version", .text, "The version of the model its nodes train or use."),
            ConfigKey("model_name", .text, status: .later(), "The name of the model its nodes train or use."),
            ConfigKey("metrics", .texts, status: .later(), "Defaults for the metrics of its nodes."),
        ]
    )
}
