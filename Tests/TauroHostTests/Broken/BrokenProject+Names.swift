extension BrokenProject {
    /// Nodes, dependencies and functions that do not fit together.
    static let names = pipelines + dependencies + functions

    private static let pipelines = [
        BrokenProject("node-unknown", names: "archive", .replace("keep, sum", "keep, archive", in: Files.pipelines)),
        BrokenProject("node-misspelt", names: "smu", .replace("keep, sum", "keep, smu", in: Files.pipelines)),
        BrokenProject(
            "node-of-a-map-unknown",
            names: "archive",
            .replace("keep, sum", "{archive: {}}", in: Files.pipelines)
        ),
        BrokenProject(
            "pipeline-without-nodes",
            names: "'daily'",
            .replace("[load, keep, sum]", "[]", in: Files.pipelines)
        ),
        BrokenProject(
            "pipeline-of-streams",
            names: "streaming",
            .append("  type: streaming\n", to: Files.pipelines),
            command: ["run", "daily", "--progress", "none"]
        ),
        BrokenProject(
            "pipeline-of-both-kinds",
            names: "hybrid",
            .append("type: hybrid\n"),
            command: ["run", "daily", "--progress", "none"]
        ),
    ]

    private static let dependencies = [
        BrokenProject(
            "pool-misspelt",
            names: "'slwo'",
            .append("pools: {slow: 2}\n", to: Files.settings),
            .append("  pool: slwo\n")
        ),
        BrokenProject("pool-without-pools", names: "'slow'", .append("  pool: slow\n")),
        BrokenProject("breaker-without-resource", names: "`resource`", .append("  circuit_breaker: true\n")),
        BrokenProject("dependency-unknown", names: "'archive'", .replace("[keep]", "[keep, archive]")),
        BrokenProject("dependency-misspelt", names: "'kepe'", .replace("[keep]", "[kepe]")),
        BrokenProject(
            "dependency-outside",
            names: "'other'",
            .replace("[keep]", "[keep, other]"),
            .append("other: {function: t.quiet}\n")
        ),
        BrokenProject("dependency-is-a-dataset", names: "'silver.rows'", .replace("[keep]", "[silver.rows]")),
        BrokenProject("dependency-on-itself", names: "sum", .replace("[keep]", "[keep, sum]")),
        BrokenProject(
            "cycle-of-two",
            names: "keep <-> sum",
            .replace("input: [bronze.rows]", "input: [bronze.rows]\n  dependencies: [sum]")
        ),
        BrokenProject(
            "cycle-of-three",
            names: "load -> keep -> sum -> load",
            .replace("input: [raw]", "input: [raw]\n  dependencies: [sum]")
        ),
        BrokenProject("cycle-by-data", names: "load <-> keep", .replace("input: [raw]", "input: [silver.rows]")),
        BrokenProject(
            "own-output-as-input",
            names: "'bronze.rows'",
            .remove(Files.output),
            .replace("output: bronze.rows", "output: bronze.lines"),
            .append("  tags: [a]\n")
        ),
    ]

    private static let functions = [
        function("module-unknown", "my_pkg.etl.total", names: "my_pkg.etl"),
        function("function-name-misspelt", "t.totla", names: "totla"),
        function("function-in-another-case", "t.Total", names: "Total"),
        function("function-without-module", "total", names: "total"),
        function("function-with-a-space", "t total", names: "t total"),
        function("function-with-a-dash", "t.my-total", names: "t.my-total"),
        function("function-ends-with-a-dot", "t.total.", names: "t.total."),
        function("function-begins-with-a-digit", "t.1total", names: "t.1total"),
        function("function-is-a-path", "plugins/nodes.so", names: "plugins/nodes.so"),
        function("function-is-a-call", "t.total()", names: "t.total()"),
        function("function-is-empty", "\"\"", names: "`function`"),
        BrokenProject(
            "module-and-function-do-not-fit",
            names: "'t.t'",
            .append("  module: t.t\n"),
            .replace("function: t.total", "function: total")
        ),
        BrokenProject("no-plugins", names: "No module named 't'", .remove("plugins/nodes.so")),
    ]

    private static func function(_ name: String, _ function: String, names thing: String) -> BrokenProject {
        BrokenProject(name, names: thing, .replace("function: t.total", "function: \(function)"))
    }
}
