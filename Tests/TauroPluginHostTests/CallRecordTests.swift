import Foundation
import Synchronization
import TauroBasics
import TauroModel
import Testing

@testable import TauroPluginHost

/// Calls are written down while they are under way, and read by whoever comes after the host's death.
@Suite struct CallRecordTests {
    private let project: String

    init() throws { project = try Fixture.freshDirectory() }

    private var path: String { project + "/.tauro/runs/run-1/calls" }

    private func record(workers: Int = 2, earlierNodes: [String] = []) throws -> CallRecord {
        let run = CallRecord.Run(
            id: "run-1",
            pipeline: "p",
            startedAt: Timestamp(millisecondsSinceEpoch: 1_000),
            workers: workers,
            earlierNodes: earlierNodes
        )
        return try CallRecord(run, project: project, temporaryPath: project + "/.tauro/tmp/x", tellsCrashes: false)
    }

    private func invocation(_ node: String) throws -> NodeInvocation {
        let plugin = try PluginFile(path: try Fixture.calls.get())
        return NodeInvocation(
            signature: try #require(plugin.signatures.first),
            node: node,
            runID: "run-1",
            inputs: [],
            dates: DateWindow(),
            parameters: []
        )
    }

    /// What the file says now, as if its host had died.
    private func reading() throws -> DeadRun? {
        try RecordReading(try FileSystem.read(path)).deadRun(isNew: true)
    }

