import TauroModel
import Testing

@testable import TauroConfig

@Suite struct ExecutionSettingsTests {
    @Test func settingsOfNodePipelineAndProjectAreRead() throws {
        let project = try TemporaryProject([
            "config/global_settings.yaml": "worker_memory_limit: 1 GiB\nnode_timeout_seconds: 90\n",
            "config/pipelines.yaml": """
            p: {nodes: [a], on_failure: skip_dependents, timeout_seconds: 30, streaming: {checkpoint_location: s}}
            """,
            "config/nodes.yaml": "a: {function: x.y, isolation: process, worker_memory_limit: 512 MiB}",
        ])
        let context = try #require(project.load().context)
        let node = try #require(context.node("a")).execution
        #expect(node.isolation == .process && node.workerMemoryLimit == 512 << 20 && node.timeoutSeconds == nil)
        let pipeline = try #require(context.pipeline("p")).execution
        #expect(pipeline.onFailure == .skipDependents && pipeline.timeoutSeconds == 30)
        #expect(pipeline.checkpointLocation == "s")
        let settings = context.globalSettings.execution
        #expect(settings.workerMemoryLimit == 1 << 30 && settings.timeoutSeconds == 90)
        let merged = node.merged(over: pipeline).merged(over: settings)
        #expect(
            merged
                == ExecutionSettings(
                    isolation: .process,
                    timeoutSeconds: 30,
                    workerMemoryLimit: 512 << 20,
                    onFailure: .skipDependents,
                    checkpointLocation: "s"
                )
        )
    }

    @Test(arguments: [("64 MiB", 64 << 20), ("1.5 GB", 1_500_000_000), ("4096b", 4096), ("10kb", 10_000)])
    func byteCountsHaveUnits(text: String, bytes: Int64) {
        let value = ConfigValue(.string(text), at: SourceLocation(file: "f"))
        #expect(ByteCount(value)?.bytes == bytes)
    }

    @Test(arguments: ["", "MiB", "10", "-1 MiB", "0 B", "1e300 GiB", "12 parsecs", "1.2.3 MiB"])
    func otherTextsAreNone(text: String) {
        #expect(ByteCount(ConfigValue(.string(text), at: SourceLocation(file: "f"))) == nil)
    }
}
