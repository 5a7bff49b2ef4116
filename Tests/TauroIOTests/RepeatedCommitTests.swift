import Synchronization
import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// The same output of the same run and node again, as after a crash, in every way of writing.
@Suite struct RepeatedCommitTests {
    typealias WriteMode = DatasetDefinition.WriteMode

    @Test(arguments: ["arrow", "csv", "delta", "feather", "json", "orc", "parquet"], WriteMode.allCases)
    func addsNothing(format: String, mode: WriteMode) throws {
        let store = try RealStore(format, mode: mode)
        let first = try store.store("SELECT 1 AS n", run: 1)
        let again = try store.store("SELECT 7 AS n", run: 1)
        #expect(first.rows == 1 && first.bytes > 0 && first.files == 1)
        #expect(again == first)
        #expect(try store.rows() == ["{'n': 1}"])
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    @Test(arguments: ["arrow", "csv", "delta", "feather", "json", "orc", "parquet"])
    func doesNotTakeBackWhatALaterRunStored(format: String) throws {
        let store = try RealStore(format, mode: .overwrite)
        let first = try store.store("SELECT 1 AS n UNION ALL SELECT 2", run: 1)
        try store.store("SELECT 3 AS n", run: 2)
        #expect(try store.store("SELECT 1 AS n UNION ALL SELECT 2", run: 1).rows == first.rows)
        #expect(try store.rows() == ["{'n': 3}"])
    }

    @Test(arguments: ["arrow", "csv", "delta", "feather", "json", "orc", "parquet"])
    func isNoneOfAnotherRunOrNode(format: String) throws {
        let refusing = try RealStore(format, mode: .error)
        try refusing.store("SELECT 1 AS n", run: 1)
        let messages = [(2, "n"), (1, "other")].map { run, node in
            refusing.project.message { try refusing.store("SELECT 2 AS n", run: run, node: node) }
        }
        #expect(messages.allSatisfy { $0.contains("exists already") && $0.contains("write_mode is error") })
        let leaving = try RealStore(format, mode: .ignore)
        try leaving.store("SELECT 1 AS n", run: 1)
        #expect(try leaving.store("SELECT 2 AS n", run: 2).rows == 0)
        #expect(try leaving.store("SELECT 2 AS n", run: 2).rows == 0)
        for store in [refusing, leaving] { #expect(try store.rows() == ["{'n': 1}"]) }
    }

    @Test(arguments: WriteMode.allCases, [CommitStep.written, .joined])
    func thatHappensAtOnceAddsOnce(mode: WriteMode, meanwhile: CommitStep) throws {
        let store = try RealStore("parquet", mode: mode)
        let inner = Mutex<OutputRecord?>(nil)
        let outer = try store.store("SELECT 1 AS n") { step in
            if step == meanwhile, inner.withLock({ $0 == nil }) {
                try inner.withLock { $0 = try store.store("SELECT 1 AS n") }
            }
        }
        #expect(inner.withLock { $0 } == outer && outer.rows == 1)
        #expect(try store.rows() == ["{'n': 1}"])
        #expect(try FileSystem.list(store.project["out"]) == ["t"])
    }

    @Test(arguments: [WriteMode.overwrite, .ignore, .error]) func ofAnArtifactIsToldAsTheFirstTime(
        mode: WriteMode
    ) throws {
        let project = try Project()
        func artifact(_ text: String) -> Dataset {
            .artifact(Artifact(mediaType: "text/plain", content: .bytes(Array(text.utf8))))
        }
        let first = try project.store(project.output(mode: mode), result: artifact("1"))
        let again = try project.store(project.output(mode: mode), result: artifact("23"))
        #expect(again == first && first.format == "text/plain" && first.rows == nil && first.bytes == 1)
        #expect(try FileSystem.readText(project["out/t/artifact.bin"]) == "1")
    }

    @Test func isKnownAfterTheWayOfWritingChanged() throws {
        var store = try RealStore("parquet")
        try store.store("SELECT 1 AS n", run: 1)
        store.dataset.writeMode = .overwrite
        try store.store("SELECT 2 AS n", run: 2)
        store.dataset.writeMode = .append
        #expect(try store.store("SELECT 1 AS n", run: 1).rows == 1)
        #expect(try store.rows() == ["{'n': 2}"])
    }

    @Test func isNotLookedForInWhatNobodyUnderstandsUnlessRowsStay() throws {
        var store = try RealStore("parquet", mode: .overwrite, partition: ["k"])
        try store.store("SELECT 1 AS n, 1 AS k", run: 1)
        try store.project.write("nonsense", to: "out/t/.commits")
        store.dataset.writeMode = .ignore
        #expect(try store.store("SELECT 2 AS n, 1 AS k", run: 1).rows == 0)
        store.dataset.writeMode = .error
        #expect(store.project.message { try store.store("SELECT 2 AS n, 1 AS k", run: 1) }.contains("exists already"))
        store.dataset.writeMode = .overwrite
        store.dataset.layout.overwriteStrategy = Located("replaceWhere")
        store.dataset.layout.replacePredicate = Located("k = 1")
        let message = store.project.message { try store.store("SELECT 2 AS n, 1 AS k", run: 2) }
        #expect(message.contains("does not say which runs added to the dataset"))
        #expect(try store.foreignRows("n") == ["{'n': 1}"])
        (store.dataset.layout.overwriteStrategy, store.dataset.layout.replacePredicate) = (nil, nil)
        try store.store("SELECT 3 AS n, 1 AS k", run: 3)
        #expect(try CommitManifest(storedIn: store.dataset.path.value).entries.map(\.rows) == [1])
    }

    @Test func isKnownByItsNameOnceManyOthersHaveAdded() throws {
        let store = try RealStore("parquet")
        let output = try store.output("SELECT 0 AS n", run: 0)
        var commits = try CommitManifest(storedIn: store.dataset.path.value)
        for number in 1...CommitManifest.namedLimit {
            var entry = CommitEntry(commit: RealStore.commit(number), rows: 1, bytes: 1, files: 1)
            entry.added = []
            commits.add(entry)
        }
        commits.forgetFiles()
        try commits.write(to: store.dataset.path.value)
        let read = try CommitManifest(storedIn: store.dataset.path.value)
        #expect(read.entries == commits.entries)
        #expect(read.entries.map { $0.added == nil }.filter { $0 } == [true])
        #expect(try store.manager().stored(as: store.dataset, by: RealStore.commit(0)) == output)
        _ = try store.output("SELECT 7 AS n", run: 0, generation: 2)
        #expect(try store.rows() == ["{'n': 7}"])
    }

    @Test func isForgottenOnlyAfterManyOthers() throws {
        let store = try RealStore("parquet", mode: .overwrite)
        try store.store("SELECT 0 AS n", run: 0)
        var commits = CommitManifest()
        for number in 1...CommitManifest.replacedLimit {
            let commit = CommitIdentity(runID: RealStore.run(number), node: "n")
            commits.add(CommitEntry(commit: commit, rows: 1, bytes: 1, files: 1))
        }
        try commits.write(to: store.dataset.path.value)
        try store.store("SELECT 1 AS n", run: CommitManifest.replacedLimit + 1)
        let runs = try CommitManifest(storedIn: store.dataset.path.value).entries.map(\.commit.runID)
        #expect(runs == (2...CommitManifest.replacedLimit + 1).map { RealStore.run($0) })
    }
}