    @Test func crashLineKeepsItsEndHoweverManyCallsItNames() {
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: CrashLine.capacity + 1)
        memory.initialize(repeating: 0, count: CrashLine.capacity + 1)
        defer { memory.deallocate() }
        var line = CrashLine(memory)
        for _ in 0..<1_000 { line.append(", node 'one of many'") }
        line.beginEnd()
        line.append("; the run died here.\n")
        let text = String(cString: memory)
        #expect(text.hasPrefix(", node 'one of many', node") && text.hasSuffix("; the run died here.\n"))
        #expect(text.utf8.count <= CrashLine.capacity)
    }

    @Test func callIsThereWhileItIsUnderWay() throws {
        let record = try record()
        #expect(try reading() == nil)
        let slot = try #require(record.enter(try invocation("first")))
        let run = try #require(try reading())
        #expect(run.id == "run-1")
        #expect(run.pipeline == "p")
        #expect(run.startedAt.millisecondsSinceEpoch == 1_000)
        let call = try #require(run.calls.first)
        #expect(call.node == "first")
        #expect(call.plugin == (try Fixture.calls.get()))
        #expect(call.cause == nil)
        record.leave(slot)
        #expect(try reading() == nil)
    }

    @Test func functionIsInTheRecordOfItsInvoker() throws {
        let record = try record()
        let seen = Mutex<[String]>([])
        let path = path
        let source = """
            #include <tauro/tauro.h>
            TAURO_NODE(tells, "c.tells", TAURO_RETURNS(nothing)) { tauro_log(call, 1, "inside"); return TAURO_OK; }
            """
        let plugin = try PluginFile(path: try Fixture.compile(source))
        let invoker = PluginInvoker(
            sql: FakeSQLRunner(),
            temporaryDirectory: project + "/tmp",
            record: record
        ) { frame, _, _ in frame }
        _ = try invoker.invoke(
            NodeInvocation(
                signature: try #require(plugin.signatures.first),
                node: "teller",
                runID: "run-1",
                inputs: [],
                dates: DateWindow(),
                parameters: [],
                report: { _ in
                    let run = try? RecordReading(try FileSystem.read(path)).deadRun(isNew: true)
                    seen.withLock { $0 += run?.suspects ?? [] }
                }
            )
        )
        #expect(Set(seen.withLock { $0 }) == ["teller"])
        #expect(try reading() == nil)
    }

    @Test func closedRecordLeavesNothing() throws {
        let record = try record()
        let slot = try #require(record.enter(try invocation("late")))
        record.close()
        #expect(!FileSystem.exists(FilePath.parent(path)))
        record.leave(slot)
    }

    @Test func callsWithoutASlotGoOnWithoutOne() throws {
        let record = try record(workers: 1)
        let call = try invocation("one")
        let slots = (0..<40).compactMap { _ in record.enter(call) }
        #expect(slots.count == record.slotCount)
        for slot in slots { record.leave(slot) }
        #expect(record.enter(call) != nil)
    }

    @Test func threadsNeverShareASlot() throws {
        let record = try record(workers: 4)
        let call = try invocation("one")
        let pool = try WorkerPool(count: 4, name: "test")
        let taken = Mutex<Set<UInt>>([])
        let clashes = Mutex(0)
        for _ in 0..<2_000 {
            pool.submit {
                guard let slot = record.enter(call) else { return clashes.withLock { $0 += 1 } }
                let address = UInt(bitPattern: slot.address)
                if !taken.withLock({ $0.insert(address).inserted }) { clashes.withLock { $0 += 1 } }
                taken.withLock { _ = $0.remove(address) }
                record.leave(slot)
            }
        }
        pool.shutdown()
        #expect(clashes.withLock { $0 } == 0)
        #expect(try reading() == nil)
    }

    @Test func callThatOnlyWaitsForItsTurnIsNoSuspect() throws {
        let record = try record()
        let waiting = try #require(record.enter(try invocation("waiting")))
        waiting.move(to: RecordLayout.State.waiting)
        #expect(try reading()?.suspects == ["waiting"])
        _ = record.enter(try invocation("inside"))
        #expect(try reading()?.suspects == ["inside"])
    }

    @Test func callWithACauseIsTheOnlySuspect() throws {
        let record = try record()
        _ = record.enter(try invocation("innocent"))
        let slot = try #require(record.enter(try invocation("guilty")))
        slot.address.storeBytes(of: SIGFPE, toByteOffset: RecordLayout.Slot.cause, as: Int32.self)
        let run = try #require(try reading())
        #expect(run.calls.map(\.cause) == [.signal(SIGFPE)])
        #expect(run.suspects == ["guilty"])
    }

    @Test func resumedRunRemembersWhereItsForerunnersDied() throws {
        let record = try record(earlierNodes: ["a", "b"])
        #expect(try reading() == nil, "those alone are no death")
        _ = record.enter(try invocation("b"))
        #expect(try reading()?.suspects == ["b", "a"])
    }

    @Test func longNamesAreCutAtAWholeCharacter() throws {
        let record = try record()
        _ = record.enter(try invocation(String(repeating: "é", count: 2_000)))
        #expect(try reading()?.suspects == [String(repeating: "é", count: 511)])
    }

    @Test func projectWithoutRoomHasNoRecord() throws {
        try "a file".write(toFile: project + "/.tauro", atomically: true, encoding: .utf8)
        #expect(throws: SystemError.self) { try record() }
    }

    @Test func recordOfAnotherVersionIsNamedSo() throws {
        let record = try record()
        record.memory.storeBytes(of: 9, toByteOffset: RecordLayout.Header.version, as: UInt32.self)
        let error = #expect(throws: RecordReading.Unreadable.self) { try reading() }
        #expect(error?.reason == "was written by another version of the host: format 9, not 1")
    }

    /// Any bytes are read without a crash: each case changes a few of a good record, or its length.
    @Test func brokenRecordsNeverHarmTheirReader() throws {
        let record = try record()
        for name in ["one", "two"] { _ = record.enter(try invocation(name)) }
        let good = try FileSystem.read(path)
        let seed = ProcessInfo.processInfo.environment["TAURO_TEST_SEED"].flatMap { UInt64($0) } ?? 1
        var chance = Chance(state: seed)
        for _ in 0..<5_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...8, using: &chance) {
                let ends = [64, RecordLayout.headerSize, RecordLayout.headerSize + 2_200, bytes.count]
                let end = ends.randomElement(using: &chance) ?? 64
                bytes[Int.random(in: 0..<end, using: &chance)] = .random(in: .min ... .max, using: &chance)
            }
            if Int.random(in: 0..<8, using: &chance) == 0 {
                bytes.removeLast(Int.random(in: 0..<bytes.count, using: &chance))
            }
            let calls = (try? RecordReading(bytes).deadRun(isNew: false)?.calls.count) ?? 0
            #expect(calls <= record.slotCount, "seed \(seed)")
        }
    }

    /// SplitMix64.
    private struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
