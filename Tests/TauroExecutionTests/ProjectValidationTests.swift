import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// What a check of the whole project finds beyond the pipelines' own.
@Suite struct ProjectValidationTests {
    private func validate(
        _ fixture: PipelineFixture,
        _ change: (inout Context) -> Void = { _ in },
        pipeline: String? = nil
    ) -> ValidationOutcome {
        var context = fixture.context()
        change(&context)
        return ProjectValidator(context: context, signatures: fixture.functions(), datasets: FakeDatasets())
            .validate(pipeline)
    }

    private func messages(_ outcome: ValidationOutcome) -> [String] { outcome.diagnostics.map(\.message) }

    private func place(_ line: Int, _ file: String = "/project/config/nodes.yaml") -> TauroModel.SourceLocation {
        TauroModel.SourceLocation(file: file, line: line, column: 1)
    }

    @Test func everyPipelineIsCheckedAndEachFindingIsToldOnce() {
        var fixture = PipelineFixture()
        fixture.node("a", inputs: ["nowhere"])
        fixture.node("b")
        let outcome = validate(fixture) { context in
            context.pipelines.append(PipelineDefinition(name: "q", nodes: [Located("a")]))
            context.pipelines.append(PipelineDefinition(name: "r", nodes: [Located("b")]))
        }
        #expect(messages(outcome) == ["Node 'a' reads dataset 'nowhere', which is not defined"])
        #expect(outcome.validPipelines.map(\.name) == ["r"])
    }

    @Test func aNodeInNoPipelineIsCheckedToo() {
        var fixture = PipelineFixture()
        fixture.node("a")
        fixture.node(
            "loose",
            inputs: ["nowhere"],
            after: ["aa"],
            parameters: ["limit": .of(.string("many"))],
            declares: [.init(name: "limit", type: .int64, defaultValue: .int64(1))]
        )
        let outcome = validate(fixture) { $0.pipelines[0].nodes.removeLast() }
        let found = messages(outcome)
        #expect(found.contains("Node 'loose' reads dataset 'nowhere', which is not defined"))
        #expect(found.contains("Node 'loose' depends on 'aa' which is no node of the project"))
        #expect(found.contains { $0.hasPrefix("parameter 'limit' of node 'loose': expected") })
        #expect(found.count == 3)
        #expect(messages(validate(fixture, { $0.pipelines[0].nodes.removeLast() }, pipeline: "p")) == [])
    }

    @Test func whatAMisspeltNameWasMeantForIsNotCalledUnused() {
        var fixture = PipelineFixture()
        fixture.input("raw")
        fixture.node("a", inputs: ["rwa"])
        #expect(messages(validate(fixture)) == ["Node 'a' reads dataset 'rwa', which is not defined"])
    }

    @Test func aLooseNodeReadsWhatAnyNodeStores() {
        var fixture = PipelineFixture()
        fixture.node("a", outputs: ["bronze.a"])
        fixture.node("loose", inputs: ["bronze.a"])
        let outcome = validate(fixture) { $0.pipelines[0].nodes.removeLast() }
        #expect(messages(outcome) == ["Node 'loose' is in no pipeline"])
    }

