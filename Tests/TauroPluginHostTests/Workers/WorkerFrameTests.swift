import Foundation
import TauroBasics
import TauroData
import TauroModel
import Testing

@testable import TauroPluginHost

/// Frames, queries, artifacts and hyperparameters reach a node in a worker as they reach one in this process.
@Suite struct WorkerFrameTests {
    private func unsound() throws -> WorkerHarness {
        try WorkerHarness(Result { try Fixture.compile(file: "unsound.c", once: true) })
    }

    private func many() throws -> WorkerHarness {
        try WorkerHarness(Result { try Fixture.compile(file: "many.c", once: true) })
    }

    private func frame(_ dataset: Dataset?) throws -> Frame {
        guard case .frame(let frame) = dataset else { throw Harness.Missing(name: "a frame") }
        return frame
    }

    private func large(_ count: Int64 = 100_000) throws -> Frame { try Numbers.frame([Array(0..<count), [count]]) }

    @Test func frameThatIsPassedThroughIsTheSameFrame() throws {
        let harness = try WorkerHarness(Fixture.calls)
        for frame in [try Numbers.frame([[1, 2], [3]]), try large()] {
            #expect(try self.frame(try harness.call("calls.pass", [.frame(frame)])) === frame)
        }
    }

    @Test func smallAndLargeFramesComeBackRowForRow() throws {
        let harness = try WorkerHarness(Fixture.calls)
        let slice = Frame(schema: Numbers.schema, batches: [try Numbers.batch([3, 4, 5]).slice(1..<3)])
        for frame in [
            try Numbers.frame([]), try Numbers.frame([[]]), try Numbers.frame([[7, 8], [9]]), slice, try large(),
        ] {
            let result = try harness.call("calls.relay", [.frame(frame)])
            #expect(try Numbers.values(of: result) == (try Numbers.values(of: .frame(frame))))
        }
    }

    @Test func storedFrameIsReadWhenItIsAskedForAndItsErrorKept() throws {
        let harness = try WorkerHarness(Fixture.calls)
        let missing = SQLError(.missingEngine, "DuckDB is not there; install it")
        let stored = Dataset.frame(Frame(source: FailingSource(error: missing)))
        do {
            try harness.call("calls.probe", [stored])
            Issue.record("no failure")
        } catch let failure as NodeFailure {
            #expect(failure.message.contains("DuckDB is not there"))
            #expect((failure.underlying as? SQLError)?.code == .missingEngine)
        }
        #expect(harness.reports.lines().prefix(2) == ["rows -1", "column id l"])
    }

    @Test func queriesRunInTheHostOverItsOwnFrames() throws {
        let answer = try Numbers.frame([[5, 6]])
        let sql = FakeSQLRunner { _ in answer }
        let harness = try WorkerHarness(Fixture.calls, sql: sql)
        let inputs = try [[1], [2], [3]].map { Dataset.frame(try Numbers.frame([$0])) }
        try harness.call("calls.query", inputs)
        let first = try #require(sql.statements.first)
        #expect(first.tables.map(\.name) == ["left", "rest_0", "rest_1"])
        guard case .frame(let left) = inputs[0] else { return }
        #expect(first.tables[0].frame === left)
        let second = try #require(sql.statements.dropFirst().first)
        #expect(second.dialect == "duckdb" && second.tables.last?.frame === answer)
        #expect(second.parameters.first { $0.name == "flag" }?.value == .bool(true))
        #expect(second.parameters.contains { $0.name == "nothing" && $0.value == nil })
    }

