import Glibc
import Synchronization
import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// Frames are let go as soon as their last reader is done, and the summary says how much they held at most.
@Suite struct FrameMemoryTests {
    private static let rows = 1000
    private static let bytes = Int64(rows * 8)
    private let invoker = FakeNodeInvoker()
    private let datasets = FakeDatasets()

    /// Runs the pipeline on one thread, so that a node has stored its result before the next one is called.
    private func run(_ fixture: PipelineFixture) throws -> RunSummary {
        try TestRun(invoker: invoker, datasets: datasets, maxWorkers: 1).execute(fixture)
    }

    private func chain(of length: Int) -> PipelineFixture {
        var fixture = PipelineFixture()
        fixture.node("n0")
        for number in 1..<length { fixture.node("n\(number)", after: ["n\(number - 1)"]) }
        return fixture
    }

    @Test func aChainHoldsTwoFramesAtATime() throws {
        for number in 0..<10 { invoker.when("n\(number)") { _ in .frame(.rows(Self.rows)) } }
        #expect(try run(chain(of: 10)).peakFrameBytes == 2 * Self.bytes)
    }

    @Test func aFrameThatTenNodesHandOnCountsOnce() throws {
        invoker.when("n0") { _ in .frame(.rows(Self.rows)) }
        for number in 1..<10 { invoker.when("n\(number)") { $0.inputs[0] } }
        #expect(try run(chain(of: 10)).peakFrameBytes == Self.bytes)
    }

    @Test func aFrameStaysUntilItsLastReaderIsDone() throws {
        var fixture = PipelineFixture()
        fixture.node("make")
        for name in ["a", "b"] { fixture.node(name, after: ["make"]) }
        fixture.node("end", after: ["a", "b"], takes: [])
        let made = Mutex(WeakFrame())
        let isThere = Mutex<[String: Bool]>([:])
        invoker.when("make") { _ in
            let frame = Frame.rows(Self.rows)
            made.withLock { $0.frame = frame }
            return .frame(frame)
        }
        for name in ["a", "b", "end"] {
            invoker.when(name) { _ in
                let frame = made.withLock { $0.frame }
                isThere.withLock { $0[name] = frame != nil }
                return nil
            }
        }
        let summary = try run(fixture)
        #expect(summary.status == .completed)
        #expect(isThere.withLock { $0 } == ["a": true, "b": true, "end": false])
    }

    @Test func inputsAreLetGoBeforeTheResultIsStored() throws {
        var fixture = PipelineFixture()
        fixture.node("make")
        fixture.node("use", outputs: ["gold.t"], after: ["make"])
        let made = Mutex(WeakFrame())
        invoker.when("make") { _ in
            let frame = Frame.rows(Self.rows)
            made.withLock { $0.frame = frame }
            return .frame(frame)
        }
        // The result store lets go on another thread, when it is told: until then the frame may be there.
        datasets.whenStoring("gold.t") {
            for _ in 0..<1_000_000 where made.withLock({ $0.frame != nil }) { sched_yield() }
            if made.withLock({ $0.frame != nil }) { throw DatasetError(.unwritable, "the input is still there") }
        }
        #expect(try run(fixture).status == .completed)
    }

    @Test func whatIsLetGoCountsNoMore() {
        let ledger = FrameLedger()
        var held: HeldResult? = ledger.hold(.frame(.rows(Self.rows)))
        #expect(ledger.bytes == Int(Self.bytes))
        held = nil
        #expect(held == nil)
        #expect(ledger.bytes == 0)
        #expect(ledger.peak == Int(Self.bytes))
    }

    @Test func aReaderThatFailedOrNeverRanReadsNoMore() throws {
        var fixture = PipelineFixture()
        fixture.node("make")
        fixture.node("breaks", after: ["make"])
        fixture.node("never", after: ["make", "breaks"])
        var builder = PlanBuilder(
            context: fixture.context(),
            signatures: fixture.functions(),
            datasets: datasets,
            request: PlanRequest(pipeline: "p")
        )
        let plan = try #require(builder.build().plan)
        let ledger = FrameLedger()
        var store = ResultStore(plan: plan)
        store.keep(ledger.hold(.frame(.rows(Self.rows))), of: 0)
        for _ in 0..<2 { store.finishedReading(plan.nodes[1], at: 1) }
        #expect(ledger.bytes == Int(Self.bytes), "said twice it counts once")
        store.finishedReading(plan.nodes[2], at: 2)
        #expect(ledger.bytes == 0)
    }
}

/// A frame that is not kept alive.
private struct WeakFrame {
    weak var frame: Frame?
}
