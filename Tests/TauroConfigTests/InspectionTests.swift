import TauroBasics
import TauroConfig
import TauroModel
import Testing

@Suite("What a key's value is, and what sets it")
struct InspectionTests {
    private static let files = [
        "config/global_settings.yaml": """
        max_workers: ${WORKERS:-8}
        isolation: in_process
        node_timeout_seconds: 5
        token: ${secret:TOKEN}
        params: {days: 3, region: north}

        """,
        "config/pipelines.yaml": """
        daily: {nodes: [extract, load], isolation: process}
        weekly: {nodes: [load], timeout_seconds: 60}

        """,
        "config/nodes.yaml": """
        extract:
          function: shop.extract
          params: {days: 1, key: "x-${token}"}
          tags: [a, b]
        load: {function: shop.load, depends_on: extract}

        """,
        "config/output.yaml": "silver.orders: {format: csv}\ngold.n:\n",
        "config/dev/nodes.yaml": "extract: {params: {days: \"${DAYS}\", more: 1}, isolation: }\n",
        "config/sandbox/nodes.yaml": "extract: {params: {key: \"${MISSING} ${secret:NONE:-fallback}\"}}\n",
        "config/sandbox_ann/nodes.yaml": "extract: {params: {key: plain}}\n",
    ]

    /// What a key's value is and what sets it, a layer a line; every place is a file, a line and a column.
    private func explain(
        _ key: String,
        _ environment: String? = nil,
        pipeline: String? = nil,
        files: [String: String] = files
    ) throws -> String {
        let project = try TemporaryProject(files)
        let inspection = ConfigLoader.inspect(
            project: .directory(project.directory),
            environment: environment,
            environmentVariables: ["TOKEN": "hunter2", "DAYS": "5"]
        )
        let inspector = try #require(inspection.inspector, "\(inspection.diagnostics)")
        do throws(ConfigurationError) {
            let found = try inspector.explain(key, pipeline: pipeline)
            let lines = found.layers.map { layer in
                "\(layer.standing) \(layer.value) \(words(layer.owner))\(place(layer.location, in: project))"
                    + (layer.template.map { " written \($0)" } ?? "")
            }
            return (["\(found.value.map { "\($0)" } ?? "not set")"] + lines).joined(separator: "\n")
        } catch {
            return error.diagnostics.map { ([$0.message] + $0.notes).joined(separator: " ") }.joined(separator: "\n")
        }
    }

    private func words(_ owner: ConfigExplanation.Owner) -> String {
        switch owner {
        case .builtIn: "built-in"
        case .section(let section, let entry): entry.map { "\(section) \($0)" } ?? section
        }
    }

    private func place(_ location: TauroModel.SourceLocation?, in project: TemporaryProject) -> String {
        guard let location else { return "" }
        let name =
            location.file.hasPrefix("\(project.directory)/config/")
            ? String(location.file.dropFirst(project.directory.count + 8)) : FilePath.name(location.file)
        return " \(name):\(location.line):\(location.column)"
    }

    @Test("one layer, with what it was written as")
    func oneLayer() throws {
        let expected = """
            8
            wins 8 global_settings global_settings.yaml:1:14 written ${WORKERS:-8}
            overridden 4 built-in
            """
        #expect(try explain("global_settings.max_workers") == expected)
        #expect(try explain("global_settings.max_parallel_nodes") == expected, "any spelling of a key")
        #expect(try explain("pipelines.daily.max_workers") == expected, "a pipeline inherits it")
    }

