import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

@Suite struct PlanTests {
    private func plan(
        _ fixture: PipelineFixture,
        _ pipeline: String = "p",
        start: String? = nil,
        end: String? = nil,
        parameters: [CommandLineParameter] = [],
        refusals: [PluginRefusal] = []
    ) -> PlanResult {
        var functions = fixture.functions()
        functions.refusals = refusals
        var builder = PlanBuilder(
            context: fixture.context(),
            signatures: functions,
            datasets: FakeDatasets(),
            request: PlanRequest(pipeline: pipeline, startDate: start, endDate: end, parameters: parameters)
        )
        return builder.build()
    }

    private func messages(_ result: PlanResult) -> [String] { result.diagnostics.map(\.message) }

    @Test func inputsBecomeEdges() throws {
        var fixture = PipelineFixture()
        fixture.node("late", inputs: ["bronze.a", "raw"])
        fixture.node("early", inputs: ["raw"], outputs: ["bronze.a"])
        fixture.input("raw")
        let plan = try #require(plan(fixture).plan)
        #expect(plan.nodes.map(\.name) == ["early", "late"])
        #expect(plan.nodes[1].dependencies == [0])
        #expect(plan.nodes[0].dependents == [1])
        guard case .result(0, "bronze.a") = plan.nodes[1].inputs[0], case .source(let raw) = plan.nodes[1].inputs[1]
        else {
            Issue.record("inputs: \(plan.nodes[1].inputs)")
            return
        }
        #expect(raw.id == "raw")
    }

    @Test func ownOutputReadsWhatAnEarlierRunStored() throws {
        var fixture = PipelineFixture()
        fixture.node("grow", inputs: ["gold.total"], outputs: ["gold.total"])
        let plan = try #require(plan(fixture).plan)
        guard case .stored(let dataset) = plan.nodes[0].inputs[0] else {
            Issue.record("inputs: \(plan.nodes[0].inputs)")
            return
        }
        #expect(dataset.path.value == "/project/out/gold/total")
    }

    @Test func withoutInputKeyDependenciesPassTheirResults() throws {
        var fixture = PipelineFixture()
        fixture.node("a")
        fixture.node("b")
        fixture.node("quiet", returns: .nothing)
        fixture.node(
            "c",
            after: ["b", "quiet", "a"],
            takes: [.init(kind: .frame, name: "x"), .init(kind: .frame, name: "y")]
        )
        let plan = try #require(plan(fixture).plan)
        #expect(plan.nodes[3].inputs.map(\.id) == ["b", "a"])
        #expect(plan.nodes[3].dependencies == [0, 1, 2])
    }

    @Test func emptyInputListPassesNothing() throws {
        var fixture = PipelineFixture()
        fixture.node("a")
        fixture.node("b", inputs: [], after: ["a"])
        let plan = try #require(plan(fixture).plan)
        #expect(plan.nodes[1].inputs.isEmpty)
    }

    @Test func framesTakeTheRest() throws {
        var fixture = PipelineFixture()
        for id in ["x", "y", "z"] { fixture.input(id) }
        fixture.node(
            "all",
            inputs: ["x", "y", "z"],
            takes: [.init(kind: .frame, name: "first"), .init(kind: .frames, name: "rest")]
        )
        #expect(try #require(plan(fixture).plan).nodes[0].inputs.count == 3)
    }

