import TauroBasics

extension ConfigKeySet {
    /// The keys of `ml_info`.
    package static let mlInfo = ConfigKeySet("`ml_info`", machineLearningKeys)

    /// The keys of `ml_config`, the older form of `ml_info`, which may be for one pipeline alone.
    package static let mlConfig = ConfigKeySet(
        "`ml_config`",
        [
            ConfigKey("pipeline_name", .text, "The pipeline it is for; all of them unless said."),
            ConfigKey(
                "pipeline_type",
                .word(["BATCH", "STREAMING", "HYBRID", "ML", "batch", "streaming", "hybrid", "ml"]),
                status: .later(exceptFor: ["BATCH", "batch"]),
                "What kind of pipeline it is for."
            ),
        ] + machineLearningKeys
    )

    private static let machineLearningKeys = [
        ConfigKey(
            "hyperparams",
            .map,
            aliases: ["hyperparameters"],
            "Values that ML nodes find in their ML context; pipelines and nodes may say otherwise."
        ),
        ConfigKey("model_version", .text, "The version of the model where neither call nor pipeline names one."),
        ConfigKey("model_name", .text, status: .later(), "The name of the model."),
        ConfigKey("metrics", .texts, status: .later(), "Names of the metrics that ML nodes report."),
        ConfigKey("tags", .mapOf(.text), status: .later(), "What experiments and models are marked with."),
        ConfigKey("description", .text, "What it is for."),
        ConfigKey("mlops", .keys(mlops), aliases: ["ml"], status: .later(), "How experiments and models are tracked."),
        ConfigKey("model_registry", .keys(modelRegistry), status: .later(), "How models are registered."),
    ]

    /// The keys of `mlops`, each of which may also stand under the part it belongs to.
    package static let mlops = ConfigKeySet(
        "`mlops`",
        [
            ConfigKey("enabled", .flag, "Whether runs are tracked; decided by what a node does unless said."),
            ConfigKey("backend", .word(["local", "databricks"]), "Where experiments and models are kept."),
            ConfigKey("catalog", .text, "The catalogue of the tables for experiments and models."),
            ConfigKey("schema", .text, "The schema of the tables for experiments and models."),
            ConfigKey("experiment_name", .text, "The experiment that runs belong to."),
            ConfigKey("experiment", .keys(trackedExperiment), "The experiment that runs belong to."),
            ConfigKey("model_registry", .keys(modelRegistry), "Where and how models are registered."),
            ConfigKey("tracking", .keys(tracking), "Where experiments are tracked."),
            ConfigKey("auto_log", .flag, "Whether parameters and metrics are recorded without being asked for."),
            ConfigKey("model", .keys(trackedModel), "The model that a node trains."),
            ConfigKey("hyperparams", .map, aliases: ["hyperparameters"], "Hyperparameters that are recorded."),
            ConfigKey("metrics", .texts, "Metrics that are recorded."),
            ConfigKey("tags", .mapOf(.text), "What runs are marked with."),
        ]
    )

    private static let trackedExperiment = ConfigKeySet(
        "`experiment` of `mlops`",
        [
            ConfigKey("name", .text, "Its name."),
            ConfigKey("description", .text, "What it is for."),
            ConfigKey("auto_track", .flag, default: true, "Whether runs are recorded."),
            ConfigKey("auto_log_params", .flag, default: true, "Whether parameters are recorded."),
            ConfigKey("auto_log_metrics", .flag, default: true, "Whether metrics are recorded."),
            ConfigKey("tags", .mapOf(.text), "What it is marked with."),
        ]
    )

    private static let trackedModel = ConfigKeySet(
        "`model` of `mlops`",
        [
            ConfigKey("name", .text, "Its name."),
            ConfigKey("version", .text, default: "auto", "Its version."),
            ConfigKey("auto_register", .flag, default: true, "Whether it is registered when it is trained."),
            ConfigKey("tags", .mapOf(.text), "What it is marked with."),
        ]
    )

    private static let modelRegistry = ConfigKeySet(
        "`model_registry`",
        [
            ConfigKey("catalog", .text, "The catalogue of its tables."),
            ConfigKey("schema", .text, "The schema of its tables."),
            ConfigKey("register_model", .flag, "Whether models are registered."),
            ConfigKey("model_name", .text, "The name they are registered under."),
        ]
    )

    private static let tracking = ConfigKeySet(
        "`tracking`",
        [
            ConfigKey("catalog", .text, "The catalogue of its tables."),
            ConfigKey("schema", .text, "The schema of its tables."),
        ]
    )

    /// The keys of a node's `experiment`: a search for hyperparameters.
    package static let experiment = ConfigKeySet(
        "`experiment`",
        [
            ConfigKey(
                "space",
                .either([.listOf(.keys(namedDimension)), .mapOf(.keys(dimension))]),
                presence: .required,
                "The hyperparameters that are searched for: a map by their names, or a list with `name` in each item."
            ),
            ConfigKey("objective", .text, "The metric that the search is about."),
            ConfigKey(
                "direction",
                .word(["minimize", "maximize"]),
                default: "minimize",
                "Whether a small or a large value of it is good."
            ),
            ConfigKey("n_calls", .wholeNumber(atLeast: 1), default: 20, "How often the node is tried."),
            ConfigKey(
                "n_initial_points",
                .wholeNumber(atLeast: 1),
                "How many tries are drawn by chance before the search learns from them."
            ),
            ConfigKey("random_state", .wholeNumber(atLeast: 0), "The seed of what is drawn by chance."),
        ]
    )

    /// The keys of one hyperparameter that is searched for.
    private static let dimension = ConfigKeySet("a dimension of `space`", dimensionKeys)
    private static let namedDimension = ConfigKeySet(
        "an item of `space`",
        [ConfigKey("name", .text, presence: .required, "The hyperparameter's name.")] + dimensionKeys
    )

    private static let dimensionKeys = [
        ConfigKey("type", .word(["real", "integer", "categorical"]), presence: .required, "What its values are."),
        ConfigKey(
            "low",
            .number(atLeast: -.infinity),
            aliases: ["min"],
            presence: .requiredUnless("type", is: ["categorical"]),
            "The lowest value."
        ),
        ConfigKey(
            "high",
            .number(atLeast: -.infinity),
            aliases: ["max"],
            presence: .requiredUnless("type", is: ["categorical"]),
            "The highest value."
        ),
        ConfigKey("log", .flag, default: false, "Whether low and high values are tried alike on a logarithmic scale."),
        ConfigKey(
            "values",
            .listOf(.anything),
            aliases: ["categories"],
            presence: .requiredWhere("type", is: ["categorical"]),
            "The values there are."
        ),
    ]
}
