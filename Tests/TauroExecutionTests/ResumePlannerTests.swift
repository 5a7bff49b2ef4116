import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// What of a run that is resumed is taken over, and what runs again.
@Suite struct ResumePlannerTests {
    private let datasets = FakeDatasets()
    private static let before = NodeFingerprint([NodeFingerprint.Part("parameter n", "1")])
    private static let after = NodeFingerprint([NodeFingerprint.Part("parameter n", "2")])
    private static let moment = Timestamp(millisecondsSinceEpoch: 0)

    /// `make` stores `a`, which `use` reads and stores as `b`, which `last` reads.
    private func plan(outputs: [[String]] = [["a"], ["b"], ["c"]]) throws -> ExecutionPlan {
        var fixture = PipelineFixture()
        fixture.node("make", outputs: outputs[0])
        fixture.node("use", outputs: outputs[1], after: ["make"])
        fixture.node("last", outputs: outputs[2], after: ["use"])
        return try TestRun().plan(fixture.context(), fixture.functions())
    }

    /// Stores what the nodes would have, and says what a journal remembers of it.
    ///
    /// Long: a history has many parts.
    private func history(
        of plan: ExecutionPlan,
        completed: Set<String>,
        begun: Set<String> = [],
        copies: Set<String> = []
    ) throws -> RunHistory {
        let nodes = try plan.nodes.map { node -> NodeHistory in
            let isDone = completed.contains(node.name)
            var outputs: [StoredOutput] = []
            if isDone {
                outputs = try node.outputs.map {
                    try datasets.store(
                        .frame(.rows(2)),
                        as: $0,
                        commit: commit(node),
                        cancellation: CancellationToken()
                    )
                }
            }
            let copy = copies.contains(node.name) ? FileSeal(path: node.name, size: 1, digest: 1) : nil
            let completion = NodeCompletion(attempt: 1, at: Self.moment, seconds: 1, outputs: outputs, copy: copy)
            let attempt = AttemptHistory(
                number: 1,
                host: 0,
                startedAt: Self.moment,
                computedAt: nil,
                endedAt: nil,
                outcome: isDone ? .completed : .lost,
                error: nil
            )
            let wasBegun = isDone || begun.contains(node.name)
            return NodeHistory(
                name: node.name,
                status: isDone ? .completed : .pending,
                attempts: wasBegun ? [attempt] : [],
                reason: nil,
                isRestored: false,
                generation: wasBegun ? 1 : 0,
                completion: isDone ? completion : nil,
                copy: copy
            )
        }
        return RunHistory(
            record: record(plan),
            status: .dead,
            hosts: [],
            ending: nil,
            nodes: nodes,
            breakers: [],
            lastEntryAt: Self.moment
        )
    }

    private func record(_ plan: ExecutionPlan) -> RunRecord {
        let nodes = plan.nodes.map { node in
            RunRecord.Node(
                name: node.name,
                function: "",
                plugin: "",
                dependencies: [],
                inputs: [],
                outputs: [],
                fingerprint: Self.before
            )
        }
        return RunRecord(
            id: "run-1",
            pipeline: "p",
            kind: .batch,
            engine: "fake",
            dates: DateWindow(),
            maxWorkers: 1,
            request: RunRequest(),
            nodes: nodes
        )
    }

    private func commit(_ node: PlannedNode) -> CommitIdentity { CommitIdentity(runID: "run-1", node: node.name) }

    private func decide(
        _ plan: ExecutionPlan,
        _ history: RunHistory,
        changed: Set<String> = [],
        kept: Set<String> = []
    ) throws -> ResumePlanner.Outcome {
        var planner = ResumePlanner(
            plan: plan,
            fingerprints: plan.nodes.map { changed.contains($0.name) ? Self.after : Self.before },
            history: history,
            evidence: StoredEvidence(runID: "run-1", writer: datasets, keeper: FakeKeeper(kept))
        )
        return try planner.decide()
    }

    @Test func whatCompletedIsRestoredAndGivesItsResultToWhatRuns() throws {
        let plan = try plan()
        let outcome = try decide(plan, try history(of: plan, completed: ["make", "use"]))
        #expect(outcome.decisions == [.restored, .restored, .runs(nil)])
        // Nobody who runs reads what the first one returned.
        #expect(outcome.resumption.restored[0]?.result == nil)
        #expect(outcome.resumption.restored[1]?.result?.rowCount == 2)
        #expect(outcome.resumption.generations.isEmpty)
        #expect(outcome.obstacles.isEmpty)
    }

