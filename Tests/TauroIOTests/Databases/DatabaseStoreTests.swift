import TauroBasics
import TauroData
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// Tables of databases as outputs, looked at by psql and Python's sqlite3.
@Suite struct DatabaseStoreTests {
    private static let kinds = TestDatabase.Kind.allCases

    @Test(arguments: kinds) func aTableIsMadeAndACommitIsStoredOnce(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        for _ in 0..<2 {
            let record = try base.store("SELECT i AS n, 'é' || i AS s FROM range(3) AS t(i)")
            #expect(record.rows == 3)
        }
        #expect(try base.ask("SELECT n, s FROM \(base.prefix)t ORDER BY n") == ["0|é0", "1|é1", "2|é2"])
        try base.store("SELECT i AS n, 'x' AS s FROM range(1) AS t(i)", run: 2)
        #expect(try base.ask("SELECT count(*) FROM \(base.prefix)t") == ["4"])
        let commits = "SELECT node, table_name, row_count FROM \(base.prefix)tauro_commits ORDER BY row_count"
        #expect(try base.ask(commits) == ["n|\(base.prefix)t|1", "n|\(base.prefix)t|3"])
        #expect(try base.rows() == ["{'n': 0, 's': x}", "{'n': 0, 's': é0}", "{'n': 1, 's': é1}", "{'n': 2, 's': é2}"])
    }

    @Test(arguments: kinds) func overwritingKeepsATableThatFits(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        let output = base.dataset(mode: .overwrite)
        try base.store("SELECT i AS n FROM range(5) AS t(i)", as: output)
        try base.ask("CREATE VIEW \(base.prefix)v AS SELECT sum(n) AS total FROM \(base.prefix)t")
        try base.store("SELECT 7 :: BIGINT AS n", as: output, run: 2)
        #expect(try base.ask("SELECT total FROM \(base.prefix)v") == ["7"])
        // What run 1 stored was replaced; to commit it again stores nothing.
        #expect(try base.store("SELECT i AS n FROM range(5) AS t(i)", as: output).rows == 5)
        #expect(try base.ask("SELECT total FROM \(base.prefix)v") == ["7"])
    }

    @Test(arguments: kinds) func overwritingMayChangeTheColumns(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        var output = base.dataset(mode: .overwrite)
        try base.store("SELECT 1 :: BIGINT AS n", as: output)
        try base.store("SELECT 'a' AS s, true AS b", as: output, run: 2)
        #expect(try base.columns() == ["s: utf8", "b: bool"])
        output.layout.overwritesSchema = Located(false)
        let error = base.project.message { try base.store("SELECT 2.5 :: DOUBLE AS f", as: output, run: 3) }
        #expect(error.contains("column 'f' is not among those of the table; column 's' is missing"), "\(error)")
        #expect(error.contains("overwrite_schema: true"))
        #expect(try base.rows() == ["{'s': a, 'b': true}"])
    }

    @Test(arguments: kinds) func aTableThatIsThereIsLeftAloneOrAnError(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        try base.store("SELECT 1 :: BIGINT AS n", as: base.dataset(mode: .ignore))
        #expect(try base.store("SELECT 2 :: BIGINT AS n", as: base.dataset(mode: .ignore), run: 2).rows == 0)
        let error = base.project.message {
            try base.store("SELECT 3 :: BIGINT AS n", as: base.dataset(mode: .error), run: 3)
        }
        #expect(error.contains("is there already, and write_mode is error"), "\(error)")
        #expect(try base.rows() == ["{'n': 1}"])
    }

    @Test(arguments: kinds, DatasetDefinition.WriteMode.allCases)
    func aRepeatedCommitStoresNothing(kind: TestDatabase.Kind, mode: DatasetDefinition.WriteMode) throws {
        let base = try TestDatabase(kind)
        for row in [1, 7] {
            #expect(try base.store("SELECT \(row) :: BIGINT AS n", as: base.dataset(mode: mode)).rows == 1)
        }
        #expect(try base.rows() == ["{'n': 1}"])
        guard mode == .overwrite else { return }
        try base.store("SELECT 2 :: BIGINT AS n", as: base.dataset(mode: mode), run: 2)
        #expect(try base.store("SELECT 1 :: BIGINT AS n", as: base.dataset(mode: mode)).rows == 1)
        #expect(try base.rows() == ["{'n': 2}"])
    }

