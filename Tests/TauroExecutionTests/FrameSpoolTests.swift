import Foundation
import Glibc
import Synchronization
import TauroBasics
import TauroData
import Testing

@testable import TauroModel

/// Frames that memory has no room for are on disk, and are the same frames there.
@Suite struct FrameSpoolTests {
    private let directory = NSTemporaryDirectory() + "tauro-spool-\(UUID().uuidString)"

    private func spool(_ ledger: FrameLedger = FrameLedger(limit: 0)) -> FrameSpool {
        FrameSpool(ledger: ledger, directory: directory)
    }

    private func batch(_ rows: Range<Int>) throws -> RecordBatch {
        try RecordBatch(columns: [
            ("n", ArrowColumn(rows.map { $0 % 7 == 0 ? nil : Int64($0) })),
            ("t", ArrowColumn(rows.map { $0 % 11 == 0 ? nil : "text \($0)" })),
        ])
    }

    private func collect(_ batches: [RecordBatch], _ spool: FrameSpool?) throws -> Frame {
        let collector = FrameCollector(schema: batches[0].schema, spool: spool)
        for batch in batches { try collector.append(batch) }
        return try collector.finish()
    }

    private func values(_ frame: Frame) throws -> (numbers: [Int64?], texts: [String?]) {
        let stream = try frame.stream()
        var (numbers, texts): ([Int64?], [String?]) = ([], [])
        while let batch = try stream.next() {
            numbers += try Array(batch.column("n", as: Int64.self))
            texts += try Array(batch.column("t", as: String.self))
        }
        return (numbers, texts)
    }

    private func isOnDisk(_ frame: Frame) -> Bool {
        if case .source(is SpooledFrame) = frame.content { true } else { false }
    }

    @Test func whatFitsStaysInMemoryAndIsCounted() throws {
        let ledger = FrameLedger(limit: 100 << 20)
        let spool = spool(ledger)
        var frame: Frame? = try collect([try batch(0..<100_000)], spool)
        #expect(try !isOnDisk(#require(frame)))
        #expect(ledger.bytes >= 100_000 * 8)
        #expect(spool.spooled.bytes == 0)
        frame = nil
        #expect(ledger.bytes == 0, "for as long as the frame is there")
    }

    @Test func whatDoesNotFitIsOnDiskRowForRow() throws {
        let batches = try (0..<20).map { try batch($0 * 10_000..<($0 + 1) * 10_000) }
        let ledger = FrameLedger(limit: 2 << 20)
        let spool = spool(ledger)
        let frame = try collect(batches, spool)
        #expect(isOnDisk(frame))
        #expect(ledger.bytes == 0)
        #expect(ledger.peak <= 2 << 20)
        #expect(spool.spooled.frames == 1)
        #expect(spool.spooled.bytes == ledger.spooled)
        #expect(frame.rowCount == 200_000)
        let (found, wanted) = try (values(frame), values(Frame(schema: batches[0].schema, batches: batches)))
        #expect(found == wanted)
        #expect(try frame.schema() == batches[0].schema)
        #expect(try values(frame) == wanted, "the second time too")
    }

    @Test func theFirstMegabyteIsNotWorthAFile() throws {
        let frame = try collect([try batch(0..<1000)], spool())
        #expect(!isOnDisk(frame))
    }

    @Test func aFrameWithoutSpoolStaysInMemory() throws {
        #expect(try !isOnDisk(collect([try batch(0..<100_000)], nil)))
    }

    @Test func aLargeBatchIsCut() throws {
        let rows = 40 << 17
        let column = try ArrowColumn((0..<rows).map { Int64($0) as Int64? })
        let frame = try collect([try RecordBatch(columns: [("n", column)])], spool())
        guard case .source(let source as SpooledFrame) = frame.content else {
            Issue.record("not on disk")
            return
        }
        #expect(source.pieces.count >= 3)
        #expect(frame.rowCount == Int64(rows))
        let last = try #require(try source.batches(ofPiece: source.pieces.count - 1).last)
        #expect(try last.column("n", as: Int64.self).last == Int64(rows - 1))
    }

