import TauroData
import TauroModel
import Testing

@testable import TauroPluginHost

/// Frames reach nodes without copies, and everything a node does with them ends well.
struct FrameTests {
    private func relation(_ harness: Harness) -> [String] { harness.reports.lines() }

    @Test func aFramePassedThroughIsTheSameFrame() throws {
        let harness = try Harness(Fixture.calls)
        let frame = try Numbers.frame([[1, 2], [3]])
        guard case .frame(let result) = try harness.call("calls.pass", [.frame(frame)]) else {
            Issue.record("no frame")
            return
        }
        #expect(result === frame)
    }

    @Test func aStreamOfAFrameInMemoryShowsTheSameBytes() throws {
        let harness = try Harness(Fixture.calls)
        let batches = [try Numbers.batch([1, 2]), try Numbers.batch([3, 4, 5]).slice(1..<3)]
        try harness.call("calls.probe", [.frame(Frame(schema: Numbers.schema, batches: batches))])
        let addresses = try batches.map { "0x" + String(try Numbers.address(of: $0), radix: 16) }
        #expect(
            harness.reports.lines() == [
                "rows 4", "column id l", "batch 2 at \(addresses[0])", "batch 2 at \(addresses[1])",
            ]
        )
    }

    @Test func aRelayedFrameKeepsItsMemory() throws {
        let harness = try Harness(Fixture.calls)
        let frame = try Numbers.frame([[7, 8]])
        guard case .memory(_, let before) = frame.content,
            case .frame(let result) = try harness.call("calls.relay", [.frame(frame)]),
            case .memory(_, let after) = result.content
        else {
            Issue.record("no frame in memory")
            return
        }
        #expect(try Numbers.address(of: before[0]) == (try Numbers.address(of: after[0])))
    }

    @Test func aStoredFrameIsPulledAndItsErrorKept() throws {
        let missing = SQLError(.missingEngine, "DuckDB is not there; install it")
        let harness = try Harness(Fixture.calls)
        let stored = Dataset.frame(Frame(source: FailingSource(error: missing)))
        let failure = try harness.failure("calls.probe", [stored])
        #expect(harness.reports.lines().prefix(2) == ["rows -1", "column id l"])
        #expect(failure.status == .io && failure.message.contains("DuckDB is not there"))
        #expect((failure.underlying as? SQLError)?.code == .missingEngine)
        let relayed = try harness.failure("calls.relay", [stored])
        #expect(relayed.status == .io && (relayed.underlying as? SQLError)?.code == .missingEngine)
    }

    @Test func typesThatANodeMayNotReceiveAreConvertedOnce() throws {
        let wide = Schema([Field("id", .largeUTF8)])
        let converted = Reports()
        let plain = try Numbers.frame([[5]])
        let harness = try Harness(Fixture.calls) { frame, _, _ in
            converted.add(.log(level: .info, text: "\(try frame.schema())"))
            return plain
        }
        let frame = Frame(schema: wide, batches: [RecordBatch(emptyWith: wide)])
        try harness.call("calls.probe", [.frame(frame)])
        #expect(converted.lines() == ["id: large_utf8"])
        #expect(harness.reports.lines()[1] == "column id l")
        guard case .frame(let passed) = try harness.call("calls.pass", [.frame(frame)]) else { return }
        #expect(passed === frame && converted.lines().count == 1)
    }

    @Test func queriesSeeInputsDatesAndParametersAndOwnBindingsHideThem() throws {
        let answer = try Numbers.frame([[42]])
        let sql = FakeSQLRunner { _ in answer }
        let harness = try Harness(Fixture.calls, sql: sql)
        let inputs = try (0..<3).map { try Numbers.frame([[Int64($0)]]) }
        let result = try harness.call(
            "calls.query",
            inputs.map { .frame($0) },
            [:],
            dates: DateWindow(start: "2026-01-01", end: nil)
        )
        #expect(try Numbers.values(of: result) == [42])
        try #require(sql.statements.count == 2)
        let (first, second) = (sql.statements[0], sql.statements[1])
        #expect(first.text == "SELECT 1" && first.dialect == nil)
        #expect(first.tables.map(\.name) == ["left", "rest_0", "rest_1"])
        #expect(zip(first.tables, inputs).allSatisfy { $0.frame === $1 })
        #expect(first.parameters.map(\.name) == ["start_date", "end_date", "limit"])
        #expect(first.parameters.map(\.value) == [.string("2026-01-01"), nil, .int64(10)])
        #expect(second.dialect == "duckdb")
        #expect(second.tables.map(\.name) == ["rest_0", "rest_1", "left"])
        #expect(second.tables.last?.frame === answer)
        #expect(second.parameters.map(\.name) == ["start_date", "limit", "nothing", "flag", "end_date", "id"])
        #expect(
            second.parameters.map(\.value) == [
                .string("2026-01-01"), .float64(2.5), nil, .bool(true), .string("never"), .int64(-3),
            ]
        )
    }

    @Test(arguments: [
        (SQLError.Code.invalid, NodeFailure.Status.invalid), (.io, .io), (.cancelled, .cancelled),
        (.outOfMemory, .outOfMemory), (.unsupported, .unsupported), (.missingEngine, .unsupported),
        (.failed, .internal),
    ])
    func aFailedQueryIsTheNodesFailure(code: SQLError.Code, status: NodeFailure.Status) throws {
        let harness = try Harness(Fixture.calls, sql: FakeSQLRunner { _ in throw SQLError(code, "no such column 'x'") })
        let inputs = try (0..<3).map { Dataset.frame(try Numbers.frame([[Int64($0)]])) }
        let failure = try harness.failure("calls.query", inputs)
        #expect(failure.status == status && failure.message == "no such column 'x'")
        #expect((failure.underlying as? SQLError)?.code == code)
    }

    @Test func nonsenseIsAnsweredNotFollowed() throws {
        let harness = try Harness(Fixture.emits)
        try harness.call("emits.nonsense", [.frame(try Numbers.frame([[1]]))])
        #expect(harness.reports.lines(.warning).contains("a metric without a name was refused"))
        #expect(harness.sql.statements.isEmpty)
    }
}