    @Test("node over pipeline over global settings over built-in")
    func inheritance() throws {
        #expect(
            try explain("nodes.extract.isolation") == """
                "process"
                wins "process" pipelines daily pipelines.yaml:1:44
                overridden "in_process" global_settings global_settings.yaml:2:12
                overridden "in_process" built-in
                """
        )
        let lines = try explain("nodes.extract.isolation", "dev").split(separator: "\n").prefix(3)
        #expect(
            lines == [
                "\"process\"", "empty null nodes extract dev/nodes.yaml:1:58",
                "wins \"process\" pipelines daily pipelines.yaml:1:44",
            ]
        )
        #expect(
            try explain("nodes.load.timeout_seconds", pipeline: "weekly") == """
                60
                wins 60 pipelines weekly pipelines.yaml:2:42
                overridden 5 global_settings global_settings.yaml:3:23
                """
        )
        #expect(try explain("nodes.load.timeout_seconds") == "5\nwins 5 global_settings global_settings.yaml:3:23")
        #expect(try explain("output.gold.n.format") == "\"parquet\"\nwins \"parquet\" built-in")
        #expect(try explain("nodes.load.dependencies") == "\"extract\"\nwins \"extract\" nodes load nodes.yaml:5:41")
    }

    @Test("maps of how a node runs are filled in level by level, and have second names in global settings")
    func runningKeys() throws {
        let files = [
            "config/global_settings.yaml":
                "max_retries: 7\nretry: {delay_seconds: 2}\ncircuit_breaker: {failure_threshold: 5}\n",
            "config/pipelines.yaml": "p: {nodes: [a], circuit_breaker: true, retry: {delay_seconds: 4}}\n",
            "config/nodes.yaml": "a: {function: x.y, retry: {on: io}}\n",
        ]
        #expect(
            try explain("nodes.a.retry", files: files) == """
                {delay_seconds: 4, on: "io"}
                wins {on: "io"} nodes a nodes.yaml:1:20
                merged {delay_seconds: 4} pipelines p pipelines.yaml:1:40
                merged {delay_seconds: 2} global_settings global_settings.yaml:2:1
                """
        )
        #expect(
            try explain("nodes.a.retry.max_retries", files: files) == """
                7
                wins 7 global_settings global_settings.yaml:1:14
                overridden 3 built-in
                """
        )
        #expect(
            try explain("nodes.a.circuit_breaker", files: files) == """
                true
                wins true pipelines p pipelines.yaml:1:34
                overridden {failure_threshold: 5} global_settings global_settings.yaml:3:1
                """
        )
        #expect(try explain("nodes.a.priority", files: files) == "0\nwins 0 built-in")
        #expect(try explain("global_settings.keep_results", files: files) == "\"64 MB\"\nwins \"64 MB\" built-in")
    }

    @Test("overlays lie over one another, and nearer params over farther ones")
    func overlays() throws {
        #expect(
            try explain("nodes.extract.params.days", "dev") == """
                "5"
                wins "5" nodes extract dev/nodes.yaml:1:26 written ${DAYS}
                overridden 1 nodes extract nodes.yaml:3:18
                overridden 3 global_settings global_settings.yaml:5:16
                """
        )
        #expect(
            try explain("nodes.extract.params", "dev") == """
                {days: "5", region: "north", key: <secret>, more: 1}
                wins {days: "5", more: 1} nodes extract dev/nodes.yaml:1:11
                merged {days: 1, key: <secret>} nodes extract nodes.yaml:3:3
                merged {days: 3, region: "north"} global_settings global_settings.yaml:5:1
                """
        )
        #expect(
            try explain("nodes.extract.params.region")
                == "\"north\"\nwins \"north\" global_settings global_settings.yaml:5:27"
        )
        #expect(try explain("nodes.extract.tags.1") == "\"b\"\nwins \"b\" nodes extract nodes.yaml:4:13")
    }

    @Test("a value under a nearer one may have no value of its own, and its secrets stay hidden all the same")
    func unresolvedBelow() throws {
        let text = try explain("nodes.extract.params.key", "sandbox_ann")
        #expect(
            text == """
                "plain"
                wins "plain" nodes extract sandbox_ann/nodes.yaml:1:25
                overridden <secret> nodes extract sandbox/nodes.yaml:1:25
                overridden <secret> nodes extract nodes.yaml:3:26
                """
        )
        let settings = ["config/global_settings.yaml": "token: x\nown: ${DAYS:-${secret:NONE:-fallback}}\n"]
        #expect(
            try explain("global_settings.own", files: Self.files.merging(settings) { $1 }) == """
                5
                wins 5 global_settings global_settings.yaml:2:6
                """
        )
        #expect(
            try explain("global_settings.token") == "<secret>\nwins <secret> global_settings global_settings.yaml:4:8"
        )
    }

    @Test("whole entries and sections, and ids with dots")
    func parts() throws {
        #expect(
            try explain("output.silver.orders")
                == "{format: \"csv\"}\nwins {format: \"csv\"} output silver.orders output.yaml:1:1"
        )
        #expect(try explain("output.silver.orders.write_mode") == "\"overwrite\"\nwins \"overwrite\" built-in")
        #expect(try explain("pipelines.weekly.type") == "\"batch\"\nwins \"batch\" built-in")
        #expect(try explain("nodes").hasPrefix("{extract: {function: \"shop.extract\""))
        #expect(try explain("nodes_config.load.pool") == "not set")
    }

    @Test(
        "keys that are not there, with the nearest",
        arguments: [
            ("node", "no key `node`; did you mean `nodes`?"),
            ("", "no key ``."),
            ("nodes.extarct", "no key `nodes.extarct`; did you mean `nodes.extract`? Known there: extract, load."),
            ("nodes.extract.isolaton", "did you mean `nodes.extract.isolation`?"),
            ("nodes.extract.retry.max_retrie", "did you mean `nodes.extract.retry.max_retries`?"),
            ("nodes.extract.params.dyas", "did you mean `nodes.extract.params.days`? Known there: days, key."),
            ("nodes.extract.tags.7", "no key `nodes.extract.tags.7`. There is nothing under `nodes.extract.tags`."),
            ("nodes.extract.function.x", "no key `nodes.extract.function.x`."),
            ("nodes.extract.", "no key `nodes.extract.`."), (".", "no key ``."),
            ("input.raw", "There is nothing under `input`."), ("global_settings.tokn", "`global_settings.token`?"),
        ]
    )
    func unknown(_ key: String, _ expected: String) throws {
        let text = try explain(key)
        #expect(text.hasPrefix("The configuration has no key "))
        #expect(text.contains(expected), "\(text)")
    }

    @Test("pipelines that are not there, or have nothing to do with the node")
    func pipelines() throws {
        #expect(
            try explain("nodes.load.pool", pipeline: "dialy") == "There is no pipeline `dialy`; did you mean `daily`?"
        )
        #expect(
            try explain("nodes.extract.pool", pipeline: "weekly")
                == "Node `extract` is not in pipeline `weekly`. It is in daily."
        )
    }

    @Test("the chain and the files in the order they were read")
    func source() throws {
        let project = try TemporaryProject(Self.files)
        let inspection = ConfigLoader.inspect(
            project: .directory(project.directory),
            environment: "sandbox_ann",
            environmentVariables: ["TOKEN": "x"]
        )
        let explanation = try #require(inspection.inspector).explain("nodes.load.pool")
        #expect(explanation.pipelinesToChoose == ["daily", "weekly"])
        #expect(explanation.source.environment == "sandbox_ann")
        #expect(explanation.source.overlays == ["sandbox", "sandbox_ann"])
        #expect(
            explanation.source.files.map { FilePath.name(FilePath.parent($0)) + "/" + FilePath.name($0) } == [
                "config/global_settings.yaml", "config/pipelines.yaml", "config/nodes.yaml", "config/output.yaml",
                "sandbox/nodes.yaml", "sandbox_ann/nodes.yaml",
            ]
        )
    }

    @Test("hyperparameters and the model's version: node, pipeline, `config`, each form of `ml_info`, global settings")
    func machineLearning() throws {
        let files = [
            "config/global_settings.yaml": """
            default_hyperparams: {lr: 0.01, seed: 1}
            model_version: v0
            ml_info: ml/all.yaml

            """,
            "config/pipelines.yaml": """
            p: {nodes: [a], hyperparams: {b: 1}, config: {hyperparams: {lr: 0.5, b: 2}, model_version: v2}}
            q: {nodes: [c]}

            """,
            "config/nodes.yaml": "a: {function: x.a, hyperparameters: {net: {k: 1}}}\nc: {function: x.c}\n",
            "config/ml_info.yaml": "hyperparameters: {lr: 0.1, depth: 3, net: {l: 2}}\nmodel_version: v1\n",
            "config/ml_config.yml": "pipeline_name: p\nhyperparams: {seed: 2}\n",
            "ml/all.yaml": "hyperparams: {lr: 0.2, far: true}\n",
        ]
        #expect(
            try explain("nodes.a.hyperparams.lr", files: files) == """
                0.5
                wins 0.5 pipelines p pipelines.yaml:1:65
                overridden 0.1 ml_info ml_info.yaml:1:23
                overridden 0.2 ml_info all.yaml:1:19
                overridden 0.01 global_settings global_settings.yaml:1:27
                """
        )
        let whole = try explain("nodes.a.hyperparams", files: files).split(separator: "\n")[0]
        #expect(whole == "{lr: 0.5, seed: 2, far: true, depth: 3, net: {k: 1}, b: 1}", "as the plan merges them")
        #expect(
            try explain("nodes.c.hyperparams.seed", files: files) == """
                1
                wins 1 global_settings global_settings.yaml:1:39
                """,
            "what is for another pipeline does not count"
        )
        #expect(try explain("pipelines.q.model_version", files: files).hasPrefix("\"v1\"\nwins \"v1\" ml_info"))
        #expect(try explain("pipelines.p.model_version", files: files).hasPrefix("\"v2\"\nwins \"v2\" pipelines p"))
        #expect(
            try explain("ml_info.hyperparams.lr", files: files)
                == "0.1\nwins 0.1 ml_info ml_info.yaml:1:23"
        )
    }

    @Test("a module does not count where a whole name of the function lies over it")
    func otherForm() throws {
        let files = [
            "config/nodes.yaml": "extract: {module: shop, function: extract}\nload: {function: shop.load}\n",
            "config/dev/nodes.yaml": "extract: {function: mall.extract}\n",
        ]
        #expect(
            try explain("nodes.extract.module", "dev", files: Self.files.merging(files) { $1 }) == """
                not set
                overridden "shop" nodes extract nodes.yaml:1:19
                """
        )
    }

    @Test("what is built in is what the description of the key says")
    func builtIn() throws {
        #expect(try explain("nodes.load.engine") == "\"duckdb\"\nwins \"duckdb\" built-in")
        #expect(
            try explain("global_settings.format_policy.checkpoint_required_inputs")
                == "[\"kafka\", \"kinesis\", \"delta_stream\"]\n"
                + "wins [\"kafka\", \"kinesis\", \"delta_stream\"] built-in"
        )
    }

    @Test("a project with errors explains nothing and says them all")
    func errors() throws {
        let project = try TemporaryProject.usable(["config/nodes.yaml": "a: {}\nb: {}\n"])
        let inspection = ConfigLoader.inspect(project: .directory(project.directory), environmentVariables: [:])
        #expect(inspection.inspector == nil)
        #expect(inspection.diagnostics.count == 2)
    }

    @Test("what is printed as YAML reads back as the same values")
    func yaml() throws {
        let document: JSONValue = [
            "texts": [
                "", " ", "plain text", "5", "0x1F", "1e3", "true", "Null", "~", "yes", "a: b", "a #b", "- x", "*a", "'",
                "line\nline", "tab\t", "\u{85}\u{7F}", "é", "<<", "<secret>", ".inf", "2026-01-01", "@x", "{a", "end ",
                "/x",
                "\"quoted\"", "\\", "%x", "?", "!x", "…", "\u{FEFF}",
            ],
            "numbers": [0, -5, 1.5, .double(.infinity), .double(-.infinity), 1e300], "flags": [true, false],
            "none": nil,
            "empty": [[:], []], "nested": [[1, [2, ["a": ["b": [3], "c": [:]]]]], ["x": nil, "y": "z"]],
            "true": 1, "a: b": 2, "": 3,
        ]
        let project = try TemporaryProject.usable(["config/nodes.yaml": "n: {function: a.b, params: {}}\n"])
        let text = "params:\n" + document.yaml.split(separator: "\n").map { "  \($0)\n" }.joined()
        try FileSystem.writeAtomically(text, to: "\(project.directory)/config/global_settings.yaml")
        let outcome = project.load()
        let settings = try #require(outcome.context, "\(project.text(of: outcome)) \(text)").globalSettings
        #expect(settings.all["params"].map(json) == document)
    }

    private func json(_ value: ConfigValue) -> JSONValue {
        switch value.content {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .double(let number): .double(number)
        case .string(let text): .string(text)
        case .list(let items): .array(items.map(json))
        case .map(let entries): .object(entries.map { JSONValue.Member($0.key, json($0.value)) })
        }
    }
}
