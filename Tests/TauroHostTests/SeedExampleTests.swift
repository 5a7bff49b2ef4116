import Foundation
import Testing

/// The configuration that users of the Python original have from its document: each example loads, and those that need
/// no streaming run.
///
/// Each directory of `Fixtures/Seed` is one example, in the files it names. What a project needs besides, and nothing of
/// the example itself, stands in files of our own; nodes that an example only refers to stand in the environment `dev`.
@Suite struct SeedExampleTests {
    /// An example, and what its run is to do.
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let pipeline: String
        let order: [String]
        var rows: [String: Int] = [:]
        var learningRates: [String: Double] = [:]

        var testDescription: String { name }
    }

    private static let examples = [
        Example(
            name: "auto-detected-node",
            pipeline: "ml_training",
            order: ["feature_engineering", "train_model"],
            rows: ["feature_engineering": 6, "train_model": 1]
        ),
        Example(
            name: "node-with-mlops",
            pipeline: "tuning",
            order: ["prepare_data", "train_model"],
            learningRates: ["train_model": 0.01]
        ),
        Example(
            name: "node-fields",
            pipeline: "daily",
            order: ["extract", "transform", "train_model"],
            rows: ["extract": 4, "transform": 2, "train_model": 1],
            learningRates: ["train_model": 0.01]
        ),
        Example(
            name: "dependency-forms",
            pipeline: "forms",
            order: ["extract", "transform", "one", "map", "list", "maps", "mixed"],
            rows: ["one": 6, "mixed": 6]
        ),
        Example(
            name: "explicit-dependencies",
            pipeline: "daily",
            order: ["extract", "transform"],
            rows: ["transform": 3]
        ),
        Example(
            name: "implicit-dependencies",
            pipeline: "daily",
            order: ["extract", "transform"],
            rows: ["transform": 3]
        ),
        Example(
            name: "simple-etl",
            pipeline: "daily_etl",
            order: ["extract", "transform", "aggregate"],
            rows: ["extract": 6, "transform": 3, "aggregate": 1]
        ),
        Example(
            name: "hyperparameters",
            pipeline: "daily_ml",
            order: ["prepare_data", "train_model", "evaluate_model"],
            learningRates: ["train_model": 0.01]
        ),
        Example(
            name: "one-file-pipeline",
            pipeline: "customer_churn_ml",
            order: ["prepare_features", "train_model", "evaluate_model"],
            learningRates: ["train_model": 0.01]
        ),
        Example(
            name: "central-ml-info",
            pipeline: "ml_training_pipeline",
            order: ["train_model"],
            learningRates: ["train_model": 0.01]
        ),
        Example(
            name: "legacy-ml-config",
            pipeline: "daily_model_training",
            order: ["train_model"],
            learningRates: ["train_model": 0.01]
        ),
        Example(name: "mlops-in-every-node", pipeline: "churn", order: ["train_model", "predict"]),
        Example(name: "mlops-once", pipeline: "churn", order: ["train_model", "predict"]),
        Example(name: "experiment-in-ml-info", pipeline: "churn", order: ["train_model"]),
        Example(name: "experiment-of-a-node", pipeline: "churn", order: ["train_model"]),
    ]

    @Test(arguments: examples) func isValid(example: Example) throws {
        let project = try SeedProject(example.name)
        let result = try project.host("validate", example.pipeline)
        #expect(result.status == 0, "\(result.errors)")
        let count = example.order.count == 1 ? "1 node" : "\(example.order.count) nodes"
        #expect(result.output == "Pipeline '\(example.pipeline)' is valid: \(count)\n")
    }

    @Test(arguments: examples) func runs(example: Example) throws {
        let project = try SeedProject(example.name)
        let result = try project.host(
            "run",
            example.pipeline,
            "--start-date",
            "2025-01-01",
            "--end-date",
            "2025-01-31",
            "--progress",
            "none",
            "--format",
            "json"
        )
        #expect(result.status == 0, "\(result.errors)")
        let summary = try JSONDecoder().decode(Summary.self, from: Data(result.output.utf8))
        #expect(summary.status == "completed")
        #expect(summary.order == example.order)
        for (node, rows) in example.rows { #expect(summary.nodes[node]?.rows == rows, "\(node)") }
        for (node, rate) in example.learningRates {
            #expect(summary.nodes[node]?.metrics["learning_rate"] == rate, "\(node)")
        }
    }

    /// What a run's document says of what is looked at here.
    private struct Summary: Decodable {
        struct Node: Decodable {
            let rows: Int?
            let metrics: [String: Double]
        }

        let status: String
        let order: [String]
        let nodes: [String: Node]

        enum CodingKeys: String, CodingKey {
            case status
            case order = "execution_order"
            case nodes
        }
    }
}

/// A copy of an example with its plugin.
private final class SeedProject {
    private static let fixtures = Checkout.root + "/Tests/TauroHostTests/Fixtures/Seed"

    private let scratch: Scratch
    private var path: String { scratch.file("project") }
    private var environment: [String] {
        FileManager.default.fileExists(atPath: path + "/config/dev") ? ["--env", "dev"] : []
    }

    init(_ name: String) throws {
        scratch = try Scratch()
        let files = FileManager.default
        try files.copyItem(atPath: SeedProject.fixtures + "/" + name, toPath: path)
        try files.createDirectory(atPath: path + "/plugins", withIntermediateDirectories: true)
        let result = try HostProcess.start(
            "/usr/bin/cc",
            [
                "-shared", "-fPIC", "-I", Checkout.root + "/include", SeedProject.fixtures + "/nodes.c", "-o",
                path + "/plugins/seed.so",
            ]
        )
        guard result.status == 0 else { throw TestProject.CompilationError(text: result.errors) }
    }

    func host(_ arguments: String...) throws -> HostProcess.Result {
        try HostProcess.run(arguments + ["--project", path] + environment)
    }
}