    @Test func everyProblemIsReportedAtOnce() {
        var fixture = PipelineFixture()
        fixture.input("raw_events")
        fixture.node("a", inputs: ["raw_event"], after: ["nobody"])
        fixture.node("b", inputs: ["raw_events", "raw_events"], takes: [.init(kind: .frame, name: "events")])
        fixture.node(
            "c",
            outputs: ["gold.x"],
            parameters: ["limit": .of(.string("many"))],
            declares: [
                .init(name: "limit", type: .int64, defaultValue: .int64(1))
            ]
        )
        fixture.node("d", outputs: ["gold.x"])
        let result = plan(fixture)
        #expect(result.plan == nil)
        let found = messages(result)
        #expect(found.contains("Node 'a' reads dataset 'raw_event', which is not defined"))
        #expect(found.contains("Node 'a' depends on 'nobody' which is not in the pipeline"))
        #expect(found.contains("Node 'b': test.b takes 1 input (events), but the node passes 2"))
        #expect(found.contains { $0.contains("parameter 'limit' of node 'c'") && $0.contains("many") })
        #expect(found.contains("Nodes 'c' and 'd' both write output 'gold.x'"))
        let notes = result.diagnostics.flatMap(\.notes)
        #expect(notes.contains("did you mean 'raw_events'?"))
    }

    @Test func unknownPipelineNamesTheOnesThereAre() {
        var fixture = PipelineFixture()
        fixture.node("a")
        let result = plan(fixture, "pp")
        #expect(messages(result) == ["Pipeline 'pp' not found"])
        #expect(result.diagnostics[0].notes == ["did you mean 'p'?", "pipelines: p"])
        #expect(result.diagnostics[0].kind == .configuration)
    }

