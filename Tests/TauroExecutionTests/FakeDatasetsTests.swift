import TauroBasics
import TauroModel
import TauroTesting
import Testing

/// The store in memory knows its outputs again as real ones do.
@Suite struct FakeDatasetsTests {
    private let datasets = FakeDatasets()
    private let dataset = DatasetDefinition(id: "t", format: Located("parquet"), path: Located("/out/t"))

    private func commit(_ generation: Int = 1, run: String = "r1") -> CommitIdentity {
        CommitIdentity(runID: run, node: "n", generation: generation)
    }

    private func store(_ rows: Int, _ commit: CommitIdentity) throws -> StoredOutput {
        try datasets.store(.frame(.rows(rows)), as: dataset, commit: commit, cancellation: CancellationToken())
    }

    @Test func aCommitIsStoredOnceAndANewGenerationTakesItsPlace() throws {
        let first = try store(3, commit())
        #expect(try store(5, commit()) == first && first.record.rows == 3)
        #expect(datasets.stored(as: dataset, by: commit()) == first)
        #expect(datasets.trouble(with: first, of: dataset, commit: commit()) == nil)
        _ = try store(4, commit(run: "r2"))
        let second = try store(5, commit(2))
        #expect(datasets.stored(as: dataset, by: commit()) == nil)
        #expect(datasets.stored(as: dataset, by: commit(2)) == second)
        #expect(datasets.trouble(with: first, of: dataset, commit: commit()) == "part-r1 is missing")
        #expect(Set(datasets.commits(of: "t")) == [commit(run: "r2"), commit(2)])
    }

    @Test func whatBefallsAnOutputIsTold() throws {
        let output = try store(3, commit())
        let result = Dataset.frame(.rows(3))
        #expect(datasets.restoresExactly(result, as: dataset) && datasets.obstacle(toReplacing: dataset) == nil)
        guard case .frame(let frame)? = datasets.restore(output, of: dataset, commit: commit()) else {
            Issue.record("no frame came back")
            return
        }
        #expect(frame.rowCount == 3)
        datasets.set([.altered, .notRestorable, .irreplaceable], of: "t")
        #expect(datasets.trouble(with: output, of: dataset, commit: commit()) == "part-r1 was altered")
        #expect(!datasets.restoresExactly(result, as: dataset))
        if case .some = datasets.restore(output, of: dataset, commit: commit()) { Issue.record("a result came back") }
        #expect(datasets.obstacle(toReplacing: dataset)?.contains("begin a new run") == true)
        datasets.set([.missing], of: "t")
        #expect(datasets.trouble(with: output, of: dataset, commit: commit()) == "part-r1 is missing")
        datasets.set([], of: "t")
        #expect(datasets.trouble(with: output, of: dataset, commit: commit()) == nil)
    }
}
