import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// A pipeline of seven nodes: two are read, each is cleaned, both are joined, two reports are made of that.
@Suite struct SelectionTests {
    private func fixture() -> PipelineFixture {
        var fixture = PipelineFixture()
        fixture.input("raw_a")
        fixture.input("raw_b")
        fixture.node("read_a", inputs: ["raw_a"], outputs: ["bronze.a"], tags: ["daily"])
        fixture.node("read_b", inputs: ["raw_b"], outputs: ["bronze.b"])
        fixture.node("clean_a", inputs: ["bronze.a"], outputs: ["silver.a"], tags: ["daily"])
        fixture.node("clean_b", inputs: ["bronze.b"])
        fixture.node("join", after: ["clean_a", "clean_b"])
        fixture.node("report", after: ["join"], tags: ["daily", "gold"])
        fixture.node("notify", inputs: [], after: ["join"], returns: .nothing)
        return fixture
    }

    private func plan(
        _ request: SelectionRequest,
        parameters: [CommandLineParameter] = [],
        _ fixture: PipelineFixture? = nil
    ) -> PlanResult {
        let fixture = fixture ?? self.fixture()
        var builder = PlanBuilder(
            context: fixture.context(),
            signatures: fixture.functions(),
            datasets: FakeDatasets(),
            request: PlanRequest(pipeline: "p", parameters: parameters, selection: request)
        )
        return builder.build()
    }

    private func selected(_ request: SelectionRequest) -> [String] {
        // Some selections can not run, since what they leave out stores nothing: the graph alone says what is selected.
        let nodes = fixture().context().nodes
        let sources = InputResolver(context: fixture().context(), definitions: nodes)
        let dependencies = nodes.map { node in
            sources.producers(of: node) + node.dependencies.compactMap { sources.index(ofNode: $0.value) }
        }
        let graph = DependencyGraph(names: nodes.map(\.name), dependencies: dependencies)
        let selector = NodeSelector(definitions: nodes, graph: graph)
        return SelectionReader(request, selector: selector, pipeline: "p").selected.sorted().map { nodes[$0].name }
    }

    private func findings(_ request: SelectionRequest) -> [String] {
        plan(request).diagnostics.map { "\($0.location?.file ?? ""): \($0.message)" }
    }

    @Test(arguments: [
        ("join", ["join"]),
        ("*_a", ["read_a", "clean_a"]),
        ("+clean_a", ["read_a", "clean_a"]),
        ("clean_b+", ["clean_b", "join", "report", "notify"]),
        ("clean_b+1", ["clean_b", "join"]),
        ("1+join", ["clean_a", "clean_b", "join"]),
        ("+join+", ["read_a", "read_b", "clean_a", "clean_b", "join", "report", "notify"]),
        ("tag:daily", ["read_a", "clean_a", "report"]),
        ("output:bronze.*", ["read_a", "read_b"]),
        ("function:test.read_?", []),
        ("function:test.read_*", ["read_a", "read_b"]),
        ("tag:daily,+join", ["read_a", "clean_a"]),
        ("read_a report", ["read_a", "report"]),
    ]) func anExpressionSelects(text: String, names: [String]) {
        #expect(selected(SelectionRequest(expressions: [text])) == names)
    }

