import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// What a resumed run finds out about rows that it stored in a database.
@Suite struct DatabaseResumeTests {
    typealias WriteMode = DatasetDefinition.WriteMode

    private let manager = DataOutputManager(engine: RealStore.engine, writers: 1, parts: TestDatabase.parts)

    private func store(_ query: String, as dataset: DatasetDefinition, generation: Int = 1) throws -> StoredOutput {
        try manager.store(
            .frame(RealStore.frame(query)),
            as: dataset,
            commit: RealStore.commit(generation: generation),
            cancellation: CancellationToken()
        )
    }

    @Test(arguments: TestDatabase.Kind.allCases, WriteMode.allCases)
    func whatWasStoredIsKnown(kind: TestDatabase.Kind, mode: WriteMode) throws {
        let base = try TestDatabase(kind)
        let dataset = base.dataset(mode: mode)
        #expect(try manager.stored(as: dataset, by: RealStore.commit()) == nil)
        let output = try store("SELECT i AS n FROM range(3) AS t(i)", as: dataset)
        #expect(output.record.rows == 3 && output.seal == .commit)
        #expect(try manager.stored(as: dataset, by: RealStore.commit()) == output)
        #expect(try manager.stored(as: dataset, by: RealStore.commit(2)) == nil)
        #expect(try manager.stored(as: dataset, by: RealStore.commit(generation: 2)) == nil)
        #expect(try manager.trouble(with: output, of: dataset, commit: RealStore.commit()) == nil)
        #expect(try manager.restore(output, of: dataset, commit: RealStore.commit()) == nil)
        #expect(!manager.restoresExactly(.frame(try RealStore.frame("SELECT 1 AS n")), as: dataset))
        try base.ask("DROP TABLE \(base.prefix)t")
        let gone = try manager.trouble(with: output, of: dataset, commit: RealStore.commit())
        #expect(gone?.hasSuffix("is gone") == true && gone?.hasPrefix("table \(base.prefix)t") == true)
        try base.ask("DELETE FROM \(base.prefix)tauro_commits")
        let noted = try manager.trouble(with: output, of: dataset, commit: RealStore.commit())
        #expect(noted == "its row in tauro_commits is gone")
    }

    @Test(arguments: TestDatabase.Kind.allCases)
    func rowsAmongThoseOfOthersCanNotGiveWay(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        let dataset = base.dataset()
        try base.store("SELECT 1::BIGINT AS n", run: 2)
        _ = try store("SELECT 2::BIGINT AS n", as: dataset)
        let obstacle = try #require(manager.obstacle(toReplacing: dataset))
        #expect(obstacle.contains("can not be told from others") && obstacle.contains("begin a new run"))
        #expect(base.project.message { _ = try store("SELECT 3::BIGINT AS n", as: dataset, generation: 2) } == obstacle)
        #expect(try base.ask("SELECT n FROM \(base.prefix)t ORDER BY n") == ["1", "2"])
    }

    @Test(arguments: TestDatabase.Kind.allCases)
    func allRowsOfATableGiveWay(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        let dataset = base.dataset(mode: .overwrite)
        #expect(manager.obstacle(toReplacing: dataset) == nil)
        _ = try store("SELECT 1::BIGINT AS n", as: dataset)
        let second = try store("SELECT 2::BIGINT AS n", as: dataset, generation: 2)
        #expect(try store("SELECT 3::BIGINT AS n", as: dataset, generation: 2) == second)
        #expect(try base.ask("SELECT n FROM \(base.prefix)t") == ["2"])
        #expect(try manager.stored(as: dataset, by: RealStore.commit(generation: 2)) == second)
        #expect(try manager.stored(as: dataset, by: RealStore.commit()) == nil)
        #expect(try base.ask("SELECT node FROM \(base.prefix)tauro_commits") == ["n#2"])
    }

    @Test(arguments: TestDatabase.Kind.allCases)
    func aTableOfTheVeryRunIsNoObstacle(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        let dataset = base.dataset(mode: .error)
        _ = try store("SELECT 1::BIGINT AS n", as: dataset)
        #expect(manager.check(dataset).count == 1)
        #expect(manager.check(dataset, commit: RealStore.commit(2)).count == 1)
        #expect(manager.check(dataset, commit: RealStore.commit()).isEmpty)
    }

    @Test func whatWasLeftAloneIsNoTrouble() throws {
        let base = try TestDatabase(.sqlite)
        let dataset = base.dataset(mode: .ignore)
        try base.store("SELECT 1::BIGINT AS n", as: dataset, run: 2)
        let output = try store("SELECT 2::BIGINT AS n", as: dataset)
        #expect(output.record.rows == 0 && output.seal == .none)
        #expect(try manager.trouble(with: output, of: dataset, commit: RealStore.commit()) == nil)
        #expect(try manager.stored(as: dataset, by: RealStore.commit()) == nil)
    }

    @Test func aDatabaseThatIsNotThereIsToldAndNotTakenForAnEmptyOne() throws {
        let base = try TestDatabase(.sqlite)
        let dataset = base.dataset(options: ["uri": .string("/nowhere/at/all.db")])
        let message = base.project.message { _ = try manager.stored(as: dataset, by: RealStore.commit()) }
        #expect(message.contains("could not connect"))
    }
}
