import Glibc
import Synchronization
import TauroData
import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// Rows that only an output wants are stored as they are read; all others are read once and kept.
@Suite struct UnreadResultTests {
    private let invoker = FakeNodeInvoker()
    private let datasets = FakeDatasets()

    /// Rows elsewhere, which counts who reads them.
    private final class CountedSource: FrameSource {
        private let frame = Frame.rows(3)
        private let failure: DatasetError?
        private let reads = Mutex(0)
        var readCount: Int { reads.withLock { $0 } }
        var rowCount: Int64? { nil }

        init(failure: DatasetError? = nil) { self.failure = failure }

        func schema() throws -> Schema { try frame.schema() }

        func stream(cancellation: CancellationToken) throws -> any RecordBatchStream {
            reads.withLock { $0 += 1 }
            if let failure { throw failure }
            return try frame.stream()
        }
    }

    private func run(_ fixture: PipelineFixture, storesUnread: Bool = true) throws -> RunSummary {
        var run = TestRun(invoker: invoker, datasets: datasets, maxWorkers: 1)
        run.storesUnread = { _, _ in storesUnread }
        return try run.execute(fixture)
    }

    private func fixture(outputs: [String], isReadBy readers: [String] = []) -> PipelineFixture {
        var fixture = PipelineFixture()
        fixture.node("make", outputs: outputs)
        for reader in readers { fixture.node(reader, after: ["make"]) }
        return fixture
    }

    @Test func aResultThatOnlyItsOutputReadsIsHandedOnUnread() throws {
        let source = CountedSource()
        invoker.when("make") { _ in .frame(Frame(source: source)) }
        let summary = try run(fixture(outputs: ["out"]))
        #expect(summary.status == .completed)
        #expect(source.readCount == 0)
        #expect(summary.peakFrameBytes == 0)
    }

    @Test(arguments: [["out", "copy"], []])
    func aResultWithoutExactlyOneOutputIsReadOnce(outputs: [String]) throws {
        let source = CountedSource()
        invoker.when("make") { _ in .frame(Frame(source: source)) }
        let summary = try run(fixture(outputs: outputs))
        #expect(summary.nodes.first?.rows == 3)
        #expect(source.readCount == 1)
    }

    @Test func aResultThatANodeReadsTooIsReadOnce() throws {
        let source = CountedSource()
        invoker.when("make") { _ in .frame(Frame(source: source)) }
        invoker.when("reader") { $0.inputs[0] }
        _ = try run(fixture(outputs: ["out"], isReadBy: ["reader"]))
        #expect(source.readCount == 1)
    }

    @Test func aResultThatWouldBeStoredOtherwiseIsReadOnce() throws {
        let source = CountedSource()
        invoker.when("make") { _ in .frame(Frame(source: source)) }
        _ = try run(fixture(outputs: ["out"]), storesUnread: false)
        #expect(source.readCount == 1)
    }

    @Test func rowsThatCanNotBeReadAreTheCallsFailure() throws {
        let source = CountedSource(failure: DatasetError(.unreadable, "the file is torn"))
        invoker.when("make") { _ in .frame(Frame(source: source)) }
        datasets.whenStoring("out") { throw DatasetError(.unwritable, "nothing to write") }
        let error = try #require(try run(fixture(outputs: ["out"])).nodes.first?.error)
        #expect("\(error)".contains("call test.make: the file is torn"))
    }

    @Test func anOutputThatCanNotBeStoredIsItsOwnFailure() throws {
        invoker.when("make") { _ in .frame(Frame(source: CountedSource())) }
        datasets.whenStoring("out") { throw DatasetError(.unwritable, "the disk is full") }
        let error = try #require(try run(fixture(outputs: ["out"])).nodes.first?.error)
        #expect("\(error)".contains("store output out: the disk is full"))
    }
}
