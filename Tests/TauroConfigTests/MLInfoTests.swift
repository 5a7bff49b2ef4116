import TauroConfig
import TauroModel
import Testing

@Suite("What holds for all ML nodes: `ml_info` and the older `ml_config`")
struct MLInfoTests {
    private func context(_ files: [String: String]) throws -> Context {
        let project = try TemporaryProject.usable(files)
        let outcome = project.load()
        return try #require(outcome.context, "\(project.text(of: outcome))")
    }

    private func hyperparameters(_ context: Context, _ pipeline: String = "daily") throws -> [String: String] {
        let pipeline = try #require(context.pipeline(pipeline))
        let node = try #require(context.node("extract"))
        return context.hyperparameters(of: node, in: pipeline).mapValues(\.description)
    }

    @Test("node over pipeline over ml_info over global settings")
    func precedence() throws {
        let context = try context([
            "config/global_settings.yaml": "default_hyperparams: {a: 1, b: 1, c: 1, d: 1}\nmodel_version: v1\n",
            "config/ml_info.yaml": "hyperparameters: {a: 2, b: 2, c: 2}\nmodel_version: v2\n",
            "config/pipelines.yaml": "daily: {nodes: [extract], hyperparams: {a: 3, b: 3}}\n",
            "config/nodes.yaml": "extract: {function: x.y, hyperparams: {a: 4}}\n",
        ])
        #expect(try hyperparameters(context) == ["a": "4", "b": "3", "c": "2", "d": "1"])
        #expect(context.modelVersion(of: try #require(context.pipeline("daily"))) == "v2")
    }

    @Test("a file that global settings name sees the settings once resolved, not twice")
    func literalReferences() throws {
        let context = try context([
            "config/global_settings.yaml": "literal: \"$${X}\"\nml_info: ml/extra.yaml\n",
            "ml/extra.yaml": "hyperparams: {a: \"see ${literal}\"}\n",
        ])
        #expect(try hyperparameters(context) == ["a": "\"see ${X}\""])
    }

    @Test("a pipeline's version wins, and global settings stand in")
    func versions() throws {
        let files = ["config/global_settings.yaml": "model_version: v1\n"]
        let plain = try context(files)
        #expect(plain.modelVersion(of: plain.pipelines[0]) == "v1")
        let both = try context(
            files.merging([
                "config/ml_info.json": "{\"ml_info\": {\"model_version\": \"v2\"}}",
                "config/pipelines.yaml": "daily: {nodes: [extract], model_version: v3}\n",
            ]) { _, new in new }
        )
        #expect(both.modelVersion(of: both.pipelines[0]) == "v3")
    }

    @Test("a pipeline's `config` holds the same keys, and the key beside it wins")
    func pipelineConfig() throws {
        let context = try context([
            "config/pipelines.yaml": """
            daily:
              nodes: [extract]
              config: {hyperparameters: {a: 1, b: 1}, model_version: v1}
              hyperparams: {b: 2}
            """
        ])
        #expect(try hyperparameters(context) == ["a": "1", "b": "2"])
        #expect(context.pipelines[0].modelVersion == "v1")
    }

    @Test("the older file may be for one pipeline alone, and gives way to the newer one")
    func legacy() throws {
        let context = try context([
            "config/pipelines.yaml": "daily: {nodes: [extract]}\nweekly: {nodes: [extract]}\n",
            "config/ml_config.yml": """
            pipeline_name: weekly
            pipeline_type: BATCH
            model_version: v1
            hyperparams: {rate: 0.5, depth: 3}
            """,
            "config/ml_info.yml": "hyperparams: {depth: 6}\n",
        ])
        #expect(try hyperparameters(context, "weekly") == ["rate": "0.5", "depth": "6"])
        #expect(try hyperparameters(context, "daily") == ["depth": "6"])
        #expect(context.pipelines.map { context.modelVersion(of: $0) } == [nil, "v1"])
    }

