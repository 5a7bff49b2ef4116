import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// What is said of inputs that nodes store, while they are not there yet.
@Suite struct StoredInputTests {
    /// A pipeline `p` with the node `make`, and a pipeline `q` with `use`, which reads what `make` stores.
    private func context() -> Context {
        var fixture = PipelineFixture()
        fixture.node("make", outputs: ["bronze.n"])
        fixture.node("use", inputs: ["bronze.n"])
        var context = fixture.context()
        context.pipelines = ["p": "make", "q": "use"].sorted { $0.key < $1.key }.map { name, node in
            PipelineDefinition(name: name, nodes: [Located(node)])
        }
        return context
    }

    private func plan(
        _ context: Context,
        _ pipeline: String = "q",
        missing: Set<String> = ["bronze.n"],
        isToRun: Bool = false,
        selection: SelectionRequest = SelectionRequest(),
        callOptions: [String] = []
    ) -> PlanResult {
        let signatures = context.nodes.map { node in
            NodeSignature(
                name: node.function.value,
                symbol: node.name,
                result: .frame,
                inputs: (node.inputs ?? []).map { .init(kind: .frame, name: $0.value) },
                takesML: false,
                parameters: [],
                plugin: PipelineFixture.plugin
            )
        }
        var builder = PlanBuilder(
            context: context,
            signatures: FakeSignatures(signatures),
            datasets: FakeDatasets(missing: missing),
            request: PlanRequest(
                pipeline: pipeline,
                selection: selection,
                isToRun: isToRun,
                callOptions: callOptions
            )
        )
        return builder.build()
    }

    @Test(arguments: [false, true]) func onlyARunFailsWithoutWhatAnotherNodeStores(isToRun: Bool) throws {
        let result = plan(context(), isToRun: isToRun, callOptions: ["--env", "dev"])
        #expect((result.plan == nil) == isToRun)
        let finding = try #require(result.diagnostics.first)
        #expect(result.diagnostics.count == 1)
        #expect(finding.severity == (isToRun ? .error : .warning))
        #expect(finding.notes == ["node 'make' stores 'bronze.n': tauro-host run p --to-node make --env dev"])
    }

    @Test func aMakerInNoPipelineIsToldAsThat() {
        var context = context()
        context.pipelines.removeFirst()
        #expect(
            plan(context).diagnostics.map(\.notes) == [
                ["node 'make' stores 'bronze.n', but is in no pipeline: add it to one, and run that first"]
            ]
        )
    }

    @Test func whatNoNodeStoresIsAnErrorInEveryCase() {
        var context = context()
        context.nodes[0].outputs = []
        context.outputs = [DatasetDefinition(id: "bronze.n", format: Located("csv"), path: Located("/p/out/n"))]
        let result = plan(context)
        #expect(result.plan == nil)
        #expect(
            result.diagnostics.map(\.notes) == [
                ["no node of the project stores 'bronze.n': name it in the `output` of one, and run that first"]
            ]
        )
    }

    @Test(arguments: [false, true]) func aNodeThatReadsItsOwnOutputIsToldHowToBegin(isToRun: Bool) throws {
        var context = context()
        context.nodes[1].outputs = [Located("gold.state")]
        let place = SourceLocation(file: "/project/config/nodes.yaml", line: 2, column: 9)
        context.nodes[1].inputs = [Located("gold.state", at: place)]
        let result = plan(context, missing: ["gold.state"], isToRun: isToRun)
        let finding = try #require(result.diagnostics.first)
        #expect(finding.severity == (isToRun ? .error : .warning))
        #expect(finding.location == place)
        #expect(
            finding.notes.count == 1 && finding.notes[0].hasPrefix("only 'use' itself stores 'gold.state': for its")
        )
    }

    /// A pipeline `p` whose node `use` reads, as an entry of `input.yaml`, what its node `make` stores.
    private func contextOfOriginal(path: String) -> Context {
        var fixture = PipelineFixture()
        fixture.node("use", inputs: ["events"], outputs: ["gold.n"])
        fixture.node("make", outputs: ["bronze.n"])
        fixture.input("events")
        var context = fixture.context()
        context.inputs[0].path = Located(path)
        return context
    }

    @Test(arguments: ["/project/out/bronze/n", "/project/out/bronze/n/*.parquet"])
    func anInputInTheDirectoryOfAnOutputIsReadWhenThatIsStored(path: String) throws {
        let result = plan(contextOfOriginal(path: path), "p", missing: ["events"], isToRun: true)
        #expect(result.diagnostics == [])
        let plan = try #require(result.plan)
        #expect(plan.nodes.map(\.name) == ["make", "use"])
        #expect(plan.nodes[1].orderedAfter == [0])
        guard case .source = plan.nodes[1].inputs[0] else {
            Issue.record("inputs: \(plan.nodes[1].inputs)")
            return
        }
    }

    @Test(arguments: [false, true]) func anInputThatANodeOutsideTheRunStoresNamesThatRun(isToRun: Bool) {
        let result = plan(
            contextOfOriginal(path: "/project/out/bronze/n"),
            "p",
            missing: ["events"],
            isToRun: isToRun,
            selection: SelectionRequest(nodes: ["use"])
        )
        #expect(result.diagnostics.map(\.severity) == [isToRun ? .error : .warning])
        #expect(
            result.diagnostics.map(\.notes) == [["node 'make' stores 'bronze.n': tauro-host run p --to-node make"]]
        )
    }

    @Test func filesThatNodesStoreForEachOtherAreACycle() {
        var context = contextOfOriginal(path: "/project/out/bronze/n")
        context.nodes[1].inputs = [Located("gold.n")]
        let result = plan(context, "p", missing: [])
        #expect(result.diagnostics.map(\.message) == ["Circular dependency detected: use <-> make"])
        #expect(result.diagnostics[0].notes.last == "who reads a file that another node stores waits for that node too")
    }
}