    @Test func failedQueryKeepsTheHostsError() throws {
        let sql = FakeSQLRunner { _ in throw SQLError(.missingEngine, "no engine here") }
        let harness = try WorkerHarness(Fixture.calls, sql: sql)
        let inputs = try [[1], [2], [3]].map { Dataset.frame(try Numbers.frame([$0])) }
        #expect { try harness.call("calls.query", inputs) } throws: { error in
            let failure = error as? NodeFailure
            return failure?.status == .unsupported && (failure?.underlying as? SQLError)?.code == .missingEngine
        }
    }

    @Test func oneSealedMemoryServesEveryConsumer() throws {
        let made = try frame(try unsound().call("unsound.numbers"))
        #expect(made.isSealed)
        let table = FrameTable(call: 0, spool: nil, cancellation: CancellationToken()) { frame, _, _ in frame }
        let number = try table.add(made).number
        guard case .sealed(let one) = try table.rows(of: number).content,
            case .sealed(let other) = try table.rows(of: table.add(made).number).content
        else {
            Issue.record("not shared")
            return
        }
        #expect(one === other)
        let relays = try WorkerHarness(Fixture.calls)
        for _ in 0..<3 { #expect(try frame(relays.call("calls.relay", [.frame(made)])).rowCount == 1_000_000) }
    }

    @Test func moreSealedInputsThanAMessageCarriesAreReadAllTheSame() throws {
        let table = FrameTable(call: 0, spool: nil, cancellation: CancellationToken()) { frame, _, _ in frame }
        let frames = try (0..<70).map { try Numbers.frame([Array($0..<$0 + 5_000)]) }
        for frame in frames {
            _ = try table.rows(of: table.add(frame).number)
            #expect(frame.isSealed)
        }
        let harness = try many()
        try harness.call("many.sum", frames.map { .frame($0) })
        let sum = (0..<70).reduce(0) { $0 + 5_000 * $1 + 4_999 * 2_500 }
        #expect(harness.reports.metrics == ["sum": Double(sum)])
    }

    @Test func queryOfMoreLargeTablesThanAMessageCarriesIsRefused() throws {
        let harness = try many()
        let table = Dataset.frame(try large(5_000))
        #expect(
            try harness.failure("many.query", [table], ["count": .int64(64)])
                == "unsupported: the query has 64 large tables that the node made itself; in a worker process it may "
                + "have 63: query fewer of them at once, or use isolation: in_process"
        )
        try harness.call("many.query", [table], ["count": .int64(63)])
    }

    @Test func memoryIsGivenBackWithItsFrame() throws {
        let harness = try unsound()
        try harness.call("unsound.numbers", [], ["rows": .int64(1)])
        let memories = try Set((0..<20).map { _ in try Self.inode(of: frame(try harness.call("unsound.numbers"))) })
        #expect(memories.count == 20)
        #expect(try memories.isDisjoint(with: Self.openInodes()))
    }

    @Test(arguments: [
        (1, "column 'name' (utf8), batch 0, row 1: not valid UTF-8"),
        (2, "column 'name' (utf8), batch 0: its offsets go back from 6 to 3 at row 1"),
        (3, "offsets from -3"),
        (4, "2 values where 3 are needed"),
    ])
    func frameThatIsNotSoundIsRefused(how: Int, words: String) throws {
        let message = try unsound().failure("unsound.text", [], ["how": .int64(Int64(how))])
        #expect(message.hasPrefix("schema: ") && message.contains(words), "\(message)")
    }

    @Test func inputsCanNotBeWrittenTo() throws {
        let message = try unsound().failure("unsound.writes", [.frame(try large())])
        #expect(message.contains("SIGSEGV"))
    }

    @Test(arguments: ["unsound.double_release", "unsound.no_release"])
    func releasesThatAreWrongHarmNobodyElse(node: String) throws {
        let harness = try unsound()
        let frame = try large()
        _ = try? harness.call(node, [.frame(frame)])
        #expect(try self.frame(try harness.call("unsound.no_release", [.frame(frame)])) === frame)
    }

    @Test func readingForACallEndsWithIt() throws {
        let source = SlowSource(heedsToken: true)
        let harness = try WorkerHarness(Fixture.calls, grace: .seconds(60))
        let message = try harness.failure("calls.relay", [.frame(Frame(source: source))], timeout: 0.2)
        #expect(message == "TimeoutError: timed out after TIME")
        #expect(source.end == .cancelled)
    }

    @Test func nobodyWaitsForReadingThatDoesNotEnd() throws {
        let source = SlowSource(heedsToken: false)
        let harness = try WorkerHarness(Fixture.calls)
        let message = try harness.failure("calls.relay", [.frame(Frame(source: source))], timeout: 0.2)
        #expect(message.hasSuffix("told to stop, it did not return, and its worker process was killed"))
        #expect(source.end == nil)
        source.stop()
        #expect(source.awaitEnd() == .stopped)
    }

    @Test func artifactsTravelAsBytesAndAsFiles() throws {
        let harness = try WorkerHarness(Fixture.calls)
        let bytes = [UInt8](repeating: 7, count: 300_000)
        let model = Artifact(mediaType: "application/x-model", content: .bytes(bytes))
        guard case .artifact(let result) = try harness.call("calls.bytes", [.artifact(model)]) else { return }
        #expect(result.content == .bytes(bytes))
        let path = try Fixture.freshDirectory() + "/report"
        try "report".write(toFile: path, atomically: true, encoding: .utf8)
        guard case .artifact(let file) = try harness.call("calls.file", [], ["path": .string(path)]),
            case .file(let copy) = file.content
        else {
            Issue.record("no file")
            return
        }
        #expect(try String(contentsOfFile: copy, encoding: .utf8) == "report")
        #expect(copy.hasPrefix(harness.directory))
    }

    @Test func parametersAndHyperparametersArriveAsTheyAre() throws {
        let here = try Harness(Fixture.calls)
        let there = try WorkerHarness(Fixture.calls)
        let given: [String: ParameterValue] = ["needed": .string("a\"b\nä"), "rate": .float64(.infinity)]
        try here.call("calls.values", [], given, dates: DateWindow(start: "2026-01-01"))
        try there.call("calls.values", [], given)
        #expect(there.reports.lines(.info) == here.reports.lines(.info))
        #expect(there.reports.lines(.debug) == here.reports.lines(.debug))
        #expect(there.reports.metrics == here.reports.metrics && there.reports.fractions == here.reports.fractions)
        func value(_ content: ConfigValue.Content) -> ConfigValue {
            ConfigValue(content, at: SourceLocation(file: "f"))
        }
        let ml = MLContext(
            hyperparameters: [
                "rate": value(.double(0.25)), "depth": value(.integer(3)), "on": value(.bool(true)),
                "name": value(.string("deep")), "list": value(.list([value(.null), value(.map([]))])),
            ],
            json: #"{"hyperparams":{}}"#
        )
        try here.call("calls.learn", ml: ml)
        try there.call("calls.learn", ml: ml)
        try there.call("calls.learn")
        let lines = here.reports.lines(.info).drop { $0 != "ml" }
        #expect(there.reports.lines(.info).drop { $0 != "ml" }.starts(with: lines) && lines.count > 3)
    }

    @Test func callsOfOnePluginRunSideBySideInTheirOwnWorkers() throws {
        let harness = try WorkerHarness(Fixture.calls)
        let other = try WatchingThread({ true }, then: { _ = try? harness.call("calls.stop", timeout: 1) })
        #expect(try frame(harness.call("calls.pass", [.frame(try Numbers.frame([[1]]))])).rowCount == 1)
        other.join()
    }

    /// The number of the file behind a frame's memory.
    private static func inode(of frame: Frame) throws -> UInt64 {
        let memory = try #require(frame.sealed { nil })
        var status = stat()
        #expect(fstat(memory.descriptor, &status) == 0)
        return UInt64(status.st_ino)
    }

    private static func openInodes() throws -> Set<UInt64> {
        try Set(
            FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { name in
                var status = stat()
                return stat("/proc/self/fd/\(name)", &status) == 0 ? UInt64(status.st_ino) : nil
            }
        )
    }
}
