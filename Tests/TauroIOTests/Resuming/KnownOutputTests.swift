import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// What was stored is known again, and told from what was altered since.
@Suite struct KnownOutputTests {
    typealias WriteMode = DatasetDefinition.WriteMode

    static let formats = ["arrow", "csv", "delta", "feather", "json", "orc", "parquet"]
    private static let query = "SELECT i AS n, i % 2 AS k FROM range(4) AS t(i)"

    @Test(arguments: formats, WriteMode.allCases) func asItWasTold(format: String, mode: WriteMode) throws {
        for partition in [[], ["k"]] {
            var store = try RealStore(format, mode: mode, partition: partition)
            store.dataset.layout.maxRowsPerFile = Located(1)
            let manager = store.manager()
            #expect(try manager.stored(as: store.dataset, by: RealStore.commit()) == nil)
            let output = try store.output(Self.query)
            #expect(output.record.rows == 4 && output.record.files > 1)
            #expect(store.paths(of: output).filter { $0.contains("part-") }.count == output.record.files)
            #expect(try manager.stored(as: store.dataset, by: RealStore.commit()) == output)
            #expect(try store.output("SELECT 9 AS n, 9 AS k") == output)
            #expect(try store.trouble(with: output) == nil)
            #expect(try manager.stored(as: store.dataset, by: RealStore.commit(generation: 2)) == nil)
            #expect(try manager.stored(as: store.dataset, by: RealStore.commit(2)) == nil)
        }
    }

    @Test(arguments: formats, [WriteMode.append, .overwrite])
    func whatBefellAFileIsTold(format: String, mode: WriteMode) throws {
        let store = try RealStore(format, mode: mode, partition: ["k"])
        let output = try store.output(Self.query)
        for path in store.paths(of: output) {
            let bytes = try FileSystem.read(path)
            let name = path.dropFirst(store.dataset.path.value.count + 1)
            var altered = bytes
            altered[bytes.count / 2] ^= 1
            try FileSystem.writeAtomically(altered, to: path)
            #expect(try store.trouble(with: output) == "\(name) was altered after it was stored")
            try FileSystem.writeAtomically(Array(bytes.dropLast()), to: path)
            #expect(
                try store.trouble(with: output)
                    == "\(name) has \(bytes.count - 1) bytes, and \(bytes.count) were stored"
            )
            try FileSystem.removeFile(path)
            #expect(try store.trouble(with: output) == "\(name) is missing")
            try FileSystem.writeAtomically(bytes, to: path)
            #expect(try store.trouble(with: output) == nil)
        }
    }

    @Test(arguments: formats) func whatOthersAddIsNoTroubleAndWhatTheyReplaceIs(format: String) throws {
        var store = try RealStore(format)
        let output = try store.output("SELECT 1::BIGINT AS n")
        try store.store("SELECT 2::BIGINT AS n", run: 2)
        #expect(try store.trouble(with: output) == nil)
        store.dataset.writeMode = .overwrite
        try store.store("SELECT 3::BIGINT AS n", run: 3)
        store.dataset.writeMode = .append
        let trouble = try #require(try store.trouble(with: output))
        #expect(trouble.hasPrefix("part-00000-") && trouble.contains(" is "))
    }

    @Test func whatIsGoneAsAWholeIsTold() throws {
        for format in ["parquet", "delta"] {
            let store = try RealStore(format)
            let output = try store.output("SELECT 1::BIGINT AS n")
            try FileSystem.removeTree(store.dataset.path.value)
            #expect(try store.trouble(with: output) != nil)
            #expect(try store.manager().stored(as: store.dataset, by: RealStore.commit()) == nil)
        }
    }

    @Test func anAppendIsInTroubleWithoutItsNote() throws {
        let store = try RealStore("parquet")
        let output = try store.output("SELECT 1 AS n")
        try FileSystem.removeFile(store.project["out/t/.commits"])
        #expect(try store.trouble(with: output) == ".commits does not name the commit any more")
        // Made anew, the rows are there once all the same.
        _ = try store.output("SELECT 1 AS n", generation: 2)
        #expect(try store.rows() == ["{'n': 1}"])
    }

    @Test func notesOfEarlierVersionsStillSay() throws {
        let store = try RealStore("parquet")
        try store.store("SELECT 0 AS n", run: 2)
        let output = try store.output("SELECT 1 AS n")
        let commits = try CommitManifest(storedIn: store.dataset.path.value).entries.map { entry in
            #"{"run_id": "\#(entry.commit.runID)", "node": "n", "rows": 1, "bytes": \#(entry.bytes), "files": 1}"#
        }
        try store.project.write(#"{"commits": [\#(commits.joined(separator: ", "))]}"#, to: "out/t/.commits")
        #expect(try store.manager().stored(as: store.dataset, by: RealStore.commit()) == output)
        #expect(try store.trouble(with: output) == nil)
        #expect(try store.output("SELECT 7 AS n") == output)
        _ = try store.output("SELECT 8 AS n", generation: 2)
        #expect(try store.rows() == ["{'n': 0}", "{'n': 8}"])
    }

    @Test func filesThatAnEarlierVersionDidNotNoteAreNotTakenOnTrust() throws {
        let store = try RealStore("parquet")
        let output = try store.output("SELECT 1 AS n")
        let commit = #"{"run_id": "\#(RealStore.run(1))", "node": "n", "rows": 1, "bytes": 1, "files": 1}"#
        try store.project.write(#"{"commits": [\#(commit)]}"#, to: "out/t/.commits")
        let found = try #require(try store.manager().stored(as: store.dataset, by: RealStore.commit()))
        #expect(found.seal == .none && found.record.id == output.record.id)
        #expect(try store.trouble(with: found) == "which files it has is not known any more")
    }

    @Test func anArtifactIsKnown() throws {
        for format in ["parquet", "delta"] {
            let store = try RealStore(format, mode: .overwrite)
            let artifact = Artifact(mediaType: "text/plain", content: .bytes(Array("model".utf8)))
            let output = try store.output(.artifact(artifact))
            #expect(output.record.format == "text/plain" && store.paths(of: output).count == 2)
            #expect(try store.manager().stored(as: store.dataset, by: RealStore.commit()) == output)
            #expect(store.manager().restoresExactly(.artifact(artifact), as: store.dataset))
            guard case .artifact(let restored)? = try store.restored(output) else {
                Issue.record("no artifact came back")
                return
            }
            #expect(restored == artifact)
            try store.project.write("other", to: "out/t/artifact.bin")
            #expect(try store.trouble(with: output) == "artifact.bin was altered after it was stored")
        }
    }

    @Test func rowsOfTheVeryRunAreNoObstacle() throws {
        for format in ["parquet", "delta"] {
            let store = try RealStore(format, mode: .error)
            _ = try store.output("SELECT 1 AS n")
            let manager = store.manager()
            #expect(manager.check(store.dataset).count == 1)
            #expect(manager.check(store.dataset, commit: RealStore.commit(2)).count == 1)
            #expect(manager.check(store.dataset, commit: RealStore.commit()).isEmpty)
            #expect(manager.check(store.dataset, commit: RealStore.commit(generation: 3)).isEmpty)
        }
    }
}
