import Glibc
import Synchronization
import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

@Suite struct RunnerTests {
    private let invoker = FakeNodeInvoker()
    private let datasets = FakeDatasets()

    private func run(
        _ fixture: PipelineFixture,
        maxWorkers: Int = 2,
        cancellation: CancellationToken = CancellationToken(),
        observers: [any RunObserver] = []
    ) throws -> RunSummary {
        try TestRun(
            invoker: invoker,
            datasets: datasets,
            maxWorkers: maxWorkers,
            cancellation: cancellation,
            observers: observers
        ).execute(fixture)
    }

    private func node(_ name: String, in summary: RunSummary) throws -> NodeSummary {
        try #require(summary.nodes.first { $0.name == name })
    }

    @Test func consumersGetTheVeryResultTheirProducerReturned() throws {
        var fixture = PipelineFixture()
        fixture.node("make", outputs: ["bronze.a"])
        fixture.node("use", inputs: ["bronze.a"])
        let made = Frame.rows(3)
        invoker.when("make") { _ in .frame(made) }
        let seen = Mutex<Bool>(false)
        invoker.when("use") { invocation in
            if case .frame(let frame) = invocation.inputs[0] { seen.withLock { $0 = frame === made } }
            return .frame(.rows(1))
        }
        let summary = try run(fixture)
        #expect(summary.status == .completed)
        #expect(seen.withLock { $0 })
        let make = try node("make", in: summary)
        #expect(make.rows == 3)
        #expect(make.attempts == 1)
        #expect(make.outputs.map(\.id) == ["bronze.a"])
        #expect(datasets.ids == ["bronze.a"])
    }

    @Test func failureNamesTheNodeAndCancelsTheRest() throws {
        var fixture = PipelineFixture()
        fixture.node("bad", outputs: ["gold.bad"])
        fixture.node("next", after: ["bad"])
        fixture.node("last", after: ["next"])
        invoker.when("bad") { _ in throw NodeFailure(.schema, "column 'x' is missing") }
        let summary = try run(fixture)
        #expect(summary.status == .failed)
        #expect(summary.nodes.map(\.status) == [.failed, .cancelled, .cancelled])
        #expect(try node("last", in: summary).reason == "not run because 'bad' failed")
        #expect(summary.errors.map(\.message) == ["Node 'bad', call test.bad: column 'x' is missing"])
        #expect(invoker.calls == ["bad"])
        #expect(datasets.ids.isEmpty)
    }

    @Test func missingEngineIsAResourceError() throws {
        var fixture = PipelineFixture()
        fixture.node("a")
        invoker.when("a") { _ in
            throw NodeFailure(.unsupported, "no duckdb", underlying: SQLError(.missingEngine, "no duckdb; run setup"))
        }
        let summary = try run(fixture)
        let error = try #require(summary.errors.first as? ResourceError)
        #expect(error.message == "no duckdb; run setup")
        #expect(error.node == "a")
    }

    @Test func noMoreThanMaxWorkersOverlap() throws {
        var fixture = PipelineFixture()
        for index in 0..<20 { fixture.node("n\(index)") }
        #expect(try run(fixture, maxWorkers: 3).status == .completed)
        #expect(invoker.mostAtOnce <= 3)
        #expect(invoker.calls.count == 20)
    }

