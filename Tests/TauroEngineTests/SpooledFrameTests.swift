import TauroData
import Testing

@testable import TauroEngine
@testable import TauroModel

/// SQL over frames on disk, and results that go there.
@Suite struct SpooledFrameTests {
    private let engine = EngineFixture.engine()
    private let directory = EngineFixture.directory()

    private func spool() -> FrameSpool { FrameSpool(ledger: FrameLedger(limit: 0), directory: directory) }

    private func run(_ text: String, _ tables: [(name: String, frame: Frame)] = [], onDisk: Bool) throws -> Frame {
        let statement = SQLStatement(text: text, tables: tables, spool: onDisk ? spool() : nil)
        let frame = try engine.run(statement, cancellation: CancellationToken())
        if case .source(is SpooledFrame) = frame.content {
            #expect(onDisk)
        } else {
            #expect(!onDisk)
        }
        return frame
    }

    /// A table with values of every kind that nodes receive.
    private static let everyType = """
        SELECT i AS n, i::TINYINT % 100 AS tiny, i % 3 = 0 AS flag, i / 7.0 AS x, i::DECIMAL(20, 4) / 3 AS d,
            CASE WHEN i % 5 = 0 THEN NULL ELSE 'row ' || i END AS t, encode('b' || i) AS b,
            DATE '2000-01-01' + (i % 9000)::INTEGER AS day, TIMESTAMP '2000-01-01' + INTERVAL (i) SECOND AS at,
            [i, NULL, i + 1] AS list, {'a': i, 'b': 'x' || i} AS record, TIME '10:00:00' AS clock
        FROM (SELECT i, i % 100 AS small FROM range(200000) AS t(i))
        """.replacing("i::TINYINT % 100", with: "small::TINYINT")

    @Test func everyTypeComesBackAsItWas() throws {
        let memory = try run(Self.everyType, onDisk: false)
        let disk = try run(Self.everyType, onDisk: true)
        #expect(try disk.schema() == (try memory.schema()))
        #expect(disk.rowCount == 200_000)
        let question = "SELECT count(*) AS n FROM one POSITIONAL JOIN two WHERE one IS DISTINCT FROM two"
        let answer = try engine.sql(question, [("one", memory), ("two", disk)])
        #expect(try Array(answer.batches()[0].column("n", as: Int64.self)) == [0])
    }

    @Test(
        arguments: [
            "SELECT * FROM t ORDER BY x % 1000, n LIMIT 100000 OFFSET 7",
            "SELECT a.n, b.t FROM t a JOIN t b ON a.n = b.n + 1 ORDER BY a.n",
            "SELECT n % 10 AS k, count(*) AS c, sum(n) AS s, max(t) AS m FROM t GROUP BY k ORDER BY k",
            "SELECT count(*) AS n FROM t",
        ]
    )
    func aQueryOverAFrameOnDiskGivesTheSame(_ text: String) throws {
        let memory = try run(Self.everyType, onDisk: false)
        let disk = try run(Self.everyType, onDisk: true)
        let (wanted, found) = try (engine.sql(text, [("t", memory)]), engine.sql(text, [("t", disk)]))
        #expect(found.rowCount == wanted.rowCount)
        let question = "SELECT count(*) AS n FROM one POSITIONAL JOIN two WHERE one IS DISTINCT FROM two"
        let answer = try engine.sql(question, [("one", wanted), ("two", found)])
        #expect(try Array(answer.batches()[0].column("n", as: Int64.self)) == [0])
    }

    @Test func aFrameOnDiskIsStored() throws {
        let disk = try run("SELECT i AS n FROM range(300000) AS t(i)", onDisk: true)
        let request = WriteRequest(format: .parquet, file: directory + "/t.parquet", options: [:])
        #expect(try engine.write(disk, request, cancellation: CancellationToken()).rows == 300_000)
    }

    @Test func memoryThatIsShortSaysWhichSettingHasMore() throws {
        let small = DuckDBEngine(libraryDirectories: [EngineFixture.vendor], threads: 1, memoryLimit: 4 << 20)
        #expect {
            try small.sql("SELECT * FROM (SELECT i, 'text ' || i AS t FROM range(5000000) AS r(i)) ORDER BY t")
        } throws: { error in
            let error = error as? SQLError
            return error?.code == .outOfMemory && error?.message.contains("raise `memory_limit`") == true
        }
    }
}
