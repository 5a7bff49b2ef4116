import TauroBasics
import TauroData
import TauroModel
import Testing

@testable import TauroIO

/// The very result comes back from the files that it was stored in, or nothing does.
@Suite struct RestoredResultTests {
    private static let formats = ["arrow", "csv", "delta", "feather", "json", "orc", "parquet"]

    /// Of the types that a result may have, those that come back.
    @Test(arguments: formats) func asItWas(format: String) throws {
        var back: [String] = []
        for sample in RoundTripCase.all {
            let store = try RealStore(format)
            let original = try sample.make(RealStore.engine)
            let isExact = store.manager().restoresExactly(.frame(original), as: store.dataset)
            guard let output = try? store.output(.frame(original)) else {
                #expect(!isExact || sample.name.contains("case alone"), "\(sample.name)")
                continue
            }
            guard case .frame(let restored)? = try store.restored(output) else {
                #expect(!isExact, "\(sample.name)")
                continue
            }
            #expect(isExact, "\(sample.name)")
            back.append(sample.name)
            #expect(try restored.schema() == original.schema(), "\(sample.name)")
            #expect(try restored.texts() == original.texts(), "\(sample.name)")
        }
        switch format {
        case "arrow", "feather", "parquet":
            #expect(
                Set(back).isSuperset(of: [
                    "`bool`", "`int8`, `int16`, `int32`", "`int64`", "`uint64`", "`float64`", "`decimal128(38, 10)`",
                    "`date32`", "`time(us)`", "`timestamp(us)`", "`timestamp(ns)`", "`timestamp(us, UTC)`", "`utf8`",
                    "`binary`", "`list<utf8>`", "`struct`", "`map`", "a table without rows", "1,000 columns",
                ]),
                "\(back)"
            )
            #expect(!back.contains("`dictionary` of text") && !back.contains("`interval`"))
        case "delta":
            #expect(Set(back).isSuperset(of: ["`int64`", "`utf8`", "`timestamp(us)`", "`list<utf8>`"]), "\(back)")
            #expect(!back.contains("`uint64`") && !back.contains("a table without rows"))
        default: #expect(back.isEmpty)
        }
    }

    @Test(arguments: ["parquet", "arrow", "delta"]) func inItsOrder(format: String) throws {
        let store = try RealStore(format)
        try store.store("SELECT -1::BIGINT AS i, 'other' AS text", run: 2)
        let rows = "SELECT i::BIGINT AS i, 'text ' || i AS text FROM range(300000) AS t(i) ORDER BY hash(i), i"
        let output = try store.output(rows)
        #expect(output.record.files == 2)
        guard case .frame(let restored)? = try store.restored(output) else {
            Issue.record("no frame came back")
            return
        }
        let original = try RealStore.frame(rows).stream()
        let stream = try restored.stream()
        func numbers(_ stream: any RecordBatchStream) throws -> [Int64?] {
            var all: [Int64?] = []
            while let batch = try stream.next() { all += try batch.column("i", as: Int64.self) }
            return all
        }
        #expect(try numbers(original) == numbers(stream))
    }

    @Test(arguments: ["parquet", "delta"]) func notWhereItsRowsWereDivided(format: String) throws {
        var store = try RealStore(format, partition: ["k"])
        let frame = try RealStore.frame("SELECT i AS n, i % 2 AS k FROM range(4) AS t(i)")
        #expect(!store.manager().restoresExactly(.frame(frame), as: store.dataset))
        #expect(try store.restored(store.output(.frame(frame))) == nil)
        store.dataset.layout.partition = []
        // A Delta table divides them, whatever the output says.
        #expect(store.manager().restoresExactly(.frame(frame), as: store.dataset) == (format == "parquet"))
        store.dataset.writeMode = .ignore
        #expect(!store.manager().restoresExactly(.frame(frame), as: store.dataset))
    }
}