    @Test func whatChangedRunsAgainWithAllThatDependsOnItAndTakesThePlaceOfWhatItStored() throws {
        let plan = try plan()
        let history = try history(of: plan, completed: ["make", "use", "last"])
        let outcome = try decide(plan, history, changed: ["use"])
        #expect(
            outcome.decisions == [.restored, .runs(.changed(["parameter n"])), .runs(.dependency("use"))]
        )
        #expect(outcome.resumption.generations == [1: 2, 2: 2])
        #expect(outcome.resumption.restored[0]?.result?.rowCount == 2)
    }

    @Test(arguments: [FakeDatasets.Fault.missing, .altered]) func whatIsNotAsItWasStoredIsNotTrusted(
        _ fault: FakeDatasets.Fault
    ) throws {
        let plan = try plan()
        let history = try history(of: plan, completed: ["make", "use"])
        datasets.set([fault], of: "b")
        let outcome = try decide(plan, history)
        let word = fault == .missing ? "is missing" : "was altered"
        #expect(
            outcome.decisions == [.restored, .runs(.trouble("output 'b': part-run-1 \(word)")), .runs(nil)]
        )
        #expect(outcome.resumption.generations == [1: 2])
    }

    @Test func whatWasStoredAndNotWrittenDownIsTakenOver() throws {
        let plan = try plan()
        let known = try history(of: plan, completed: ["make"], begun: ["use"])
        let use = plan.nodes[1]
        _ = try datasets.store(
            .frame(.rows(5)),
            as: use.outputs[0],
            commit: commit(use),
            cancellation: CancellationToken()
        )
        let outcome = try decide(plan, known)
        #expect(outcome.decisions == [.restored, .adopted, .runs(nil)])
        #expect(outcome.resumption.restored[1]?.completion.rows == 5)
        #expect(outcome.resumption.restored[1]?.result?.rowCount == 5)
    }

    @Test func whatStoredOnlyAPartRunsAgainAsTheSameGeneration() throws {
        let plan = try plan(outputs: [["a"], ["b", "d"], ["c"]])
        let known = try history(of: plan, completed: ["make"], begun: ["use"])
        let use = plan.nodes[1]
        _ = try datasets.store(
            .frame(.rows(5)),
            as: use.outputs[0],
            commit: commit(use),
            cancellation: CancellationToken()
        )
        let outcome = try decide(plan, known)
        #expect(outcome.decisions == [.restored, .runs(nil), .runs(nil)])
        #expect(outcome.resumption.generations.isEmpty)
    }

    @Test func aResultThatNobodyKeptIsMadeOnceMoreAndNothingElseIs() throws {
        let plan = try plan(outputs: [[], ["b"], ["c"]])
        datasets.set([.notRestorable], of: "b")
        let history = try history(of: plan, completed: ["make", "use"])
        let outcome = try decide(plan, history)
        #expect(outcome.decisions == [.runs(.resultNotKept), .runs(.resultNotKept), .runs(nil)])
        // The same result again: it takes nothing's place.
        #expect(outcome.resumption.generations.isEmpty)
    }

    @Test func aCopyGivesTheResultBackThatNoOutputDoes() throws {
        let plan = try plan(outputs: [[], ["b"], ["c"]])
        datasets.set([.notRestorable], of: "b")
        let history = try history(of: plan, completed: ["make", "use"], copies: ["use"])
        let outcome = try decide(plan, history, kept: ["use"])
        #expect(outcome.decisions == [.restored, .restored, .runs(nil)])
        #expect(outcome.resumption.restored[1]?.result?.rowCount == 9)
    }

    @Test func whatCanNotGiveWayIsToldBeforeAnythingRuns() throws {
        let plan = try plan()
        let history = try history(of: plan, completed: ["make", "use", "last"])
        datasets.set([.irreplaceable], of: "c")
        let outcome = try decide(plan, history, changed: ["use"])
        #expect(
            outcome.obstacles == [
                "node 'last' would run again: output 'c' can not take rows back; remove them, and begin a new run"
            ]
        )
        #expect(try decide(plan, history).obstacles.isEmpty)
    }

    @Test func aNodeThatTheRunDidNotHaveRuns() throws {
        let plan = try plan()
        let known = try history(of: plan, completed: ["make", "use", "last"])
        let fewer = RunHistory(
            record: known.record,
            status: .dead,
            hosts: [],
            ending: nil,
            nodes: known.nodes.filter { $0.name != "use" },
            breakers: [],
            lastEntryAt: Self.moment
        )
        let outcome = try decide(plan, fewer)
        #expect(outcome.decisions == [.restored, .runs(nil), .runs(.dependency("use"))])
    }
}

/// Copies of nine rows, of the nodes that it knows.
private struct FakeKeeper: ResultKeeper {
    private let nodes: Set<String>

    init(_ nodes: Set<String>) { self.nodes = nodes }

    func keep(_ result: Dataset, of node: String, cancellation: CancellationToken) throws -> FileSeal {
        FileSeal(path: node, size: 1, digest: 1)
    }

    func restore(_ copy: FileSeal) throws -> Dataset? { nodes.contains(copy.path) ? .frame(.rows(9)) : nil }
}
