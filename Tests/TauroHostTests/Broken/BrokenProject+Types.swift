extension BrokenProject {
    /// Values of the wrong kind.
    static let types = nodeValues + executionValues + pipelineValues + settingValues + datasetValues

    private static let nodeValues = [
        node("function-is-a-number", "function: t.total", "function: 5"),
        node("function-is-a-list", "function: t.total", "function: [t.total]"),
        node("function-is-a-flag", "function: t.total", "function: true"),
        node("input-is-a-number", "input: [raw]", "input: 5"),
        node("input-is-a-map", "input: [raw]", "input: {raw: 1}"),
        node("input-holds-a-list", "input: [raw]", "input: [[raw]]"),
        node("input-holds-nothing", "input: [raw]", "input: [raw, ~]"),
        node("output-is-a-flag", "output: bronze.rows", "output: false"),
        node("output-holds-a-number", "output: [silver.rows]", "output: [silver.rows, 5]"),
        node("dependencies-are-a-flag", "dependencies: [keep]", "dependencies: true"),
        node("dependencies-are-a-decimal", "dependencies: [keep]", "dependencies: 1.5"),
        node(
            "dependency-is-nothing",
            "dependencies: [keep]",
            "dependencies: [keep, ~]",
            names: "Dependency cannot be None"
        ),
        node("dependency-with-two-keys", "dependencies: [keep]", "dependencies: [{keep: {}, load: {}}]"),
        node("dependency-is-a-list", "dependencies: [keep]", "dependencies: [[keep]]"),
        node("dependency-is-a-flag", "dependencies: [keep]", "dependencies: [keep, true]"),
        node(
            "params-are-a-list",
            "    scale: 2.0\n    strict: true\n    label: all\n",
            "    - scale: 2.0\n",
            names: "`params`"
        ),
        node("params-are-a-text", "params:\n    scale: 2.0\n    strict: true\n    label: all\n", "params: scale=2\n"),
        BrokenProject("hyperparams-are-a-text", names: "`hyperparams`", .append("  hyperparams: fast\n")),
        BrokenProject("metrics-are-a-number", names: "`metrics`", .append("  metrics: 5\n")),
        BrokenProject("tags-are-a-map", names: "`tags`", .append("  tags: {nightly: true}\n")),
        BrokenProject("description-is-a-list", names: "`description`", .append("  description: [a, b]\n")),
        BrokenProject("description-is-a-number", names: "`description`", .append("  description: 2025\n")),
    ]

    private static let executionValues = [
        BrokenProject("isolation-unknown", names: "`isolation`", .append("  isolation: thread\n")),
        BrokenProject("isolation-misspelt", names: "`isolation`", .append("  isolation: proces\n")),
        BrokenProject("isolation-is-a-flag", names: "`isolation`", .append("  isolation: true\n")),
        BrokenProject("timeout-is-zero", names: "`timeout_seconds`", .append("  timeout_seconds: 0\n")),
        BrokenProject("timeout-is-negative", names: "`timeout_seconds`", .append("  timeout_seconds: -1\n")),
        BrokenProject("timeout-is-a-text", names: "`timeout_seconds`", .append("  timeout_seconds: \"5\"\n")),
        BrokenProject("timeout-is-infinite", names: "`timeout_seconds`", .append("  timeout_seconds: .inf\n")),
        BrokenProject("memory-in-words", names: "`worker_memory_limit`", .append("  worker_memory_limit: lots\n")),
        BrokenProject("memory-is-zero", names: "`worker_memory_limit`", .append("  worker_memory_limit: 0\n")),
        BrokenProject(
            "memory-in-wrong-unit",
            names: "`worker_memory_limit`",
            .append("  worker_memory_limit: 5 MBit\n")
        ),
        BrokenProject("retry-is-a-number", names: "`retry`", .append("  retry: 3\n")),
        BrokenProject("retries-are-negative", names: "`max_retries`", .append("  retry: {max_retries: -1}\n")),
        BrokenProject("retries-are-a-decimal", names: "`max_retries`", .append("  retry: {max_retries: 1.5}\n")),
        BrokenProject("backoff-shrinks", names: "`backoff_factor`", .append("  retry: {backoff_factor: 0.5}\n")),
        BrokenProject("retries-without-end", names: "`max_retries`", .append("  retry: {max_retries: 1001}\n")),
        BrokenProject("retry-cause-misspelt", names: "`on.1`", .append("  retry: {on: [tmeout]}\n")),
        BrokenProject("jitter-above-one", names: "`jitter`", .append("  retry: {jitter: 1.5}\n")),
        BrokenProject("needs-no-memory", names: "`memory`", .append("  memory: 0\n")),
        BrokenProject("resource-without-name", names: "`resource`", .append("  resource: [\"\"]\n")),
        BrokenProject("breaker-is-a-word", names: "`circuit_breaker`", .append("  circuit_breaker: often\n")),
        BrokenProject(
            "breaker-never-opens",
            names: "`failure_threshold`",
            .append("  resource: db\n  circuit_breaker: {failure_threshold: 0}\n")
        ),
        BrokenProject("pool-without-room", names: "`pools.slow`", .append("pools: {slow: 0}\n", to: Files.settings)),
        BrokenProject("durability-unknown", names: "`durability`", .append("durability: disk\n", to: Files.settings)),
        BrokenProject(
            "keep-results-negative",
            names: "`keep_results`",
            .append("keep_results: -1\n", to: Files.settings)
        ),
        BrokenProject("on-failure-unknown", names: "`on_failure`", .append("  on_failure: continue\n")),
        BrokenProject("priority-is-a-decimal", names: "`priority`", .append("  priority: 1.5\n")),
        BrokenProject("engine-unknown", names: "`engine`", .append("  engine: polars\n")),
        BrokenProject("mlops-is-a-flag", names: "`mlops`", .append("  mlops: true\n")),
    ]

    private static let pipelineValues = [
        BrokenProject("type-unknown", names: "`type`", .append("  type: btach\n", to: Files.pipelines)),
        BrokenProject("type-is-a-list", names: "`type`", .append("  type: [batch]\n", to: Files.pipelines)),
        BrokenProject("type-beside-nodes-unknown", names: "`type`", .append("type: hybird\n")),
        BrokenProject("nodes-are-a-flag", names: "`nodes`", .replace("[load, keep, sum]", "true", in: Files.pipelines)),
        BrokenProject(
            "nodes-hold-nothing",
            names: "Node cannot be None",
            .replace("keep, sum", "~, sum", in: Files.pipelines)
        ),
        BrokenProject("nodes-hold-a-list", names: "`nodes`", .replace("keep, sum", "[keep], sum", in: Files.pipelines)),
        BrokenProject("workers-are-zero", names: "`max_workers`", .append("  max_workers: 0\n", to: Files.pipelines)),
        BrokenProject(
            "model-version-is-a-number",
            names: "`model_version`",
            .append("  model_version: 1.5\n", to: Files.pipelines)
        ),
    ]

    private static let settingValues = [
        setting("output-path-is-a-number", "output_path: out", "output_path: 5", names: "`output_path`"),
        setting("output-path-is-a-list", "output_path: out", "output_path: [out]", names: "`output_path`"),
        setting("workers-are-a-text", "max_workers: 2", "max_workers: two", names: "`max_workers`"),
        setting("workers-are-a-decimal", "max_workers: 2", "max_workers: 2.5", names: "`max_workers`"),
        setting("workers-in-quotes", "max_workers: 2", "max_workers: \"2\"", names: "`max_workers`"),
        setting("mode-unknown", "max_workers: 2", "mode: cloud", names: "`mode`"),
        setting(
            "default-format-is-a-list",
            "max_workers: 2",
            "default_output_format: [csv]",
            names: "`default_output_format`"
        ),
        setting("plugins-are-a-map", "max_workers: 2", "plugins: {a: b}", names: "`plugins`"),
        setting("params-of-settings-are-a-list", "max_workers: 2", "params: [a]", names: "`params`"),
        setting("day-of-no-calendar", "\"2025-01-31\"", "\"2025-02-30\"", names: "2025-02-30"),
        setting("day-with-dots", "\"2025-01-31\"", "31.01.2025", names: "31.01.2025"),
        setting("day-with-time", "\"2025-01-31\"", "2025-01-31T00:00:00", names: "2025-01-31T00:00:00"),
        setting("day-is-a-number", "\"2025-01-31\"", "20250131", names: "20250131"),
        setting("end-before-start", "\"2025-01-31\"", "2024-12-31", names: "2024-12-31"),
    ]

    private static let datasetValues = [
        BrokenProject("format-is-a-number", names: "`format`", .replace("format: csv", "format: 5", in: Files.input)),
        BrokenProject("path-is-a-list", names: "`path`", .replace("data/raw.csv", "[data/raw.csv]", in: Files.input)),
        BrokenProject("path-is-empty", names: "`filepath`", .replace("data/raw.csv", "\"\"", in: Files.input)),
        BrokenProject(
            "schema-is-a-list",
            names: "`schema`",
            .replace("{n: BIGINT, name: VARCHAR}", "[n, name]", in: Files.input)
        ),
        BrokenProject("type-of-a-column-is-a-number", names: "`schema.n`", .replace("BIGINT", "64", in: Files.input)),
        BrokenProject("options-are-a-list", names: "`options`", .append("  options: [header]\n", to: Files.input)),
        BrokenProject(
            "null-values-are-a-map",
            names: "`null_values`",
            .append("  options: {null_values: {a: b}}\n", to: Files.input)
        ),
        BrokenProject(
            "write-mode-unknown",
            names: "`write_mode`",
            .replace("overwrite", "overwirte", in: Files.output)
        ),
        BrokenProject(
            "rows-per-file-are-none",
            names: "`max_rows_per_file`",
            .replace("overwrite", "append, max_rows_per_file: 0", in: Files.output)
        ),
    ]

    /// A change in `nodes.yaml`; the error names the key that the new text begins with.
    private static func node(_ name: String, _ old: String, _ new: String, names thing: String? = nil) -> BrokenProject
    {
        BrokenProject(name, names: thing ?? "`\(new.prefix { $0 != ":" })`", .replace(old, new))
    }

    private static func setting(_ name: String, _ old: String, _ new: String, names thing: String) -> BrokenProject {
        BrokenProject(name, names: thing, .replace(old, new, in: Files.settings))
    }
}
