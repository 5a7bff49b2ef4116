import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// Programs that embed the engine build contexts of values alone; nothing in them was written in a file.
@Suite struct InMemoryContextTests {
    private func context(upto: ConfigValue) -> Context {
        Context(
            projectDirectory: "/project",
            environment: "dev",
            globalSettings: GlobalSettings(inputPath: "/data", outputPath: "/out", maxWorkers: 2),
            pipelines: [PipelineDefinition(name: "p", nodes: [Located("count"), Located("total")])],
            nodes: [
                NodeDefinition(
                    name: "count",
                    function: Located("test.count"),
                    inputs: [],
                    outputs: [Located("bronze.n")],
                    parameters: ["upto": upto],
                    execution: ExecutionSettings(isolation: .process)
                ),
                NodeDefinition(name: "total", function: Located("test.total"), inputs: [Located("bronze.n")]),
            ],
            outputs: []
        )
    }

    private func plan(_ context: Context) -> PlanResult {
        let upto = NodeSignature.Parameter(name: "upto", type: .int64, defaultValue: nil)
        let functions = FakeSignatures([
            NodeSignature(
                name: "test.count",
                symbol: "count",
                result: .frame,
                inputs: [],
                takesML: false,
                parameters: [upto],
                plugin: PipelineFixture.plugin
            ),
            NodeSignature(
                name: "test.total",
                symbol: "total",
                result: .frame,
                inputs: [NodeSignature.Input(kind: .frame, name: "rows")],
                takesML: false,
                parameters: [],
                plugin: PipelineFixture.plugin
            ),
        ])
        var builder = PlanBuilder(
            context: context,
            signatures: functions,
            datasets: FakeDatasets(),
            request: PlanRequest(pipeline: "p", startDate: "2026-01-01")
        )
        return builder.build()
    }

    @Test func isPlannedLikeALoadedOne() throws {
        let plan = try #require(plan(context(upto: .of(.integer(5)))).plan)
        #expect(plan.nodes.map(\.name) == ["count", "total"])
        #expect(plan.nodes[1].dependencies == [0])
        #expect(plan.nodes[0].parameters.map(\.value) == [.int64(5)])
        #expect(plan.nodes[0].execution.isolation == .process)
        #expect(plan.nodes[0].outputs.map(\.path.value) == ["/out/dev/bronze/n"])
        #expect(plan.dates.start == "2026-01-01")
    }

    @Test func isCheckedLikeALoadedOne() {
        let result = plan(context(upto: .of(.string("many"))))
        #expect(result.plan == nil)
        #expect(result.diagnostics.count == 1)
        #expect(result.diagnostics.first?.message.contains("upto") == true)
    }
}