    @Test func severalOfOneKindAddUpAndKindsNarrow() {
        #expect(selected(SelectionRequest(nodes: ["join", "read_b"])) == ["read_b", "join"])
        #expect(selected(SelectionRequest(expressions: ["join", "read_b"])) == ["read_b", "join"])
        #expect(
            selected(SelectionRequest(fromNodes: ["read_a"], toNodes: ["join"])) == ["read_a", "clean_a", "join"]
        )
        #expect(selected(SelectionRequest(fromNodes: ["clean_a"], tags: ["gold", "daily"])) == ["clean_a", "report"])
        #expect(
            selected(SelectionRequest(exclusions: ["tag:daily"], toNodes: ["join"])) == ["read_b", "clean_b", "join"]
        )
    }

    @Test func unknownNamesAreToldWithTheNearestAndTheirPlace() {
        let result = plan(SelectionRequest(expressions: ["join,+claen_a"], nodes: ["reed_a"], tags: ["daly"]))
        #expect(result.plan == nil)
        let messages = Set(result.diagnostics.map(\.message))
        #expect(
            messages == [
                "pipeline 'p' has no node 'claen_a', at character 7 of 'join,+claen_a'",
                "pipeline 'p' has no node 'reed_a'", "pipeline 'p' has no node with the tag 'daly'",
            ]
        )
        #expect(result.diagnostics.allSatisfy { $0.kind == .configuration })
        let notes = result.diagnostics.flatMap(\.notes)
        #expect(notes.contains("did you mean 'clean_a' or 'clean_b'?"))
        #expect(notes.contains("did you mean 'daily'?"))
        #expect(notes.contains("there are: daily, gold"))
    }

    @Test func tagsOfThePipelineAreThoseOfItsNodesWithoutTags() throws {
        var fixture = PipelineFixture()
        fixture.node("a")
        fixture.node("b", tags: ["own"])
        var context = fixture.context()
        func nodes(_ tag: String) -> [String]? {
            let request = PlanRequest(pipeline: "p", selection: SelectionRequest(tags: [tag]))
            var builder = PlanBuilder(
                context: context,
                signatures: fixture.functions(),
                datasets: FakeDatasets(),
                request: request
            )
            return builder.build().plan?.nodes.map(\.name)
        }
        context.globalSettings.tags = ["all"]
        #expect(nodes("all") == ["a"] && nodes("own") == ["b"])
        context.pipelines[0].tags = ["nightly"]
        #expect(nodes("nightly") == ["a"] && nodes("all") == nil)
    }

    @Test func nothingSelectedIsAnError() {
        #expect(findings(SelectionRequest(expressions: ["read_a,join"])) == ["--select: 'read_a,join' selects nothing"])
        let narrowed = plan(SelectionRequest(nodes: ["join"], tags: ["daily"])).diagnostics
        #expect(narrowed.map(\.message) == ["no node is in everything that was asked for"])
        #expect(narrowed[0].kind == .validation)
        #expect(narrowed[0].notes.prefix(2) == ["--node join selects 1 node", "--tag daily selects 3 nodes"])
        #expect(findings(SelectionRequest(exclusions: ["*"])) == ["--select: --exclude leaves no node"])
        #expect(
            findings(SelectionRequest(expressions: ["a:b"])) == [
                "--select: 'a:' is nothing to select by, at character 1 of 'a:b'"
            ]
        )
        #expect(findings(SelectionRequest(exclusions: ["report", "reprot"])).count == 1)
    }

    @Test func whatIsLeftOutIsReadFromStorage() throws {
        let plan = try #require(plan(SelectionRequest(nodes: ["clean_a"])).plan)
        #expect(plan.nodes.map(\.name) == ["clean_a"])
        #expect(plan.leftOut == ["read_a", "read_b", "clean_b", "join", "report", "notify"])
        guard case .stored(let dataset) = plan.nodes[0].inputs[0] else {
            Issue.record("inputs: \(plan.nodes[0].inputs)")
            return
        }
        #expect(dataset.id == "bronze.a")
        #expect(plan.nodes[0].dependencies.isEmpty)
        #expect(plan.nodes[0].level == 0 && plan.nodes[0].pathLength == 1)
    }

    @Test func aPlainDependencyIsReadFromItsOutputIfItHasOne() throws {
        let result = plan(SelectionRequest(expressions: ["+clean_b", "join"]))
        let plan = try #require(result.plan)
        #expect(plan.nodes.map(\.name) == ["read_b", "clean_b", "join"])
        guard case .stored(let dataset) = plan.nodes[2].inputs[0], case .result(1, "clean_b") = plan.nodes[2].inputs[1]
        else {
            Issue.record("inputs: \(plan.nodes[2].inputs)")
            return
        }
        #expect(dataset.id == "silver.a")
    }

    @Test func aPlainDependencyThatStoresNothingSaysWhichRunWouldDo() {
        let result = plan(SelectionRequest(fromNodes: ["join"]))
        #expect(
            result.diagnostics.map(\.message) == [
                "Node 'join' takes the result of 'clean_b', which is not selected and stores nothing"
            ]
        )
        #expect(
            result.diagnostics[0].notes == [
                "give 'clean_b' an output, or run both: tauro-host run p --to-node join"
            ]
        )
    }

    @Test func aDependencyThatOnlyOrdersNeedsNothingStored() throws {
        #expect(plan(SelectionRequest(nodes: ["notify"])).plan?.nodes.map(\.name) == ["notify"])
    }

    @Test func orderHoldsAcrossWhatIsLeftOut() throws {
        let plan = try #require(plan(SelectionRequest(nodes: ["read_a", "notify", "read_b"])).plan)
        #expect(plan.nodes.map(\.name) == ["read_a", "read_b", "notify"])
        #expect(plan.nodes[2].dependencies == [0, 1])
        #expect(plan.nodes[2].orderedAfter == [0, 1])
        #expect(plan.nodes[0].dependents == [2])
        #expect(plan.nodes[2].level == 1)
    }

    @Test func orderHoldsAcrossSeveralNodesThatAreLeftOut() throws {
        var fixture = PipelineFixture()
        for name in ["a", "b", "c"] { fixture.node(name) }
        fixture.node("hub", inputs: [], after: ["a", "c"])
        fixture.node("further", inputs: [], after: ["hub", "b"])
        fixture.node("direct", inputs: [], after: ["further", "c"])
        fixture.node("behind", inputs: [], after: ["hub"])
        let selection = SelectionRequest(exclusions: ["hub", "further"])
        let plan = try #require(plan(selection, fixture).plan)
        #expect(plan.nodes.map(\.name) == ["a", "b", "c", "direct", "behind"])
        #expect(plan.nodes.map(\.dependencies) == [[], [], [], [0, 1, 2], [0, 2]])
        #expect(plan.nodes.map(\.orderedAfter) == plan.nodes.map(\.dependencies))
        #expect(plan.nodes.map(\.dependents) == [[3, 4], [3], [3, 4], [], []])
    }

    @Test func whatIsLeftOutNeedsNoFunction() throws {
        let fixture = fixture()
        var context = fixture.context()
        context.nodes[0].function = Located("gone.away")
        let request = PlanRequest(pipeline: "p", selection: SelectionRequest(nodes: ["clean_a"]))
        var builder = PlanBuilder(
            context: context,
            signatures: fixture.functions(),
            datasets: FakeDatasets(),
            request: request
        )
        #expect(builder.build().diagnostics.isEmpty)
    }

    @Test func parameterOfANodeThatIsLeftOutIsNotLost() {
        let parameters = [CommandLineParameter(node: "join", name: "x", text: "1")]
        let result = plan(SelectionRequest(nodes: ["read_a"]), parameters: parameters)
        #expect(result.diagnostics.map(\.message) == ["--param join.x: node 'join' is not selected"])
        #expect(result.diagnostics[0].notes == ["nodes: read_a"])
    }
}
