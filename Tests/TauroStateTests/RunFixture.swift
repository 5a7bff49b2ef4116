import TauroBasics
import TauroModel

/// Runs for tests.
enum RunFixture {
    /// A request in which everything is said.
    static var fullRequest: RunRequest {
        let place = SourceLocation(file: "--hyperparam", line: 1, column: 3)
        let inner = ConfigValue(
            .map([ConfigValue.Entry(key: "a", keyLocation: place, value: value(.bool(true)))]),
            at: place
        )
        return RunRequest(
            environment: "dev",
            parameters: [CommandLineParameter(node: "extract", name: "from", text: "a=b")],
            hyperparameters: [
                "rate": value(.double(.infinity)), "depth": value(.integer(.max)), "name": value(.string("x\"y")),
                "layers": value(.list([value(.integer(1)), value(.null), value(.double(1)), inner])),
                "small": value(.double(1e-300)),
            ],
            modelVersion: "3",
            selection: SelectionRequest(
                expressions: ["+a"],
                exclusions: ["b"],
                fromNodes: ["c"],
                toNodes: ["d"],
                nodes: ["e"],
                tags: ["f"]
            ),
            isolation: .process
        )
    }

    static func record(
        _ id: String = "r1",
        pipeline: String = "daily",
        nodes: [String] = ["extract", "load"],
        request: RunRequest = RunRequest()
    ) -> RunRecord {
        RunRecord(
            id: id,
            pipeline: pipeline,
            kind: .batch,
            engine: "duckdb",
            dates: DateWindow(start: "2026-01-01", end: nil),
            maxWorkers: 4,
            request: request,
            nodes: nodes.map { node($0) }
        )
    }

    /// A host whose process is gone.
    static func host(_ process: Int32 = 41, at second: Int64 = 0) -> RunHost {
        RunHost(process: process, boot: "b1", machine: "m", version: "0.1.0", beganAt: moment(second))
    }

    /// Some seconds after the first moment of 2026.
    static func moment(_ second: Int64) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: 1_767_225_600_000 + second * 1000)
    }

    private static func value(_ content: ConfigValue.Content) -> ConfigValue {
        ConfigValue(content, at: SourceLocation(file: "--hyperparam", line: 2, column: 7))
    }

    private static func node(_ name: String) -> RunRecord.Node {
        RunRecord.Node(
            name: name,
            function: "shop.\(name)",
            plugin: "/plugins/shop.so",
            dependencies: ["a"],
            inputs: ["b", "c"],
            outputs: ["d"],
            fingerprint: NodeFingerprint([NodeFingerprint.Part("plugin", "x"), NodeFingerprint.Part("input b", "")])
        )
    }
}
