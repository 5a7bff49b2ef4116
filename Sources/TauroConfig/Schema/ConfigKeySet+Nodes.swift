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
            .byteCount(),
            "How much memory of its own a worker process may take, for example `512 MiB`."
        ),
        ConfigKey("retry", .keys(retry), "What happens after an attempt that failed."),
        ConfigKey(
            "on_failure",
            .word(["stop", "skip_dependents"]),
            default: .string(builtInExecution.onFailure.rawValue),
            "What happens to the run after a failure: nothing more starts, or only what depends on it is left out."
        ),
        ConfigKey(
            "priority",
            .wholeNumber(atLeast: .min),
            default: .integer(Int64(builtInExecution.priority)),
            "Which of several ready nodes goes first: one of a higher priority."
        ),
        ConfigKey(
            "pool",
            .text,
            "The name of a group of nodes with a limit of its own, one of those that `pools` of global settings has."
        ),
        ConfigKey(
            "memory",
            .byteCount(),
            "How much memory it needs while it runs, for example `2 GB`: nodes that together need more than `memory_limit` do "
                + "not run at once."
        ),
        ConfigKey(
            "resource",
            .texts,
            "Names of what it depends on that can be out of order, a database or a broker: each has a circuit breaker. `[]` for "
                + "none. Databases and brokers that it reads or stores datasets of count without being named."
        ),
        ConfigKey(
            "circuit_breaker",
            .either([.keys(circuitBreaker), .flag]),
            "When nodes of a resource that is out of order are no longer tried; true for the built-in values, false for never. "
                + "On a pipeline it also puts the pipeline as a whole under one breaker."
        ),
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
}