    @Test func datasetsNobodyUsesDrawAWarningOnlyForTheWholeProject() {
        var fixture = PipelineFixture()
        fixture.input("used")
        fixture.input("unused")
        fixture.node("a", inputs: ["used"], outputs: ["gold.a"])
        let change: (inout Context) -> Void = { context in
            for id in ["gold.a", "gold.lost"] {
                context.outputs.append(DatasetDefinition(id: id, format: Located("csv"), path: Located("/p/\(id)")))
            }
        }
        #expect(
            messages(validate(fixture, change)) == [
                "Dataset 'unused' of input.yaml is read by no node",
                "Dataset 'gold.lost' of output.yaml is written and read by no node",
            ]
        )
        #expect(messages(validate(fixture, change, pipeline: "p")) == [])
    }

    @Test func anInputWithTheIdOfAnOutputDrawsAWarning() {
        var fixture = PipelineFixture()
        fixture.input("bronze.a")
        fixture.node("a", outputs: ["bronze.a"])
        fixture.node("b", inputs: ["bronze.a"])
        #expect(
            messages(validate(fixture)) == ["Dataset 'bronze.a' of input.yaml has the id of a node's output"]
        )
    }

    @Test func pipelinesThatReplaceEachOthersOutputsDrawAWarning() {
        var fixture = PipelineFixture()
        fixture.node("fast", outputs: ["gold.a"])
        fixture.node("full", outputs: ["gold.a"])
        let outcome = validate(fixture) { context in
            context.pipelines = ["fast", "full"].map { PipelineDefinition(name: $0, nodes: [Located($0)]) }
        }
        #expect(messages(outcome) == ["Nodes 'fast' and 'full' of different pipelines both write 'gold.a'"])
        #expect(outcome.validPipelines.count == 2)
    }

    @Test func anOutputInsideThatOfAnotherPipelineIsAnError() {
        var fixture = PipelineFixture()
        fixture.node("outer", outputs: ["bronze"])
        fixture.node("inner", outputs: ["bronze.events"])
        fixture.node("loose", outputs: ["bronze.lost"])
        let outcome = validate(fixture) { context in
            context.pipelines = ["outer", "inner"].map { PipelineDefinition(name: $0, nodes: [Located($0)]) }
        }
        #expect(
            outcome.diagnostics.filter { $0.severity == .error }.map(\.message) == [
                "Nodes 'outer' and 'inner': output 'bronze.events' lies inside output 'bronze', which would replace it"
            ]
        )
    }

    @Test func hyperparametersOfAFunctionWithoutMLContextDrawAWarning() {
        var fixture = PipelineFixture()
        fixture.node(
            "clean",
            declares: [.init(name: "depth", type: .int64, defaultValue: .int64(1))],
            hyperparameters: ["depth": .of(.integer(3))]
        )
        fixture.node("train", takesML: true, hyperparameters: ["rate": .of(.double(0.1))])
        let outcome = validate(fixture)
        #expect(
            messages(outcome) == [
                "Node 'clean': nobody reads hyperparameter 'depth', because test.clean takes no ML context"
            ]
        )
        #expect(outcome.diagnostics[0].notes == ["'depth' is a parameter of the function: put it under `params`"])
        #expect(outcome.diagnostics[0].severity == .warning)
    }

    @Test func defaultsThatReachNobodyDrawAWarning() {
        var fixture = PipelineFixture()
        fixture.node("a", declares: [.init(name: "limit", type: .int64, defaultValue: .int64(1))])
        fixture.defaults(global: ["verbose": .of(.bool(true))], pipeline: ["limt": .of(.integer(2))])
        let outcome = validate(fixture) { context in
            context.pipelines[0].hyperparameters = ["rate": .of(.double(0.1))]
            context.globalSettings.hyperparameters = ["depth": .of(.integer(6))]
        }
        #expect(
            messages(outcome) == [
                "Pipeline 'p': no function of its nodes has the parameter 'limt'",
                "Pipeline 'p': nobody reads hyperparameter 'rate', because no function of its nodes takes the ML context",
                "Global settings: no function of the project has the parameter 'verbose'",
                "Global settings: nobody reads hyperparameter 'depth', because no function of the project takes the ML context",
            ]
        )
        #expect(outcome.diagnostics[0].notes == ["did you mean 'limit'?"])
        #expect(outcome.validPipelines.map(\.name) == ["p"])
    }

    @Test func hyperparametersOfMLInfoThatNobodyReadsDrawAWarning() {
        var fixture = PipelineFixture()
        fixture.node("a")
        fixture.node("train", takesML: true)
        let rate = MLInfo.Layer(pipeline: "p", hyperparameters: ["rate": .of(.double(0.1))])
        let depth = MLInfo.Layer(hyperparameters: ["depth": .of(.integer(6))])
        let change: (inout Context) -> Void = { context in
            context.mlInfo = MLInfo([rate, depth])
            context.pipelines[0].nodes.removeLast()
            context.pipelines.append(PipelineDefinition(name: "q", nodes: [Located("train")]))
        }
        let ofPipeline =
            "ml_info: nobody reads hyperparameter 'rate', because no function of pipeline 'p' takes the ML context"
        #expect(messages(validate(fixture, change)) == [ofPipeline])
        let ofProject =
            "ml_info: nobody reads hyperparameter 'depth', because no function of the project takes the ML context"
        let outcome = validate(fixture) { context in
            change(&context)
            context.nodes.removeLast()
            context.pipelines.removeLast()
        }
        #expect(messages(outcome) == [ofPipeline, ofProject])
    }

    @Test func defaultsAreNotJudgedWhileAFunctionIsUnknown() {
        var fixture = PipelineFixture()
        fixture.node("a")
        fixture.node("b")
        fixture.defaults(pipeline: ["limit": .of(.integer(2))])
        let outcome = validate(fixture) { $0.nodes[0].function = Located("elsewhere.a") }
        #expect(messages(outcome) == ["Node 'a': No module named 'elsewhere'"])
    }

    @Test func whereFunctionsWereLookedForIsToldOnce() {
        var fixture = PipelineFixture()
        fixture.node("late")
        fixture.node("early")
        var context = fixture.context()
        context.nodes[0].location = place(9)
        context.nodes[1].location = place(3)
        context.pipelines.append(PipelineDefinition(name: "q", nodes: [Located("early"), Located("late")]))
        let outcome = ProjectValidator(context: context, signatures: FakeSignatures([]), datasets: FakeDatasets())
            .validate()
        #expect(messages(outcome) == ["Node 'early': No module named 'test'", "Node 'late': No module named 'test'"])
        let facts = ["no plugin with a tauro node was found", "directories searched: /project/plugins"]
        #expect(outcome.diagnostics.map(\.notes) == [facts, []])
    }

    @Test func findingsAreInTheOrderOfFilesAndLines() {
        var fixture = PipelineFixture()
        fixture.node("late", inputs: ["x"])
        fixture.node("early", inputs: ["y"])
        let outcome = validate(fixture) { context in
            context.nodes[0].location = place(9)
            context.nodes[1].location = place(3)
            context.pipelines[0].location = place(1, "/project/config/pipelines.yaml")
            context.pipelines[0].nodes.append(Located("nobody"))
        }
        #expect(
            messages(outcome) == [
                "Node 'early' reads dataset 'y', which is not defined",
                "Node 'late' reads dataset 'x', which is not defined", "Missing nodes: nobody (in pipeline 'p')",
            ]
        )
    }

    @Test func separateCyclesAreToldTogether() {
        var fixture = PipelineFixture()
        for (name, before) in [("a", "b"), ("b", "a"), ("x", "y"), ("y", "x")] { fixture.node(name, after: [before]) }
        #expect(
            messages(validate(fixture)) == [
                "Circular dependency detected: a <-> b", "Circular dependency detected: x <-> y",
            ]
        )
    }

    @Test(arguments: [true, false]) func aStreamingPipelineIsCheckedButNotRun(isToRun: Bool) throws {
        var fixture = PipelineFixture()
        fixture.node("watch", takes: [.init(kind: .frame, name: "rows")])
        var context = fixture.context()
        context.pipelines[0].kind = .streaming
        context.nodes[0].streamInput = StreamEndpoint(format: Located("rate"))
        context.nodes[0].streamOutput = StreamEndpoint(format: Located("console"))
        var builder = PlanBuilder(
            context: context,
            signatures: fixture.functions(),
            datasets: FakeDatasets(),
            request: PlanRequest(pipeline: "p", isToRun: isToRun)
        )
        let result = builder.build()
        #expect(
            result.diagnostics.map(\.message) == [
                "Pipeline 'p' is of type streaming, which this version does not run"
            ]
        )
        #expect((result.plan == nil) == isToRun)
    }

    @Test func aStreamInABatchPipelineIsAnError() {
        var fixture = PipelineFixture()
        fixture.node("watch", takes: [.init(kind: .frame, name: "rows")])
        let outcome = validate(fixture) { $0.nodes[0].streamInput = StreamEndpoint(format: Located("rate")) }
        #expect(
            messages(outcome) == [
                "Node 'watch' has a map as 'input', which only streaming nodes have, but pipeline 'p' is of type batch"
            ]
        )
    }
}
