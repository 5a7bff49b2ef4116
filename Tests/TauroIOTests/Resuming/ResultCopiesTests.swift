import TauroBasics
import TauroData
import TauroEngine
import TauroModel
import TauroTesting
import Testing

@testable import TauroIO

/// Copies of results come back as what was kept, or not at all.
@Suite struct ResultCopiesTests {
    private let project: Project
    private let copies: ResultCopies

    init() throws {
        project = try Project()
        copies = ResultCopies(directory: project["run"], syncs: true)
    }

    private func keep(_ result: Dataset, of node: String = "clean") throws -> FileSeal {
        try copies.keep(result, of: node, cancellation: CancellationToken())
    }

    private func frame(_ copy: FileSeal) throws -> Frame? {
        if case .frame(let frame)? = try copies.restore(copy) { frame } else { nil }
    }

    @Test func ofEveryType() throws {
        for sample in RoundTripCase.all {
            let original = try sample.make(RealStore.engine)
            let restored = try #require(try frame(keep(.frame(original))), "\(sample.name)")
            #expect(try restored.schema() == original.schema(), "\(sample.name)")
            #expect(restored.rowCount == original.rowCount)
            if sample.name.contains("case alone") || sample.name.contains("without columns") { continue }
            #expect(try restored.texts() == original.texts(), "\(sample.name)")
        }
    }

    @Test func ofManyRowsOnDiskAndOfRowsThatNobodyRead() throws {
        let query = "SELECT i::BIGINT AS i, repeat('x', (i % 50)::BIGINT) AS text FROM range(1000000) AS t(i)"
        let spool = FrameSpool(ledger: FrameLedger(limit: 1), directory: project["spool"])
        let spooled = try RealStore.engine.run(
            SQLStatement(text: query, tables: [], spool: spool),
            cancellation: CancellationToken()
        )
        #expect(spool.spooled.frames == 1)
        let unread = try RealStore.engine.open(QueryRequest(text: query, tables: []))
        #expect(unread.isUnread)
        for original in [spooled, unread] {
            let restored = try #require(try frame(keep(.frame(original))))
            #expect(!restored.isUnread && restored.rowCount == 1_000_000)
            let different = try RealStore.engine.run(
                SQLStatement(
                    text:
                        "SELECT count(*) AS n FROM (SELECT *, row_number() OVER () AS p FROM a) AS a FULL JOIN (SELECT *,"
                        + " row_number() OVER () AS p FROM b) AS b ON a.p = b.p WHERE a IS DISTINCT FROM b",
                    tables: [("a", spooled), ("b", restored)]
                ),
                cancellation: CancellationToken()
            )
            #expect(try different.texts() == [["0"]])
        }
    }

    @Test func ofArtifacts() throws {
        let artifact = Artifact(mediaType: "text/plain", content: .bytes(Array("model".utf8)))
        try project.write("model", to: "model.txt")
        let file = Artifact(mediaType: "text/plain", content: .file(path: project["model.txt"]))
        for kept in [artifact, file] {
            guard case .artifact(let restored)? = try copies.restore(keep(.artifact(kept))) else {
                Issue.record("no artifact came back")
                return
            }
            #expect(restored == artifact)
        }
    }

    @Test func haveNamesOfTheirOwn() throws {
        let names = try ["clean", "clean", "../a b", "größe"].map { try keep(.frame(.rows(1)), of: $0).path }
        #expect(
            names == [
                "results/clean-1.frame", "results/clean-2.frame", "results/___a_b-1.frame", "results/gr____e-1.frame",
            ]
        )
        #expect(try FileSystem.list(project["run/results"]).count == 4)
    }

    @Test func thatWereAlteredAreNone() throws {
        let copy = try keep(.frame(.rows(10_000)))
        let path = project["run/\(copy.path)"]
        let bytes = try FileSystem.read(path)
        for place in [0, bytes.count / 2, bytes.count - 1] {
            var altered = bytes
            altered[place] ^= 1
            try FileSystem.writeAtomically(altered, to: path)
            #expect(try frame(copy) == nil)
        }
        for count in [0, 1, 16, bytes.count / 2, bytes.count - 1] {
            try FileSystem.writeAtomically(Array(bytes[..<count]), to: path)
            #expect(try frame(copy) == nil)
        }
        try FileSystem.removeFile(path)
        #expect(try frame(copy) == nil)
        try FileSystem.writeAtomically(bytes, to: path)
        #expect(try frame(copy)?.rowCount == 10_000)
        // What is sealed so and is no copy is none.
        let other = FileSeal(path: "results/other", size: 5, digest: XXH64.hash(Array("other".utf8)))
        try project.write("other", to: "run/results/other")
        #expect(try frame(other) == nil)
    }

    @Test func thatCanNotBeWrittenSaySo() throws {
        try project.write("a file", to: "run/results")
        let message = project.message { _ = try keep(.frame(.rows(1)), of: "clean") }
        #expect(message.hasPrefix("no copy of the result of node 'clean'") && message.contains(project["run"]))
    }
}
