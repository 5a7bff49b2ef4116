import TauroBasics
import TauroModel

extension ConfigKeySet {
    /// The keys of a node.
    package static let node = ConfigKeySet(
        "a node",
        [
            ConfigKey(
                "function",
                .text,
                presence: .required,
                "The dotted name of the function, for example `flights.etl.clean`."
            ),
            ConfigKey("module", .text, "The part of the function's dotted name before `function`."),
            ConfigKey(
                "input",
                .either([.texts, .keys(streamInput)]),
                status: .laterAsMap,
                "The ids of the datasets it takes, in order; `[]` for none. A streaming node has a map."
            ),
            ConfigKey(
                "output",
                .either([.texts, .keys(streamOutput)]),
                status: .laterAsMap,
                "The ids its result is stored under. A streaming node has a map."
            ),
            ConfigKey("dependencies", .names, aliases: ["depends_on"], "The nodes that must have completed before."),
            ConfigKey("params", .map, "Values for the function's typed parameters."),
            ConfigKey(
                "hyperparams",
                .map,
                aliases: ["hyperparameters"],
                "Values the function finds in its ML context."
            ),
            ConfigKey("metrics", .texts, "Names of the metrics it reports."),
            ConfigKey("description", .text, "What it is for."),
            ConfigKey("tags", .texts, "Words to select it by."),
            ConfigKey(
                "checks",
                .listOf(.keys(check)),
                "What the rows of its result promise, held before anything is stored."
            ),
        ] + executionKeys
    )

    /// Keys that a node may have, and its pipeline and the global settings as defaults for it.
    static let executionKeys = [
        ConfigKey("mlops", .keys(mlops), aliases: ["ml"], status: .later(), "How experiments and models are tracked."),
        ConfigKey(
            "isolation",
            .word(["in_process", "process"]),
            default: .string(builtInExecution.isolation.rawValue),
            "Whether the function is called in this process or in one of its own."
        ),
        ConfigKey("timeout_seconds", .number(atLeast: 0.001), "How long one attempt may take."),
        ConfigKey(
            "worker_memory_limit",
            .byteCount,
            "How much memory of its own a worker process may take, for example `512 MiB`."
        ),
        ConfigKey("retry", .keys(retry), status: .later(), "What happens after an attempt that failed."),
        ConfigKey(
            "on_failure",
            .word(["stop", "skip_dependents"]),
            default: .string(builtInExecution.onFailure.rawValue),
            "What happens to the run after a failure: nothing more starts, or only what depends on it is left out."
        ),
        ConfigKey(
            "priority",
            .wholeNumber(atLeast: .min),
            status: .later(),
            "Which of several ready nodes goes first."
        ),
        ConfigKey("pool", .text, status: .later(), "The name of a group of nodes with a limit of its own."),
        ConfigKey(
            "engine",
            .word(["duckdb", "spark"]),
            default: "duckdb",
            status: .later(exceptFor: ["duckdb"]),
            "What runs its SQL."
        ),
        ConfigKey(
            "experiment",
            .keys(experiment),
            status: .later(),
            "How values for hyperparameters are searched for."
        ),
        ConfigKey("streaming", .keys(streaming), status: .later(), "How it runs in a streaming pipeline."),
    ]

    private static let builtInExecution = PlannedExecution()

    /// The keys of `retry`.
    package static let retry = ConfigKeySet(
        "`retry`",
        [
            ConfigKey("max_retries", .wholeNumber(atLeast: 0), "How many attempts follow the first one."),
            ConfigKey("delay_seconds", .number(atLeast: 0), "How long to wait before the second attempt."),
            ConfigKey("backoff_factor", .number(atLeast: 1), "What each wait is multiplied by."),
            ConfigKey("max_delay_seconds", .number(atLeast: 0), "The longest wait."),
            ConfigKey("jitter", .anything, "How much waits vary by chance."),
        ]
    )
}