    @Test func manyThreadsReadAtOnce() throws {
        let frame = try collect([try batch(0..<150_000)], spool())
        let wanted = try values(frame)
        let same = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            if let found = try? values(frame), found == wanted { same.add(1, ordering: .relaxed) }
        }
        #expect(same.load(ordering: .relaxed) == 8)
    }

    @Test func twoNodesSpoolAtOnce() throws {
        let ledger = FrameLedger(limit: 3 << 20)
        let batches = try (0..<30).map { try batch($0 * 5_000..<($0 + 1) * 5_000) }
        let wanted = try values(Frame(schema: batches[0].schema, batches: batches))
        let same = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            let spool = FrameSpool(ledger: ledger, directory: directory)
            guard let frame = try? collect(batches, spool), let found = try? values(frame), found == wanted,
                isOnDisk(frame)
            else { return }
            same.add(1, ordering: .relaxed)
        }
        #expect(same.load(ordering: .relaxed) == 2)
        #expect(ledger.bytes == 0)
    }

    @Test func theFileHasNoNameAndGoesWithTheLastWhoReads() throws {
        let stores = Mutex<[WeakStore]>([])
        let spool = FrameSpool(ledger: FrameLedger(limit: 0), directory: directory) { directory in
            let file = try SpoolFile(in: directory)
            stores.withLock { $0.append(WeakStore(store: file)) }
            return file
        }
        var frame: Frame? = try collect([try batch(0..<100_000)], spool)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        let first = try #require(try frame?.stream().next())
        #expect(stores.withLock { $0.first?.store } != nil)
        frame = nil
        #expect(stores.withLock { $0.first?.store } == nil)
        #expect(try first.column("t", as: String.self).dropFirst().first == "text 1", "a batch outlives its frame")
    }

    @Test func aFullDiskIsOneErrorThatSaysWhatToDo() throws {
        let ledger = FrameLedger(limit: 2 << 20)
        let spool = FrameSpool(ledger: ledger, directory: directory) { FullStore(room: 3 << 20, try SpoolFile(in: $0)) }
        let batches = try (0..<40).map { try batch($0 * 10_000..<($0 + 1) * 10_000) }
        do {
            _ = try collect(batches, spool)
            Issue.record("no error")
        } catch let error as SpoolError {
            let text = error.description
            for part in [directory, "No space left on device", "`temp_directory`", "`memory_limit`", "1088 KiB more"] {
                #expect(text.contains(part), "\(part) in: \(text)")
            }
        }
        #expect(ledger.bytes == 0, "nothing is kept")
    }

    @Test func whatOnceFailedIsNoFrameAnyMore() throws {
        let spool = FrameSpool(ledger: FrameLedger(limit: 0), directory: directory) { directory in
            FullStore(room: 3 << 20, isFullOnce: true, try SpoolFile(in: directory))
        }
        let batches = try (0..<40).map { try batch($0 * 10_000..<($0 + 1) * 10_000) }
        let collector = FrameCollector(schema: batches[0].schema, spool: spool)
        let refused = batches.filter { batch in
            do {
                try collector.append(batch)
                return false
            } catch {
                return error is SpoolError
            }
        }
        #expect(refused.count > 10, "though there is room again")
        #expect { try collector.finish() } throws: { $0 is SpoolError }
    }

    @Test func aBatchIsCountedByTheRowsThatItShows() throws {
        let all = try batch(0..<400_000)
        let slices = (0..<1_000).map { all.slice($0 * 400..<($0 + 1) * 400) }
        let frame = try collect(slices, spool())
        guard case .source(let source as SpooledFrame) = frame.content else {
            Issue.record("not on disk")
            return
        }
        #expect((4...16).contains(source.pieces.count), "\(source.pieces.count) images of about 9 MB")
        #expect(try values(frame) == values(Frame(schema: all.schema, batches: [all])))
    }

    @Test(arguments: [0..<200_000, 0..<1, 199_999..<200_000, 9_999..<10_001, 12_345..<98_765, 50_000..<50_000])
    func someRowsOfAFrameOnDiskAreAFrameOnDisk(_ range: Range<Int>) throws {
        let batches = try (0..<20).map { try batch($0 * 10_000..<($0 + 1) * 10_000) }
        let frame = try collect(batches, spool())
        guard case .source(let source as SpooledFrame) = frame.content else {
            Issue.record("not on disk")
            return
        }
        let wanted = try Array(values(frame).texts[range])
        let part = source.rows(range)
        #expect(part.rowCount == Int64(range.count))
        #expect(try values(Frame(source: part)).texts == wanted)
        let half = part.rows(range.count / 3..<range.count)
        #expect(try values(Frame(source: half)).texts == Array(wanted[(range.count / 3)...]))
    }

    @Test func aDirectoryThatCanNotBeIsTheSameError() throws {
        let file = directory + ".file"
        try Data().write(to: URL(fileURLWithPath: file))
        let spool = FrameSpool(ledger: FrameLedger(limit: 0), directory: file + "/below")
        #expect { try collect([try batch(0..<100_000)], spool) } throws: { error in
            "\(error)".contains("could not be written to \(file)/below: Not a directory. Make room")
        }
    }

    @Test func readingEndsWhenTheRunIsToldToStop() throws {
        let frame = try collect([try batch(0..<100_000)], spool())
        let token = CancellationToken()
        let stream = try frame.stream(cancellation: token)
        #expect(try stream.next() != nil)
        token.cancel()
        #expect { try stream.next() } throws: { ($0 as? DatasetError)?.code == .cancelled }
    }
}

/// A file on a disk that is full after some bytes, for good or until somebody makes room at once.
private final class FullStore: SpoolStore {
    private let room: Mutex<Int>
    private let isFullOnce: Bool
    private let file: SpoolFile

    init(room: Int, isFullOnce: Bool = false, _ file: SpoolFile) {
        self.room = Mutex(room)
        self.isFullOnce = isFullOnce
        self.file = file
    }

    func append(_ pieces: [UnsafeRawBufferPointer]) throws(SystemError) -> Int {
        let size = pieces.reduce(0) { $0 + $1.count }
        let fits = room.withLock { room in
            room -= size
            if room >= 0 { return true }
            if isFullOnce { room = .max }
            return false
        }
        guard fits else { throw SystemError(operation: "write to", path: "a full disk", code: ENOSPC) }
        return try file.append(pieces)
    }

    func map(_ position: Int, count: Int) throws(SystemError) -> MappedMemory { try file.map(position, count: count) }
}

private struct WeakStore {
    weak var store: SpoolFile?
}