    @Test("a pipeline that the older file is for does not exist")
    func unknownPipeline() throws {
        let project = try TemporaryProject.usable(["config/ml_config.yml": "pipeline_name: dialy\n"])
        #expect(
            project.findings() == """
                config/ml_config.yml:1:16: warning: `pipeline_name` of `ml_config`: there is no pipeline `dialy`; did you mean `daily`?
                  What it says reaches only nodes of that pipeline; remove the key to reach all.
                """
        )
    }

    @Test("the section of a single file, overlays, and references")
    func otherPlaces() throws {
        let project = try TemporaryProject([
            "config.yaml": """
            global_settings: {depth: 5}
            pipelines: {daily: {nodes: [extract]}}
            nodes: {extract: {function: x.y}}
            ml_info: {hyperparams: {depth: "${depth}", rate: 0.1}}
            """,
            "dev/config.yaml": "ml_info: {hyperparams: {rate: 0.2}}\n",
        ])
        let context = try #require(project.loadFile("config.yaml", environment: "dev").context)
        #expect(try hyperparameters(context) == ["depth": "5", "rate": "0.2"])
    }

    @Test("a map or a path in the global settings, which the file wins over")
    func inGlobalSettings() throws {
        let map = try context([
            "config/global_settings.yaml": "ml_info: {hyperparams: {a: 1, b: 1}}\n",
            "config/ml_info.yaml": "hyperparams: {b: 2}\n",
        ])
        #expect(try hyperparameters(map) == ["a": "1", "b": "2"])
        let path = try context([
            "config/global_settings.yaml": "root: shared\nml_info: \"${root}/ml.yaml\"\ndepth: 7\n",
            "shared/ml.yaml": "ml_info: {hyperparams: {depth: \"${depth}\", name: \"${secret:WORD:-x}\"}}\n",
        ])
        #expect(try hyperparameters(path) == ["depth": "7", "name": "<secret>"])
    }

    @Test("a path that leads to no file")
    func noFile() throws {
        let project = try TemporaryProject.usable(["config/global_settings.yaml": "ml_info: ml.yaml\n"])
        #expect(
            project.findings() == """
                config/global_settings.yaml:1:10: error: `ml_info` of global settings: there is no file "ml.yaml".
                  Looked for ml.yaml; it is a .yaml, .yml or .json file, relative to the project.
                """
        )
    }

    @Test("each mistake is one finding, wherever the settings stand")
    func mistakes() throws {
        let project = try TemporaryProject.usable([
            "config/global_settings.yaml": "ml_info: {hyperparms: {}, model_version: 2}\n",
            "config/ml_info.yaml": """
            mlops: {backend: databrick, experiment: {nmae: x}, enabled: 1}
            tags: {year: 2025}
            hyperparams: [depth]
            metrics: {rmse: 1}
            pipeline_name: daily
            """,
            "config/pipelines.yaml": "daily: {nodes: [extract], config: {hyperparam: {}, metrics: 1}}\n",
        ])
        #expect(
            project.findings() == """
                config/global_settings.yaml:1:11: error: `hyperparms` is not a key of `ml_info`, in `ml_info` of global settings; did you mean `hyperparams`?
                config/global_settings.yaml:1:42: error: `model_version` of `ml_info` of global settings: expected text, found the whole number 2.
                  Put the value in quotes.
                config/ml_info.yaml:1:1: warning: `mlops` of `ml_info` has no effect in this version.
                config/ml_info.yaml:1:18: error: `backend` of `mlops` of `ml_info`: found the text "databrick"; did you mean `databricks`?
                config/ml_info.yaml:1:42: error: `nmae` is not a key of `experiment` of `mlops`, in `experiment` of `mlops` of `ml_info`; did you mean `name`?
                config/ml_info.yaml:1:61: error: `enabled` of `mlops` of `ml_info`: expected true or false, found the whole number 1.
                config/ml_info.yaml:2:14: error: `tags.year` of `ml_info`: expected text, found the whole number 2025.
                  Put the value in quotes.
                config/ml_info.yaml:3:14: error: `hyperparams` of `ml_info`: expected a map, found a list.
                config/ml_info.yaml:4:10: error: `metrics` of `ml_info`: expected text or a list of texts, found a map.
                config/ml_info.yaml:5:1: error: `pipeline_name` is not a key of `ml_info`, in `ml_info`.
                  Known keys: hyperparams, model_version, model_name, metrics, tags, description, mlops, model_registry.
                config/pipelines.yaml:1:36: error: `hyperparam` is not a key of `config`, in `config` of pipeline `daily`; did you mean `hyperparams`?
                config/pipelines.yaml:1:61: error: `metrics` of `config` of pipeline `daily`: expected text or a list of texts, found the whole number 1.
                  Put the value in quotes.
                """
        )
    }
}
