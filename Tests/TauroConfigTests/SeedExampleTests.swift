import TauroBasics
import TauroConfig
import TauroModel
import Testing

@Suite("The examples that users have from the original's document are configuration")
struct SeedExampleTests {
    private static let examples: String = {
        let tests = FilePath.parent(FilePath.parent(#filePath))
        return FilePath.join(tests, "TauroHostTests/Fixtures/Seed")
    }()

    /// The configuration of an example, as its files say; `environment` holds nodes that it only refers to.
    private func load(_ name: String, environment: String? = nil) -> ConfigLoader.Outcome {
        ConfigLoader.load(
            project: .directory(FilePath.join(Self.examples, name)),
            environment: environment,
            environmentVariables: [:]
        )
    }

    @Test("a hybrid pipeline whose type stands beside its nodes")
    func hybrid() throws {
        let outcome = load("hybrid")
        let context = try #require(outcome.context, "\(outcome.diagnostics)")
        #expect(outcome.diagnostics.isEmpty)
        #expect(context.pipelines.map(\.kind) == [.hybrid])
        #expect(context.nodes.map(\.name) == ["extract_batch", "stream_events", "join_sources"])
        #expect(context.node("join_sources")?.dependencies.map(\.value) == ["extract_batch", "stream_events"])
    }

    @Test("all five forms of dependencies")
    func dependencyForms() throws {
        let context = try #require(load("dependency-forms").context)
        let expected = [
            "one": ["extract"], "map": ["extract"], "list": ["extract", "transform"],
            "maps": ["extract", "transform"], "mixed": ["extract", "transform"],
        ]
        for (name, dependencies) in expected {
            #expect(context.node(name)?.dependencies.map(\.value) == dependencies, "\(name)")
        }
    }

    @Test("fields of a node")
    func nodeFields() throws {
        let context = try #require(load("node-fields").context)
        let node = try #require(context.node("train_model"))
        #expect(node.function.value == "my_pkg.ml.train")
        #expect(node.inputs?.map(\.value) == ["silver.events"])
        #expect(node.outputs.map(\.value) == ["model"])
        #expect(node.dependencies.map(\.value) == ["transform"])
        #expect(node.metrics == ["accuracy", "precision", "recall"])
        let hyperparameters = node.hyperparameters.mapValues(\.content)
        #expect(hyperparameters == ["learning_rate": .double(0.01), "max_depth": .integer(6)])
    }

    @Test("nodes under `nodes:` and nodes that lie over them without it")
    func wrapped() throws {
        let context = try #require(load("auto-detected-node", environment: "dev").context)
        #expect(context.nodes.map(\.name) == ["train_model", "feature_engineering"])
        #expect(context.node("train_model")?.dependencies.map(\.value) == ["feature_engineering"])
    }
}
