import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// Rows that are stored as they are read make the same dataset as rows that were in memory before.
@Suite struct UnreadStoringTests {
    private static let manager = DataOutputManager(engine: RealStore.engine, writers: 2, parts: RealStore.parts)

    private func unread(_ query: String) throws -> Dataset {
        .frame(try RealStore.engine.open(QueryRequest(text: query, tables: [])))
    }

    @Test(arguments: ["parquet", "csv", "json"])
    func rowsArriveInTheirOrder(format: String) throws {
        let store = try RealStore(format, mode: .overwrite)
        let rows = try unread(
            "SELECT i, i / 2.0 AS half, 'text ' || i AS text, DATE '2026-01-01' + CAST(i AS INTEGER) AS day "
                + "FROM range(300000) AS t(i)"
        )
        #expect(try Self.manager.storesUnread(rows, as: store.dataset))
        let record = try Self.manager.store(
            rows,
            as: store.dataset,
            commit: CommitIdentity(runID: RealStore.run(1), node: "n"),
            cancellation: CancellationToken()
        ).record
        #expect(record.rows == 300_000)
        #expect(record.bytes > 0)
        let misplaced =
            "SELECT CAST(count(*) AS VARCHAR) AS text FROM (SELECT i, row_number() OVER () - 1 AS place FROM t) "
        #expect(try store.rows(misplaced + "WHERE i <> place") == ["0"])
    }

    @Test(arguments: [
        "SELECT sum(i) AS wide FROM range(3) AS t(i)",
        "SELECT CAST('a' AS ENUM ('a', 'b')) AS letter",
        #"SELECT CAST('{"a": 1}' AS JSON) AS document"#,
        "SELECT uuid() AS id",
        "SELECT [1, 2] AS list",
    ])
    func columnsThatChangeOnTheirWayToNodesAreReadBefore(query: String) throws {
        let store = try RealStore("parquet", mode: .overwrite)
        #expect(try !Self.manager.storesUnread(unread(query), as: store.dataset))
    }

    @Test func outputsThatLookAtTheRowsMoreThanOnceGetThemRead() throws {
        let rows = try unread("SELECT 1 AS a, 2 AS b")
        var store = try RealStore("parquet", mode: .overwrite, partition: ["a"])
        #expect(try !Self.manager.storesUnread(rows, as: store.dataset))
        store.dataset.layout.partition = []
        store.dataset.layout.maxRowsPerFile = Located(1)
        #expect(try !Self.manager.storesUnread(rows, as: store.dataset))
        for format in ["delta", "arrow", "orc"] {
            let other = try RealStore(format, mode: .overwrite)
            #expect(try !Self.manager.storesUnread(rows, as: other.dataset))
        }
        let kept = try RealStore("parquet", mode: .ignore)
        #expect(try !Self.manager.storesUnread(rows, as: kept.dataset))
    }
}
