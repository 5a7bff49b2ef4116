import Dispatch
import Synchronization
import TauroData
import TauroModel
import Testing

@testable import TauroEngine

/// SQL over rows that are read while it runs.
@Suite struct SourceScanTests {
    private let engine = EngineFixture.engine()

    /// Two columns in batches of some rows; notes which columns were asked for, and may fail at a batch.
    private final class Columns: ColumnSource {
        let rowCount: Int64? = nil
        let batches: Int
        let failing: Int?
        let asked = Mutex<[[Int]]>([])
        static let batchRows = 5_000

        init(batches: Int, failing: Int? = nil) {
            self.batches = batches
            self.failing = failing
        }

        func schema() -> Schema { Schema([Field("a", .int64), Field("b", .utf8)]) }

        func stream(cancellation: CancellationToken) throws -> any RecordBatchStream {
            try stream(columns: [0, 1], cancellation: cancellation)
        }

        func stream(columns: [Int], cancellation: CancellationToken) throws -> any RecordBatchStream {
            asked.withLock { $0.append(columns) }
            return Stream(self, columns)
        }
    }

    private final class Stream: RecordBatchStream {
        let schema: Schema
        private let source: Columns
        private let columns: [Int]
        private var number = 0

        init(_ source: Columns, _ columns: [Int]) {
            self.source = source
            self.columns = columns
            schema = Schema(columns.map { source.schema().fields[$0] })
        }

        func next() throws -> RecordBatch? {
            if number == source.failing { throw SQLError(.io, "/data/x.orc is broken at its batch \(number)") }
            guard number < source.batches else { return nil }
            let first = number * Columns.batchRows
            let numbers: [Int64?] = (first..<first + Columns.batchRows).map { Int64($0) }
            number += 1
            let all = try [ArrowColumn(numbers), ArrowColumn(numbers.map { $0.map { "t\($0)" } })]
            return try RecordBatch(schema: schema, columns: columns.map { all[$0] })
        }
    }

    @Test func onlyTheColumnsThatAQueryNeedsAreRead() throws {
        let source = Columns(batches: 3)
        let result = try engine.sql("SELECT max(b) AS m FROM t WHERE b < 't5'", [("t", Frame(source: source))])
        #expect(try result.values("m", as: String.self) == ["t4999"])
        #expect(source.asked.withLock { $0 } == [[1]])
    }

    @Test func aTableMayBeReadTwiceByOneQuery() throws {
        let text = "SELECT count(*) AS n FROM t AS x JOIN t AS y USING (a) WHERE y.b LIKE '%7'"
        let frame = Frame(source: Columns(batches: 3))
        for _ in 0..<2 {
            #expect(try engine.sql(text, [("t", frame)]).values("n", as: Int64.self) == [1_500])
        }
    }

    @Test func theOrderOfRowsStays() throws {
        let result = try engine.sql("SELECT a FROM t", [("t", Frame(source: Columns(batches: 20)))])
        #expect(try result.values("a", as: Int64.self) == (0..<100_000).map { $0 })
    }

    @Test func aQueryThatWantsLittleReadsLittle() throws {
        let endless = Frame(source: Columns(batches: .max))
        #expect(try engine.sql("SELECT a FROM t LIMIT 3", [("t", endless)]).values("a", as: Int64.self) == [0, 1, 2])
    }

    /// Waits for a server, in vain, until its token is cancelled; `begin` is called once it waits.
    private final class Waiting: FrameSource {
        let rowCount: Int64? = nil
        let begin: @Sendable () -> Void

        init(_ begin: @escaping @Sendable () -> Void) { self.begin = begin }

        func schema() -> Schema { Schema([Field("a", .int64)]) }

        func stream(cancellation: CancellationToken) throws -> any RecordBatchStream {
            WaitingStream(self, cancellation)
        }
    }

    private final class WaitingStream: RecordBatchStream {
        let schema = Schema([Field("a", .int64)])
        private let source: Waiting
        private let cancellation: CancellationToken

        init(_ source: Waiting, _ cancellation: CancellationToken) {
            self.source = source
            self.cancellation = cancellation
        }

        func next() throws -> RecordBatch? {
            let told = DispatchSemaphore(value: 0)
            try cancellation.withHandler {
                told.signal()
            } _: {
                source.begin()
                if told.wait(timeout: .now() + 60) == .timedOut {
                    throw SQLError(.io, "nobody said that it should stop")
                }
            }
            throw DatasetError(.cancelled, "reading was stopped, because the run was")
        }
    }

    @Test func aSourceThatWaitsIsToldToStop() {
        let token = CancellationToken()
        let frame = Frame(source: Waiting { DispatchQueue.global().async { token.cancel() } })
        #expect { try engine.sql("SELECT sum(a) AS s FROM t", [("t", frame)], cancellation: token) } throws: { error in
            (error as? SQLError)?.code == .cancelled
        }
    }

    @Test func aSourceBehindAQueriedDatasetIsToldToStop() throws {
        let token = CancellationToken()
        let frame = Frame(source: Waiting { DispatchQueue.global().async { token.cancel() } })
        let dataset = try engine.open(QueryRequest(text: "SELECT a + 1 AS b FROM t", tables: [("t", frame)]))
        #expect { try dataset.stream(cancellation: token).next() } throws: { ($0 as? SQLError)?.code == .cancelled }
    }

    @Test func queriesGoOnWhileSourcesWait() throws {
        let token = CancellationToken()
        let engine = engine
        let frame = Frame(
            source: Waiting {
                DispatchQueue.global().async {
                    let answer = try? engine.sql("SELECT count(*) AS n FROM range(3000000)").values("n", as: Int64.self)
                    #expect(answer == [3_000_000])
                    token.cancel()
                }
            }
        )
        #expect { try engine.sql("SELECT a FROM t ORDER BY a", [("t", frame)], cancellation: token) } throws: { error in
            (error as? SQLError)?.code == .cancelled
        }
    }

    @Test func whatASourceFailsWithIsToldAsItSaidIt() throws {
        let frame = Frame(source: Columns(batches: 9, failing: 2))
        let error = engine.refusal("SELECT sum(a) AS s FROM t", [("t", frame)])
        #expect(error?.code == .io)
        #expect(error?.message == "/data/x.orc is broken at its batch 2")
    }
}
