import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// What broken promises do to a run.
@Suite struct ContractTests {
    private let invoker = FakeNodeInvoker()
    private let datasets = FakeDatasets()
    private let events = EventRecorder()

    private func check(_ name: String) -> DataCheck { DataCheck(.notNull([Located("n")]), name: name) }

    /// `make` stores `t`, whose checks and own checks are given; `use` reads the result.
    private func run(
        nodeChecks: [String] = [],
        outputChecks: [String] = [],
        inputChecks: [String] = []
    ) throws
        -> RunSummary
    {
        var fixture = PipelineFixture()
        fixture.input("raw")
        fixture.node("make", inputs: ["raw"], outputs: ["t", "u"])
        fixture.node("use", inputs: ["t"], outputs: ["v"])
        var context = fixture.context()
        context.nodes[0].checks = nodeChecks.map(check)
        context.inputs[0].checks = inputChecks.map(check)
        var output = try #require(context.outputDefinition(for: "u"))
        output.checks = outputChecks.map(check)
        context.outputs = [output]
        datasets.put(.frame(.rows(1)), as: "raw")
        let run = TestRun(invoker: invoker, datasets: datasets, observers: [events])
        return try run.execute(try run.plan(context, fixture.functions()))
    }

    @Test func whatHoldsIsInTheSummaryAndAmongTheEvents() throws {
        let summary = try run(nodeChecks: ["a"], outputChecks: ["b"], inputChecks: ["c"])
        #expect(summary.status == .completed)
        #expect(summary.nodes[0].checks.map(\.name) == ["c", "a", "b"])
        #expect(summary.nodes[0].checks.map(\.dataset) == ["raw", nil, "u"])
        let told = events.all.compactMap { event -> String? in
            if case .nodeChecked("make", let result) = event.kind { result.name } else { nil }
        }
        #expect(told == ["c", "a", "b"])
    }

    @Test func aBrokenPromiseFailsTheNodeBeforeAnythingIsStoredOrHandedOn() throws {
        datasets.whenChecking("b", .failed)
        let summary = try run(nodeChecks: ["a"], outputChecks: ["b"])
        #expect(summary.nodes.map(\.status) == [.failed, .cancelled])
        #expect(datasets.ids == ["raw"])
        #expect(
            summary.errors.map(\.message) == [
                """
                Node 'make', check the result: 1 of 2 checks failed
                  dataset 'u': b: not_null of column 'n': 2 of 3 rows are NULL
                    for example n=NULL
                """
            ]
        )
        #expect(summary.errors.first is NodeExecutionError)
        #expect(summary.nodes[0].checks.map(\.status) == [.passed, .failed])
        #expect(summary.nodes[1].attempts == 0)
    }

    @Test func aWarningGoesOn() throws {
        datasets.whenChecking("a", .warned)
        let summary = try run(nodeChecks: ["a"])
        #expect(summary.status == .completed)
        #expect(datasets.ids == ["raw", "t", "u", "v"])
        #expect(summary.nodes[0].checks.map(\.status) == [.warned])
    }

    @Test func aBrokenInputNeverReachesTheFunction() throws {
        datasets.whenChecking("c", .failed)
        invoker.when("make") { _ in
            Issue.record("called all the same")
            return nil
        }
        let summary = try run(inputChecks: ["c"])
        #expect(summary.nodes[0].status == .failed)
        #expect(summary.errors.first?.operation == "check input raw")
    }

    @Test func anArtifactHasNoRowsToCheck() throws {
        invoker.when("make") { _ in .artifact(Artifact(mediaType: "text/plain", content: .bytes([65]))) }
        let summary = try run(nodeChecks: ["a"])
        #expect(summary.errors.first?.message.contains("checks are about rows") == true)
        #expect(datasets.ids == ["raw"])
    }

    @Test func checksOfANodeThatReturnsNothingAreToldBeforeTheRun() throws {
        var fixture = PipelineFixture()
        fixture.node("make", returns: .nothing)
        var context = fixture.context()
        context.nodes[0].checks = [check("a")]
        var builder = PlanBuilder(
            context: context,
            signatures: fixture.functions(),
            datasets: datasets,
            request: PlanRequest(pipeline: "p")
        )
        #expect(
            builder.build().diagnostics.map(\.message) == [
                "Node 'make': `checks` are about rows, but test.make returns nothing"
            ]
        )
    }
}
