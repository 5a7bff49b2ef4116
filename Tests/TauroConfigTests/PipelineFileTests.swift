import TauroConfig
import TauroModel
import Testing

@Suite("Files with one pipeline and its nodes")
struct PipelineFileTests {
    private static let file = """
        name: churn
        type: batch
        config:
          hyperparams: {learning_rate: 0.01, max_depth: 6}
          metrics: [auc]
        nodes:
          prepare: {function: ml.prepare, output: [features]}
          train: {function: ml.train, dependencies: [prepare], hyperparams: {max_depth: 8}}
        """

    private func expect(_ context: Context) throws {
        let pipeline = try #require(context.pipeline("churn"))
        #expect(pipeline.kind == .batch)
        #expect(pipeline.nodes.map(\.value) == ["prepare", "train"])
        #expect(pipeline.hyperparameters["learning_rate"]?.content == .double(0.01))
        #expect(context.node("train")?.dependencies.map(\.value) == ["prepare"])
        #expect(context.node("train")?.hyperparameters["max_depth"]?.content == .integer(8))
    }

    @Test("alone, as one file, whatever its name, without settings")
    func alone() throws {
        let project = try TemporaryProject(["ml_pipeline.yml": Self.file, "churn.yaml": Self.file])
        for name in ["ml_pipeline.yml", "churn.yaml"] {
            let outcome = project.loadFile(name)
            let context = try #require(outcome.context, "\(project.text(of: outcome))")
            try expect(context)
            #expect(context.globalSettings.outputPath == "\(project.directory)/data/output")
        }
        try expect(Context.loadFromFile("\(project.directory)/churn.yaml"))
    }

    @Test("in a directory, alone or beside other files, with overlays that change single keys")
    func directory() throws {
        let project = try TemporaryProject([
            "config/ml_pipeline.yml": Self.file,
            "config/nodes.yaml": "report: {function: a.b}",
            "config/pipelines.yaml": "reports: {nodes: [report]}",
            "config/global_settings.yaml": "output_path: out",
            "config/dev/ml_pipeline.yaml": "name: churn\nnodes: {train: {tags: [dev]}}\n",
        ])
        let outcome = project.load(environment: "dev")
        let context = try #require(outcome.context, "\(project.text(of: outcome))")
        try expect(context)
        #expect(context.node("train")?.tags == ["dev"])
        #expect(context.pipelines.map(\.name) == ["reports", "churn"])
        let alone = try TemporaryProject([
            "config/ml_pipeline.json": "{\"name\": \"p\", \"nodes\": {\"a\": {\"function\": \"x.y\"}}}"
        ])
        #expect(alone.load().context?.pipeline("p")?.nodes.map(\.value) == ["a"])
    }

    @Test("other sections in the same file, and references")
    func withSections() throws {
        let file = """
            name: p
            description: for ${region}
            global_settings: {region: north}
            input: {raw: {format: csv, path: raw.csv}}
            nodes: {a: {function: x.y, input: raw, params: {r: "${region}"}}}
            """
        let project = try TemporaryProject(["p.yaml": file])
        let outcome = project.loadFile("p.yaml")
        let context = try #require(outcome.context, "\(project.text(of: outcome))")
        #expect(context.pipeline("p")?.description == "for north")
        #expect(context.node("a")?.parameters["r"]?.content == .string("north"))
        #expect(context.inputs.map(\.id) == ["raw"])
    }

    @Test("the type of a hybrid pipeline beside its nodes in nodes_config.yml")
    func nodesConfig() throws {
        let project = try TemporaryProject([
            "config/nodes_config.yml": "type: \"hybrid\"\n\nstream: {function: a.b}\njoin: {function: a.c}\n",
            "config/pipelines_config.yml": "mixed: {nodes: [stream, join]}\n",
            "config/global_settings.json": "{}",
        ])
        let context = try #require(project.load().context)
        #expect(context.pipeline("mixed")?.kind == .hybrid)
        #expect(context.nodes.map(\.name) == ["stream", "join"])
    }

    @Test("what is wrong with such a file")
    func mistakes() throws {
        let project = try TemporaryProject([
            "config/ml_pipeline.yml":
                "config: {hyperparms: {}}\nschedul: daily\nname: p\nnodes: {a: {function: x.y}}\n",
            "config/nodes.yaml": "a: {function: x.z}\n",
        ])
        #expect(
            project.findings() == """
                config/ml_pipeline.yml:1:10: error: `hyperparms` is not a key of a pipeline, in pipeline `p`; did you mean `hyperparams`?
                config/ml_pipeline.yml:2:1: error: `schedul` is not a key of a pipeline, in pipeline `p`; did you mean `schedule`?
                config/ml_pipeline.yml:4:9: error: `a` of `nodes` is in nodes.yaml too.
                  Keep one of them; a file of an environment may change single keys of it.
                """
        )
    }

    @Test("a file without a usable name", arguments: ["", "name: 5\n", "name: \"\"\n", "name: \"p${X:-1}\"\n"])
    func noName(_ line: String) throws {
        let project = try TemporaryProject(["ml_pipeline.yml": "\(line)type: batch\nnodes: {a: {function: x.y}}\n"])
        let findings = project.text(of: project.loadFile("ml_pipeline.yml"))
        #expect(findings.contains("name"))
        #expect(findings.split(separator: "\n").count { $0.contains("error:") } == 1, "\(findings)")
    }
}