    @Test func unknownFunctionSaysWhereItLooked() {
        var fixture = PipelineFixture()
        fixture.node("a")
        var context = fixture.context()
        context.nodes[0].function = Located("my_pkg.etl.run")
        var builder = PlanBuilder(
            context: context,
            signatures: FakeSignatures(
                [],
                refusals: [PluginRefusal(path: "/project/plugins/x.so", reason: "is not ELF", cure: "link it")]
            ),
            datasets: FakeDatasets(),
            request: PlanRequest(pipeline: "p")
        )
        let result = builder.build()
        #expect(messages(result) == ["Node 'a': No module named 'my_pkg.etl'"])
        #expect(
            result.diagnostics[0].notes == [
                "no plugin with a tauro node was found", "directories searched: /project/plugins",
                "not taken: /project/plugins/x.so: is not ELF; link it",
            ]
        )
    }

    @Test func functionMissingInAKnownModuleNamesTheNearest() {
        var fixture = PipelineFixture()
        fixture.node("clean")
        var context = fixture.context()
        context.nodes[0].function = Located("test.cleen")
        var builder = PlanBuilder(
            context: context,
            signatures: fixture.functions(),
            datasets: FakeDatasets(),
            request: PlanRequest(pipeline: "p")
        )
        let result = builder.build()
        #expect(messages(result) == ["Node 'clean': module 'test' has no attribute 'cleen'"])
        #expect(result.diagnostics[0].notes.first == "nearest names: test.clean")
    }

    @Test(arguments: [
        ("2025-02-30", nil, "Invalid date format '2025-02-30' for start_date. Use YYYY-MM-DD"),
        ("2025-01-02", "2025-01-01", "Start date 2025-01-02 must be <= end date 2025-01-01"),
        ("soon", "2025-01-01", "Invalid date format 'soon' for start_date. Use YYYY-MM-DD"),
    ]) func badDates(start: String, end: String?, message: String) {
        var fixture = PipelineFixture()
        fixture.node("a")
        #expect(messages(plan(fixture, start: start, end: end)) == [message])
    }

    @Test func oneDayIsARun() {
        var fixture = PipelineFixture()
        fixture.node("a")
        #expect(plan(fixture, start: "2025-01-01", end: "2025-01-01").plan != nil)
    }

    @Test func parametersComeFromTheNearestPlace() throws {
        var fixture = PipelineFixture()
        let limit = NodeSignature.Parameter(name: "limit", type: .int64, defaultValue: .int64(1))
        fixture.node("default", declares: [limit])
        fixture.node("own", parameters: ["limit": .of(.integer(5))], declares: [limit])
        fixture.node("undeclared")
        var plan = try #require(self.plan(fixture).plan)
        #expect(plan.nodes.map { $0.parameters.map(\.value) } == [[.int64(1)], [.int64(5)], []])
        fixture.defaults(global: ["limit": .of(.integer(2))], pipeline: ["limit": .of(.integer(3))])
        plan = try #require(self.plan(fixture).plan)
        #expect(plan.nodes.map { $0.parameters.map(\.value) } == [[.int64(3)], [.int64(5)], []])
        let call = [CommandLineParameter(node: "own", name: "limit", text: "7")]
        plan = try #require(self.plan(fixture, parameters: call).plan)
        #expect(plan.nodes[1].parameters.map(\.origin) == [.commandLine])
    }

    @Test func parameterForANodeThatIsNotThereIsNotLost() {
        var fixture = PipelineFixture()
        fixture.node("clean")
        let result = plan(fixture, parameters: [CommandLineParameter(node: "cleen", name: "x", text: "1")])
        #expect(messages(result) == ["--param cleen.x: pipeline 'p' has no node 'cleen'"])
        #expect(result.diagnostics[0].notes == ["did you mean 'clean'?", "nodes: clean"])
    }

    @Test func frameWhereAnArtifactIsTakenIsRefused() {
        var fixture = PipelineFixture()
        fixture.node("train", returns: .artifact)
        fixture.node("score", after: ["train"])
        #expect(
            messages(plan(fixture)) == ["Node 'score': input 'input_0' takes a frame, but 'train' returns an artifact"]
        )
    }

    @Test func ambiguousFunctionStopsEverything() {
        var fixture = PipelineFixture()
        fixture.node("a")
        let refusals = ["one", "two"].map {
            PluginRefusal(
                path: "/p/\($0).so",
                reason: "'x.y' is in one.so and in two.so",
                cure: "remove one",
                duplicates: ["x.y"]
            )
        }
        let result = plan(fixture, refusals: refusals)
        #expect(messages(result) == ["2 plugins have nodes of the same name: x.y"])
        #expect(result.diagnostics[0].notes.prefix(2) == ["/p/one.so", "/p/two.so"])
    }

    /// Each answer looks at all names there are, so answers for all would take a time that grows with their square.
    @Test func whereEveryNameIsWrongOnlyTheFirstGetAnAnswer() {
        var fixture = PipelineFixture()
        for place in 100..<150 {
            fixture.node("node_\(place)", inputs: ["raw_\(place)"], outputs: ["raw.\(place)"], after: ["nod_\(place)"])
        }
        var builder = PlanBuilder(
            context: fixture.context(),
            signatures: fixture.functions(),
            datasets: FakeDatasets(),
            request: PlanRequest(pipeline: "p")
        )
        builder.nearestNames = NearestNames(comparisons: 1000)
        let findings = builder.build().diagnostics
        #expect(findings.count == 100)
        let answered = findings.filter { $0.notes.contains { $0.hasPrefix("did you mean") } }
        #expect(answered.count == 20)
    }

    @Test func cycleThroughInputsIsFound() {
        var fixture = PipelineFixture()
        fixture.node("a", inputs: ["gold.b"], outputs: ["gold.a"])
        fixture.node("b", inputs: ["gold.a"], outputs: ["gold.b"])
        #expect(messages(plan(fixture)) == ["Circular dependency detected: a <-> b"])
    }

    @Test func cycleOfFiveListsItsPath() {
        var fixture = PipelineFixture()
        for (name, before) in [("a", "e"), ("b", "a"), ("c", "b"), ("d", "c"), ("e", "d")] {
            fixture.node(name, after: [before])
        }
        #expect(messages(plan(fixture)) == ["Circular dependency detected: a -> b -> c -> d -> e -> a"])
    }

    @Test func outputsInsideOneAnotherAreRefused() {
        var fixture = PipelineFixture()
        fixture.node("a", outputs: ["bronze"])
        fixture.node("b", outputs: ["bronze.flights"])
        #expect(
            messages(plan(fixture)) == [
                "Nodes 'a' and 'b': output 'bronze.flights' lies inside output 'bronze', which would replace it"
            ]
        )
    }
}
