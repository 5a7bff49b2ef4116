extension BrokenProject {
    /// Files that are missing, doubled, in the wrong place, of the wrong kind or of the wrong shape.
    static let files = missing + kinds + shapes + environments + calls

    private static let missing = [
        BrokenProject("no-project", names: "nowhere", command: ["validate", "--project", "nowhere"]),
        BrokenProject("no-config", names: "config", .remove("config")),
        BrokenProject("config-is-a-file", names: "config", .remove("config"), .text("", to: "config")),
        BrokenProject("no-settings", names: "global_settings", .remove(Files.settings)),
        BrokenProject("no-pipelines", names: "pipelines", .remove(Files.pipelines)),
        BrokenProject("no-nodes", names: "nodes", .remove(Files.nodes)),
        BrokenProject(
            "file-misspelt",
            names: "nodes",
            .remove(Files.nodes),
            .text(goodNodes, to: "config/node.yaml")
        ),
        BrokenProject("no-input-file", names: "'raw'", .remove(Files.input)),
        BrokenProject("two-files-of-nodes", names: "nodes.yml", .text("", to: "config/nodes.yml")),
        BrokenProject("yaml-and-json", names: "nodes.json", .text("{}", to: "config/nodes.json")),
        BrokenProject("old-and-new-name", names: "nodes_config.yml", .text("", to: "config/nodes_config.yml")),
    ]

    private static let kinds = [
        BrokenProject("file-is-a-directory", names: "directory", .directory(Files.nodes)),
        BrokenProject("link-to-nowhere", names: "No such file", .link("nowhere", to: Files.nodes)),
        BrokenProject("link-to-itself", names: "symbolic links", .link("nodes.yaml", to: Files.nodes)),
        BrokenProject("file-is-a-pipe", names: "pipe", .pipe(Files.nodes)),
        BrokenProject("file-can-not-be-read", names: "can not be read", .link("/proc/self/mem", to: Files.nodes)),
        BrokenProject("file-too-large", names: "256 MiB", .size(300 << 20, of: Files.nodes)),
        BrokenProject("file-is-a-device", names: "device", .link("/dev/zero", to: Files.nodes)),
    ]

    private static let shapes = [
        BrokenProject("nodes-empty", names: "load", .text("")),
        BrokenProject("nodes-only-a-comment", names: "load", .text("# nodes\n")),
        BrokenProject(
            "pipelines-empty",
            names: "'daily'",
            .text("", to: Files.pipelines),
            command: ["validate", "daily"]
        ),
        BrokenProject("nodes-are-a-list", names: "list", .text("- load\n- keep\n")),
        BrokenProject("nodes-are-a-text", names: "text", .text("load keep sum\n")),
        BrokenProject("nodes-are-a-number", names: "42", .text("42\n")),
        BrokenProject("settings-are-a-list", names: "list", .text("- output_path: out\n", to: Files.settings)),
        BrokenProject("wrapped-list", names: "list", .text("nodes: [load, keep]\n")),
        BrokenProject(
            "beside-the-wrapper",
            names: "`keep`",
            .text("nodes:\n  load: {function: t.count}\nkeep: {function: t.pass}\n")
        ),
        BrokenProject("node-is-a-list", names: "`extra`", .append("extra: [t.quiet]\n")),
        BrokenProject("node-is-a-text", names: "`extra`", .append("extra: t.quiet\n")),
        BrokenProject("node-is-empty", names: "`extra`", .append("extra:\n")),
        BrokenProject("pipeline-is-a-list", names: "`extra`", .append("extra: [load]\n", to: Files.pipelines)),
        BrokenProject("pipeline-is-empty", names: "`extra`", .append("extra:\n", to: Files.pipelines)),
        BrokenProject("input-is-a-text", names: "`extra`", .append("extra: data/raw.csv\n", to: Files.input)),
        BrokenProject("output-is-a-list", names: "`extra`", .append("extra: [parquet]\n", to: Files.output)),
    ]

    private static let environments = [
        BrokenProject(
            "environment-misspelt",
            names: "`stagign`",
            .text("max_workers: 3\n", to: "config/staging/global_settings.yaml"),
            command: ["validate", "--env", "stagign"]
        ),
        BrokenProject("no-environments", names: "`prod`", command: ["validate", "--env", "prod"]),
        BrokenProject("environment-is-a-path", names: "../other", command: ["validate", "--env", "../other"]),
        BrokenProject(
            "overlay-is-broken",
            names: "]",
            .text("load: {input: [raw}\n", to: "config/staging/nodes.yaml"),
            command: ["validate", "--env", "staging"]
        ),
        BrokenProject(
            "overlay-has-the-wrong-type",
            names: "`max_workers`",
            .text("max_workers: many\n", to: "config/staging/global_settings.yaml"),
            command: ["validate", "--env", "staging"]
        ),
        BrokenProject(
            "overlay-replaces-a-map",
            names: "`params`",
            .text("sum: {params: none}\n", to: "config/staging/nodes.yaml"),
            command: ["validate", "--env", "staging"]
        ),
    ]

    private static let calls = [
        BrokenProject("pipeline-misspelt", names: "'dialy'", command: ["validate", "dialy"]),
        BrokenProject("no-such-day", names: "2025-02-30", command: ["validate", "--start-date", "2025-02-30"]),
        BrokenProject("day-in-words", names: "today", command: ["validate", "--end-date", "today"]),
        BrokenProject("call-ends-too-early", names: "2024-12-31", command: ["validate", "--end-date", "2024-12-31"]),
    ]
}
