import Synchronization
import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

@Suite struct AppendTests {
    @Test(arguments: ["arrow", "csv", "feather", "json", "orc", "parquet"])
    func rowsJoinThoseStored(format: String) throws {
        let store = try RealStore(format)
        let first = try store.store("SELECT 1 AS n, 'a' AS s", run: 1)
        let second = try store.store("SELECT 2 AS n, 'b' AS s UNION ALL SELECT 3, NULL", run: 2)
        #expect(first.rows == 1 && second.rows == 2 && second.files == 1)
        #expect(try store.rows() == ["{'n': 1, 's': a}", "{'n': 2, 's': b}", "{'n': 3, 's': NULL}"])
        #expect(try store.foreignRows("n") == ["{'n': 1}", "{'n': 2}", "{'n': 3}"])
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    @Test(arguments: ["arrow", "csv", "feather", "json", "orc", "parquet"])
    func aRunAddsOnce(format: String) throws {
        let store = try RealStore(format)
        let first = try store.store("SELECT 1 AS n", run: 1)
        let again = try store.store("SELECT 1 AS n", run: 1)
        try store.store("SELECT 2 AS n", run: 2)
        let late = try store.store("SELECT 7 AS n", run: 1)
        #expect(again == first && late == first)
        #expect(try store.rows() == ["{'n': 1}", "{'n': 2}"])
    }

    @Test func whatIsReplacedAndAppendedToAgainBeginsAnew() throws {
        var store = try RealStore("parquet")
        try store.store("SELECT 1 AS n", run: 1)
        store.dataset.writeMode = .overwrite
        try store.store("SELECT 2 AS n", run: 2)
        store.dataset.writeMode = .append
        try store.store("SELECT 3 AS n", run: 3)
        #expect(try store.rows() == ["{'n': 2}", "{'n': 3}"])
    }

    @Test func withoutRowsNothingIsAdded() throws {
        let store = try RealStore("parquet")
        try store.store("SELECT 1 AS n WHERE false", run: 1)
        #expect(try store.rows().isEmpty)
        #expect(try store.columns() == ["n: int32"])
        try store.store("SELECT 1 AS n", run: 2)
        try store.store("SELECT 1 AS n WHERE false", run: 3)
        #expect(try store.rows() == ["{'n': 1}"])
    }

    @Test(arguments: ["arrow", "csv", "feather", "json", "orc", "parquet"])
    func otherColumnsAreRefused(format: String) throws {
        let store = try RealStore(format)
        try store.store("SELECT 1 AS n, 'a' AS s", run: 1)
        let message = store.project.message { try store.store("SELECT 'x' AS n, 2 AS other", run: 2) }
        #expect(message.contains("the new rows do not fit those stored in \(store.project["out/t"])"))
        #expect(message.contains("column 'n' is stored as"))
        #expect(message.contains("column 'other' is not among those stored; column 's' is missing"))
        #expect(message.contains("write_mode: overwrite") && message.contains("merge_schema") == (format == "parquet"))
        #expect(try store.rows() == ["{'n': 1, 's': a}"])
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    @Test func csvKeepsTheOrderOfItsColumns() throws {
        let store = try RealStore("csv")
        try store.store("SELECT 1 AS a, 'x' AS b", run: 1)
        let message = store.project.message { try store.store("SELECT 'y' AS b, 2 AS a", run: 2) }
        #expect(message.contains("in the order a, b"))
    }

    @Test func otherFormatsAndArtifactsAreNotAddedTo() throws {
        var store = try RealStore("csv")
        try store.store("SELECT 1 AS n", run: 1)
        store.dataset.format = Located("parquet")
        let message = store.project.message { try store.store("SELECT 2 AS n", run: 2) }
        #expect(message.contains("holds csv, to which rows can not be added as parquet"))
        let artifact = Dataset.artifact(Artifact(mediaType: "text/plain", content: .bytes([65])))
        let refused = store.project.message { try store.project.store(store.dataset, result: artifact) }
        #expect(refused.contains("an artifact has no rows to append"))
        try store.project.store(store.project.output(), result: artifact)
        #expect(
            store.project.message { try store.store("SELECT 2 AS n", run: 2) }.contains("holds an artifact, to which")
        )
    }

    @Test(arguments: ["{}", "nonsense", "{\"commits\": [{\"run_id\": \"r\"}]}"])
    func nothingIsAddedWhereNobodyKnowsWhatIsStored(manifest: String) throws {
        let store = try RealStore("parquet")
        try store.store("SELECT 1 AS n", run: 1)
        try store.project.write(manifest, to: "out/t/.commits")
        let message = store.project.message { try store.store("SELECT 2 AS n", run: 2) }
        #expect(message.contains("does not say which runs added to the dataset"))
        let found = DataOutputManager(engine: RealStore.engine, writers: 1).check(store.dataset)
        #expect(found.first?.message.contains("does not say which runs") == true)
        #expect(try store.foreignRows() == ["{'n': 1}"])
    }

    @Test func foreignFilesAreNotTakenAlong() throws {
        let store = try RealStore("parquet")
        try store.store("SELECT 1 AS n", run: 1)
        try store.project.write("mine", to: "out/t/diary.txt")
        #expect(store.project.message { try store.store("SELECT 2 AS n", run: 2) }.contains("file 'diary.txt'"))
        #expect(try FileSystem.readText(store.project["out/t/diary.txt"]) == "mine")
    }

    @Test func manyRunsMayAddAtOnce() throws {
        let store = try RealStore("parquet")
        let failures = Mutex<[String]>([])
        let pool = try WorkerPool(count: 4, name: "append")
        for number in 0..<12 {
            pool.submit {
                do {
                    try store.project.store(store.project.output(mode: .append), runID: RealStore.run(number))
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
        }
        pool.shutdown()
        #expect(failures.withLock { $0 }.isEmpty)
        #expect(try store.files().count == 12)
        #expect(try CommitManifest(storedIn: store.dataset.path.value).entries.count == 12)
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    @Test func oneRunThatStoresTwiceAtOnceAddsOnce() throws {
        let store = try RealStore("parquet")
        let inner = Mutex<OutputRecord?>(nil)
        let outer = try store.store("SELECT 1 AS n") { step in
            if step == .written { try inner.withLock { $0 = try store.store("SELECT 1 AS n") } }
        }
        #expect(inner.withLock { $0 } == outer)
        #expect(try store.rows() == ["{'n': 1}"])
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    @Test func columnsMayBeAddedWhereThatIsSaid() throws {
        var store = try RealStore("parquet")
        store.dataset.layout.mergesSchema = Located(true)
        try store.store("SELECT 1 AS n, 'a' AS s", run: 1)
        try store.store("SELECT 2 AS n, DATE '2026-01-31' AS day", run: 2)
        try store.store("SELECT 3 AS n, 'c' AS s", run: 3)
        let expected = [
            "{'n': 1, 's': a, 'day': NULL}", "{'n': 2, 's': NULL, 'day': 2026-01-31}", "{'n': 3, 's': c, 'day': NULL}",
        ]
        #expect(try store.rows() == expected)
        #expect(try store.foreignRows() == expected)
        #expect(store.project.message { try store.store("SELECT 'x' AS n", run: 4) }.contains("'n' is stored as int32"))
        store.dataset.layout.mergesSchema = nil
        #expect(store.project.message { try store.store("SELECT 4 AS n", run: 5) }.contains("'s' is missing"))
        try store.store("SELECT 4 AS n, 'd' AS s, DATE '2026-02-01' AS day", run: 6)
        #expect(try store.rows().count == 4)
    }
}
