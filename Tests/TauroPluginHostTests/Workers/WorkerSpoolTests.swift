import Synchronization
import TauroData
import Testing

@testable import TauroModel
@testable import TauroPluginHost

/// Frames that memory has no room for, on their way to worker processes and back.
@Suite struct WorkerSpoolTests {
    private static let batches = 40
    private static let rows: Int64 = 20_000

    private func spool(limit: Int = 0) throws -> FrameSpool {
        FrameSpool(ledger: FrameLedger(limit: limit), directory: try Fixture.freshDirectory())
    }

    /// 6 MB of numbers.
    private func numbers(_ spool: FrameSpool?) throws -> Frame {
        let collector = FrameCollector(schema: Numbers.schema, spool: spool)
        for number in 0..<Int64(Self.batches) {
            try collector.append(try Numbers.batch(Array(number * Self.rows..<(number + 1) * Self.rows)))
        }
        return try collector.finish()
    }

    private var wanted: [Int64?] { (0..<Int64(Self.batches) * Self.rows).map { $0 } }

    private func isOnDisk(_ dataset: Dataset?) -> Bool {
        guard case .frame(let frame) = dataset, case .source(is SpooledFrame) = frame.content else { return false }
        return true
    }

    @Test func aFrameOnDiskIsReadInAWorkerPieceByPiece() throws {
        let input = Dataset.frame(try numbers(try spool()))
        #expect(isOnDisk(input))
        let result = try WorkerHarness(Fixture.calls).call("calls.relay", [input])
        #expect(try Numbers.values(of: result) == wanted)
    }

    @Test func aResultThatAWorkerHasNoRoomForIsOnDiskInTheHost() throws {
        let harness = try WorkerHarness(Fixture.calls)
        let spool = try spool()
        for input in [try numbers(spool), try numbers(nil)] {
            let before = spool.spooled.bytes
            let result = try harness.call("calls.relay", [.frame(input)], spool: spool)
            #expect(isOnDisk(result))
            #expect(spool.spooled.bytes - before >= Int64(wanted.count * 8))
            #expect(try Numbers.values(of: result) == wanted)
        }
    }

    @Test func aFrameOnDiskThatIsPassedThroughIsTheSameFrame() throws {
        let frame = try numbers(try spool())
        let result = try WorkerHarness(Fixture.calls).call("calls.pass", [.frame(frame)])
        guard case .frame(let passed) = result else { throw Harness.Missing(name: "a frame") }
        #expect(passed === frame)
    }

    @Test func aDiskThatIsFullFailsTheCallInAWorkerToo() throws {
        let spool = FrameSpool(ledger: FrameLedger(limit: 0), directory: "/proc/no-such-directory")
        let input = Dataset.frame(try numbers(nil))
        #expect { try WorkerHarness(Fixture.calls).call("calls.relay", [input], spool: spool) } throws: { error in
            let failure = error as? NodeFailure
            return failure?.message.contains("/proc/no-such-directory") == true
                && failure?.underlying is SpoolError
        }
    }

    @Test func aFrameWithoutRowsThatIsOnDiskIsAResult() throws {
        let result = try WorkerHarness(Fixture.emits).call("emits.frame", [], ["how": .int64(23)], spool: try spool())
        #expect(try Numbers.values(of: result).isEmpty)
    }

    @Test func aStoredFrameThatMemoryHasNoRoomForIsReadPieceByPiece() throws {
        let harness = try WorkerHarness(Fixture.calls)
        let ledger = FrameLedger(limit: 2 << 20)
        let spool = FrameSpool(ledger: ledger, directory: try Fixture.freshDirectory())
        let result = try harness.call(
            "calls.relay",
            [.frame(Frame(source: StoredRows(try numbers(nil))))],
            spool: spool
        )
        #expect(try Numbers.values(of: result) == wanted)
        #expect(spool.spooled.frames == 2, "the input and the result")
        #expect(ledger.peak <= 2 << 20)
    }

    @Test func aFrameThatIsConvertedToDiskIsConvertedOnce() throws {
        let count = Atomic<Int>(0)
        let numbers = try numbers(try spool())
        let harness = try WorkerHarness(
            Fixture.calls,
            delivery: { _, _, _ in
                count.add(1, ordering: .relaxed)
                return numbers
            }
        )
        let text = Frame(schema: Schema([Field("id", .largeUTF8)]), batches: [])
        let input = Dataset.frame(Frame(source: StoredRows(text)))
        #expect(try Numbers.values(of: harness.call("calls.relay", [input])) == wanted)
        #expect(count.load(ordering: .relaxed) == 1)
    }

    @Test func whatIsSharedWithAWorkerIsCounted() throws {
        let harness = try WorkerHarness(Fixture.calls)
        let ledger = FrameLedger(limit: 1 << 30)
        let spool = FrameSpool(ledger: ledger, directory: try Fixture.freshDirectory())
        var input: Frame? = Frame(source: StoredRows(try numbers(nil)))
        try harness.call("calls.probe", [.frame(try #require(input))], spool: spool)
        #expect(ledger.bytes >= wanted.count * 8)
        input = nil
        #expect(ledger.bytes == 0)
    }

    @Test func nodesInThisProcessSpoolAsWell() throws {
        let harness = try Harness(Fixture.calls)
        let spool = try spool()
        let result = try harness.call("calls.relay", [.frame(try numbers(spool))], spool: spool)
        #expect(isOnDisk(result))
        #expect(try Numbers.values(of: result) == wanted)
    }
}

/// Rows that are somewhere else.
private struct StoredRows: FrameSource {
    let frame: Frame

    init(_ frame: Frame) { self.frame = frame }

    var rowCount: Int64? { nil }

    func schema() throws -> Schema { try frame.schema() }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream { try frame.stream() }
}