    @Test(arguments: kinds) func rowsThatDoNotFitAreNamed(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        try base.ask("CREATE TABLE \(base.prefix)t (n integer, s text)")
        let error = base.project.message { try base.store("SELECT 'x' AS n, 's' AS s, 1 AS more") }
        #expect(error.lowercased().contains("column 'n' is int"), "\(error)")
        #expect(error.contains("column 'more' is not among those of the table"), "\(error)")
        #expect(try base.ask("SELECT count(*) FROM \(base.prefix)t") == ["0"])
        try base.store("SELECT 's' AS s, 7 :: BIGINT AS n")
        #expect(try base.ask("SELECT n, s FROM \(base.prefix)t") == ["7|s"])
    }

    @Test func numbersThatAreTooLargeForTheColumnStoreNothing() throws {
        let base = try TestDatabase(.postgresql)
        try base.ask("CREATE TABLE \(base.prefix)t (n smallint)")
        let error = base.project.message { try base.store("SELECT 70000 :: BIGINT AS n") }
        #expect(error.contains("70000"), "\(error)")
        #expect(try base.ask("SELECT count(*) FROM \(base.prefix)t") == ["0"])
    }

    @Test(arguments: kinds) func valuesThatADatabaseDoesNotKeepAreRefused(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        let error = base.project.message { try base.store("SELECT {'a': 1} AS s, 1 AS n") }
        #expect(error.contains("can not hold it: column 's' is struct"), "\(error)")
        #expect(!error.contains("'n'"))
    }

    @Test(arguments: kinds) func writersOfOneTableWaitForEachOther(kind: TestDatabase.Kind) async throws {
        let base = try TestDatabase(kind)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...6 {
                group.addTask {
                    try base.store("SELECT i AS n, \(number) AS writer FROM range(1000) AS t(i)", run: number)
                }
            }
            try await group.waitForAll()
        }
        #expect(try base.ask("SELECT count(*), count(DISTINCT writer) FROM \(base.prefix)t") == ["6000|6"])
        #expect(try base.ask("SELECT count(*) FROM \(base.prefix)tauro_commits") == ["6"])
    }

    @Test(arguments: kinds) func namesMayHoldAnySign(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        let output = base.dataset(table: "\"Größe; \"\"x\"\".t\"")
        try base.store("SELECT 1 AS \"a\"\"b\", 2 AS \"select\"", as: output)
        #expect(try base.ask("SELECT \"a\"\"b\", \"select\" FROM \(base.prefix)\"Größe; \"\"x\"\".t\"") == ["1|2"])
        #expect(try base.rows(output) == ["{'a\"b': 1, 'select': 2}"])
    }

    @Test func aUserWhoMayOnlyReadStoresNothing() throws {
        let base = try TestDatabase(.postgresql)
        try base.ask("CREATE TABLE \(base.prefix)t (n bigint)")
        let (schema, user) = (base.prefix.dropLast(), "r\(base.prefix.dropLast())")
        try base.ask("CREATE USER \(user) PASSWORD 'only-reads'")
        defer { _ = try? base.ask("DROP OWNED BY \(user); DROP USER \(user)") }
        try base.ask("GRANT USAGE ON SCHEMA \(schema) TO \(user)")
        try base.ask("GRANT SELECT ON ALL TABLES IN SCHEMA \(schema) TO \(user)")
        let address = base.uri.replacing("tauro:tauro-tests", with: "\(user):only-reads")
        let output = base.dataset(options: ["uri": .string(address)])
        #expect(try base.rows(output).isEmpty)
        let error = base.project.message { try base.store("SELECT 1 :: BIGINT AS n", as: output) }
        #expect(error.contains("permission denied") && error.contains("42501"), "\(error)")
        #expect(!error.contains("only-reads"), "\(error)")
    }

    @Test func filesAreNotDividedInADatabase() throws {
        let base = try TestDatabase(.sqlite)
        var output = base.dataset()
        output.layout.partition = [Located("n")]
        output.layout.maxRowsPerFile = Located(3)
        let findings = DataOutputManager(engine: RealStore.engine, writers: 1, parts: TestDatabase.parts).check(output)
        #expect(findings.map(\.message).filter { $0.contains("divides files") }.count == 2, "\(findings)")
    }
}
