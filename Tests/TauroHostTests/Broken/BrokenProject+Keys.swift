extension BrokenProject {
    /// Keys that are missing, misspelt, unknown, in the wrong place, or there in two spellings.
    static let keys = missing + misspelt + unknown + spelt

    private static let missing = [
        BrokenProject("no-function", names: "`function`", .replace("  function: t.total\n", "")),
        BrokenProject("function-empty", names: "`function`", .replace("function: t.total", "function:")),
        BrokenProject("function-null", names: "`function`", .replace("function: t.total", "function: ~")),
        BrokenProject(
            "no-nodes-in-a-pipeline",
            names: "`nodes`",
            .replace("  nodes: [load, keep, sum]\n", "", in: Files.pipelines)
        ),
        BrokenProject("no-format", names: "`format`", .replace("  format: csv\n", "", in: Files.input)),
        BrokenProject("no-path", names: "`filepath`", .replace("  path: data/raw.csv\n", "", in: Files.input)),
        BrokenProject("module-without-function", names: "`function`", .replace("function: t.total", "module: t")),
        BrokenProject("input-without-value", names: "`input`", .replace("input: [bronze.rows]", "input:")),
    ]

    private static let misspelt = [
        BrokenProject("function-misspelt", names: "`functoin`", .replace("function: t.total", "functoin: t.total")),
        BrokenProject("input-misspelt", names: "`inputs`", .replace("input: [raw]", "inputs: [raw]")),
        BrokenProject("output-misspelt", names: "`outputs`", .replace("output: bronze", "outputs: bronze")),
        BrokenProject("dependencies-misspelt", names: "`dependancies`", .replace("dependencies:", "dependancies:")),
        BrokenProject("params-misspelt", names: "`parms`", .replace("params:", "parms:")),
        BrokenProject("key-in-capitals", names: "`Function`", .replace("function: t.total", "Function: t.total")),
        BrokenProject("key-with-a-dash", names: "`depends-on`", .replace("dependencies:", "depends-on:")),
        BrokenProject("nodes-misspelt", names: "`node`", .replace("nodes:", "node:", in: Files.pipelines)),
        BrokenProject("type-misspelt", names: "`typ`", .append("  typ: batch\n", to: Files.pipelines)),
        BrokenProject("format-misspelt", names: "`fromat`", .replace("format:", "fromat:", in: Files.input)),
        BrokenProject("path-misspelt", names: "`filpath`", .replace("path:", "filpath:", in: Files.input)),
        BrokenProject(
            "write-mode-misspelt",
            names: "`writemode`",
            .replace("write_mode", "writemode", in: Files.output)
        ),
        BrokenProject("retry-key-misspelt", names: "`retries`", .append("  retry: {retries: 2}\n")),
    ]

    private static let unknown = [
        BrokenProject("unknown-key-of-a-node", names: "`color`", .append("  color: blue\n")),
        BrokenProject("unknown-key-of-a-pipeline", names: "`owner`", .append("  owner: me\n", to: Files.pipelines)),
        BrokenProject("unknown-key-of-an-input", names: "`owner`", .append("  owner: me\n", to: Files.input)),
        BrokenProject("unknown-key-of-an-output", names: "`owner`", .append("  owner: me\n", to: Files.output)),
        BrokenProject("unknown-key-of-retry", names: "`until`", .append("  retry: {until: noon}\n")),
        BrokenProject("option-beside-options", names: "`header`", .append("  header: true\n", to: Files.input)),
        BrokenProject(
            "parameter-beside-params",
            names: "`scale`",
            .replace("    scale: 2.0\n", ""),
            .append("  scale: 2.0\n")
        ),
        BrokenProject("key-of-a-pipeline-in-a-node", names: "`max_workers`", .append("  max_workers: 2\n")),
        BrokenProject(
            "key-of-a-node-in-a-pipeline",
            names: "`function`",
            .append("  function: t.pass\n", to: Files.pipelines)
        ),
        BrokenProject("empty-key", names: "``", .append("  '': 1\n")),
        BrokenProject("reference-in-a-key", names: "`${lake}`", .append("  ${lake}: 1\n")),
    ]

    private static let spelt = [
        BrokenProject("path-and-filepath", names: "`filepath`", .append("  filepath: data/raw.csv\n", to: Files.input)),
        BrokenProject("dependencies-and-depends-on", names: "`depends_on`", .append("  depends_on: [load]\n")),
        BrokenProject(
            "hyperparams-and-hyperparameters",
            names: "`hyperparameters`",
            .append("  hyperparams: {a: 1}\n  hyperparameters: {a: 2}\n")
        ),
        BrokenProject("mlops-and-ml", names: "`ml`", .append("  mlops: {}\n  ml: {}\n")),
        BrokenProject(
            "two-names-of-workers",
            names: "`max_parallel_nodes`",
            .append("max_parallel_nodes: 3\n", to: Files.settings)
        ),
    ]
}