    @Test func stopReachesRunningNodesAndCancelsTheRest() throws {
        var fixture = PipelineFixture()
        fixture.node("long")
        fixture.node("next", after: ["long"])
        let cancellation = CancellationToken()
        invoker.when("long") { invocation in
            cancellation.cancel()
            #expect(invocation.cancellation.isCancelled)
            throw NodeFailure(.cancelled, "stopped")
        }
        let summary = try run(fixture, cancellation: cancellation)
        #expect(summary.status == .cancelled)
        #expect(summary.nodes.map(\.status) == [.cancelled, .cancelled])
        #expect(
            summary.nodes.map(\.reason) == ["the run was told to stop", "not run because the run was told to stop"]
        )
        #expect(summary.errors.isEmpty)
    }

    /// Who else waits for the word may hear it first, and in any order; here all of them wait until the node has ended by it.
    @Test func nodeThatEndsByTheWordBeforeTheMachineHearsItIsNoFailure() throws {
        var fixture = PipelineFixture()
        fixture.node("long")
        fixture.node("next", after: ["long"])
        let cancellation = CancellationToken()
        let hasEnded = Monitor(false)
        let stopper = try WorkerPool(count: 1, name: "stopper")
        defer { stopper.shutdown() }
        invoker.when("long") { invocation in
            stopper.submit { cancellation.cancel() }
            while !invocation.cancellation.isCancelled { sched_yield() }
            throw NodeFailure(.cancelled, "stopped")
        }
        let watcher = EndWatcher { if $0 == "long" { hasEnded.withLockNotifyingAll { $0 = true } } }
        func runSlowlyTold(_ listeners: Int) throws -> RunSummary {
            if listeners == 0 { return try run(fixture, cancellation: cancellation, observers: [watcher]) }
            return try cancellation.withHandler {
                hasEnded.wait { $0 }
            } _: {
                try runSlowlyTold(listeners - 1)
            }
        }
        let summary = try runSlowlyTold(9)
        #expect(summary.status == .cancelled)
        #expect(summary.nodes.map(\.status) == [.cancelled, .cancelled])
    }

    @Test func resultsAreFreedAfterTheirLastReader() throws {
        var fixture = PipelineFixture()
        fixture.node("make")
        fixture.node("use", after: ["make"])
        fixture.node("check", inputs: [], after: ["use"])
        let made = Mutex<WeakFrame>(WeakFrame())
        invoker.when("make") { _ in
            let frame = Frame.rows(1)
            made.withLock { $0.frame = frame }
            return .frame(frame)
        }
        let freed = Mutex<Bool>(false)
        invoker.when("check") { _ in
            freed.withLock { $0 = made.withLock { $0.frame == nil } }
            return .frame(.rows(0))
        }
        #expect(try run(fixture, maxWorkers: 1).status == .completed)
        #expect(freed.withLock { $0 })
    }

    @Test func aReaderRunsWhileItsInputIsStillBeingStored() throws {
        var fixture = PipelineFixture()
        fixture.node("make", outputs: ["bronze.a"])
        fixture.node("use", inputs: ["bronze.a"])
        let hasStarted = Monitor(false)
        // Storing waits for the reader: were the reader to wait for the storing, neither would go on.
        datasets.whenStoring("bronze.a") { hasStarted.wait(until: { $0 }) }
        invoker.when("use") { _ in
            hasStarted.withLockNotifyingAll { $0 = true }
            return .frame(.rows(1))
        }
        #expect(try run(fixture).status == .completed)
    }

    @Test func aDependencyIsStoredBeforeItsFollowerStarts() throws {
        var fixture = PipelineFixture()
        fixture.node("make", outputs: ["bronze.a"])
        fixture.node("follow", inputs: [], outputs: ["bronze.b"], after: ["make"])
        let seen = Mutex<[String]>([])
        invoker.when("follow") { [datasets] _ in
            seen.withLock { $0 = datasets.ids }
            return .frame(.rows(1))
        }
        #expect(try run(fixture).status == .completed)
        #expect(seen.withLock { $0 } == ["bronze.a"])
    }

    @Test func nothingIsStoredThatBuildsOnWhatCouldNotBeStored() throws {
        var fixture = PipelineFixture()
        fixture.node("make", outputs: ["bronze.a"])
        fixture.node("use", inputs: ["bronze.a"], outputs: ["silver.b"])
        fixture.node("last", inputs: ["silver.b"], outputs: ["gold.c"])
        let hasRead = Monitor(false)
        invoker.when("use") { _ in
            hasRead.withLockNotifyingAll { $0 = true }
            return .frame(.rows(1))
        }
        datasets.whenStoring("bronze.a") {
            hasRead.wait(until: { $0 })
            throw DatasetError(.unwritable, "the disk is full")
        }
        let summary = try run(fixture)
        #expect(summary.status == .failed)
        #expect(datasets.ids.isEmpty)
        #expect(summary.errors.map(\.message) == ["Node 'make', store output bronze.a: the disk is full"])
        #expect(try node("use", in: summary).status == .cancelled)
        #expect(try node("use", in: summary).reason == "not stored because 'make' failed")
        #expect(try node("last", in: summary).status == .cancelled)
    }

    @Test func metricsAndEventsArrive() throws {
        var fixture = PipelineFixture()
        fixture.node("a")
        invoker.when("a") { invocation in
            invocation.report(.metric(name: "dropped", value: 1))
            invocation.report(.metric(name: "dropped", value: 2))
            invocation.report(.log(level: .info, text: "hello"))
            return .frame(.rows(0))
        }
        let recorder = EventRecorder()
        let summary = try run(fixture, observers: [recorder])
        #expect(summary.nodes[0].metrics == ["dropped": 2])
        let words = recorder.all.map { event in
            switch event.kind {
            case .runStarted: "run started"
            case .warned: "warned"
            case .nodeStarted: "started"
            case .nodeReported(_, _, .log(_, let text)): text
            case .nodeReported: "metric"
            case .nodeChecked: "checked"
            case .nodeComputed: "computed"
            case .nodeRetrying: "retrying"
            case .breakerChanged: "breaker"
            case .nodeFinished(let summary): summary.status.rawValue
            case .runFinished: "run finished"
            }
        }
        #expect(
            words == [
                "run started", "started", "metric", "metric", "hello", "computed", "completed", "run finished",
            ]
        )
    }

    @Test func mlNodesGetTheirContext() throws {
        var fixture = PipelineFixture()
        fixture.node(
            "train",
            takesML: true,
            hyperparameters: ["rate": .of(.double(0.5)), "depth": .of(.integer(6))]
        )
        let json = Mutex<String>("")
        invoker.when("train") { invocation in
            json.withLock { $0 = invocation.ml?.json ?? "" }
            return .frame(.rows(0))
        }
        #expect(try run(fixture).status == .completed)
        let document = try JSONValue(parsing: json.withLock { $0 })
        #expect(document["hyperparams"] == ["depth": 6, "rate": 0.5])
        #expect(document["model_version"] == "v1")
        #expect(document["engine"] == "fake")
        #expect(document["execution_metadata"]?["node_name"] == "train")
    }

    @Test func thousandNodesRunInAnyShape() throws {
        var generator = SeededGenerator(seed: 7)
        var fixture = PipelineFixture()
        for (node, needed) in generator.graph(nodes: 1000).enumerated() {
            fixture.node("n\(node)", inputs: [], after: needed.map { "n\($0)" })
        }
        let summary = try run(fixture, maxWorkers: 4)
        #expect(summary.status == .completed)
        #expect(invoker.calls.count == 1000)
    }
}

private struct WeakFrame: Sendable {
    weak var frame: Frame?
}

/// Is told of the names of nodes that ended.
private struct EndWatcher: RunObserver {
    let body: @Sendable (String) -> Void

    func observe(_ event: RunEvent) { if case .nodeFinished(let summary) = event.kind { body(summary.name) } }
}
