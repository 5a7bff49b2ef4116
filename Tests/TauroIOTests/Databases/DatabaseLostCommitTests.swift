import TauroBasics
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// Commits whose answer is lost.
@Suite struct DatabaseLostCommitTests {
    private struct Lost: Error {}

    /// Stores one row, with something happening at a step.
    private func store(
        _ base: TestDatabase,
        _ dataset: DatasetDefinition? = nil,
        run: Int = 1,
        atStep: @escaping @Sendable (DatabaseStep) throws -> Void = { _ in }
    ) throws -> Int64? {
        let driver = DatabaseDriver(engine: RealStore.engine, parts: TestDatabase.parts, atStep: atStep)
        let statement = SQLStatement(text: "SELECT 7 :: BIGINT AS n", tables: [])
        return try driver.store(
            RealStore.engine.run(statement, cancellation: CancellationToken()),
            as: dataset ?? base.dataset(),
            commit: CommitIdentity(runID: RealStore.run(run), node: "n"),
            cancellation: CancellationToken()
        ).record.rows
    }

    @Test(arguments: TestDatabase.Kind.allCases) func aCommitThatLastsIsOne(kind: TestDatabase.Kind) throws {
        let base = try TestDatabase(kind)
        #expect(try store(base) { if $0 == .committed { throw Lost() } } == 1)
        #expect(try base.ask("SELECT count(*) FROM \(base.prefix)t") == ["1"])
    }

    @Test func aCommitThatDoesNotLastStoresNothing() throws {
        let base = try TestDatabase(.postgresql)
        let error = base.project.message {
            _ = try store(base) { step in
                if step == .recorded { try self.endSessions(of: base) }
            }
        }
        #expect(error.contains("nothing was stored into table \(base.prefix)t"), "\(error)")
        #expect(try store(base) == 1)
        #expect(try base.ask("SELECT count(*) FROM \(base.prefix)t") == ["1"])
    }

    @Test func whatIsNotKnownIsSaidSo() throws {
        let base = try TestDatabase(.postgresql)
        let (schema, user) = (String(base.prefix.dropLast()), "c\(base.prefix.dropLast())")
        try base.ask("CREATE USER \(user) PASSWORD 'soon-gone'")
        defer { _ = try? base.ask("DROP OWNED BY \(user) CASCADE; DROP USER \(user)") }
        try base.ask("GRANT ALL ON SCHEMA \(schema) TO \(user)")
        let address = base.uri.replacing("tauro:tauro-tests", with: "\(user):soon-gone")
        let dataset = base.dataset(options: ["uri": .string(address)])
        let error = base.project.message {
            _ = try store(base, dataset) { step in
                if step != .committed { return }
                try base.ask("ALTER USER \(user) NOLOGIN")
                throw Lost()
            }
        }
        #expect(error.contains("it is not known whether the rows were stored into table \(base.prefix)t"), "\(error)")
        #expect(error.contains("to resume the run is safe") && !error.contains("soon-gone"), "\(error)")
        try base.ask("ALTER USER \(user) LOGIN")
        #expect(try store(base, dataset) == 1)
        #expect(try base.ask("SELECT count(*) FROM \(base.prefix)t") == ["1"])
    }

    private func endSessions(of base: TestDatabase) throws {
        try base.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%\(base.prefix.dropLast())%'"
                + " AND pid <> pg_backend_pid()"
        )
    }
}
