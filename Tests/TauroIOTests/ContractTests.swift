import TauroBasics
import TauroData
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// Checks on the real engine: what holds, what does not, and what is said of it.
@Suite struct ContractTests {
    private static let engine: DuckDBEngine = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return DuckDBEngine(libraryDirectories: ["/" + parts.joined(separator: "/") + "/.tauro/vendor"], threads: 2)
    }()

    private static let noon = Timestamp(millisecondsSinceEpoch: 1_769_860_800_000)  // 2026-01-31T12:00:00Z

    private static let table = """
        SELECT * FROM (VALUES
            (1, 'open', CAST(0.5 AS DOUBLE), TRUE, DATE '2026-01-29', TIMESTAMP '2026-01-31 11:00:00', [1]),
            (2, 'shut', 1.5, FALSE, DATE '2026-01-30', TIMESTAMP '2026-01-30 11:00:00', [2]),
            (2, NULL, 'NaN', NULL, NULL, NULL, NULL),
            (NULL, 'ajar', -1.0, TRUE, DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:00', [])
        ) AS t(id, "State", amount, flag, day, moment, list)
        """

    private func frame(_ query: String = ContractTests.table) throws -> Frame {
        try Self.engine.run(SQLStatement(text: query, tables: []), cancellation: CancellationToken())
    }

    private func results(
        _ rules: [DataCheck.Rule],
        columns: [DatasetDefinition.Column] = [],
        of query: String = ContractTests.table,
        severity: DataCheck.Severity = .error,
        sql: any SQLRunner = ContractTests.engine
    ) throws -> [CheckResult] {
        let checks = rules.map { DataCheck($0, severity: severity) }
        let contract = DataContract(dataset: "t", columns: columns, checks: checks, moment: .writing)
        return try ContractChecker(sql: sql).hold(
            try frame(query),
            to: [contract],
            now: Self.noon,
            cancellation: CancellationToken()
        )
    }

    private func sentences(_ rules: DataCheck.Rule..., of query: String = ContractTests.table) throws -> [String] {
        try results(rules, of: query).map { $0.status == .passed ? "" : $0.sentence }
    }

    private func value(_ content: ConfigValue.Content) -> ConfigValue {
        ConfigValue(content, at: SourceLocation(file: "test"))
    }

    @Test func nothingButNullIsNull() throws {
        #expect(
            try sentences(.notNull([Located("ID"), Located("amount")])) == [
                "not_null of column 'ID': 1 of 4 rows are NULL", "",
            ]
        )
    }

    @Test func rowsWithANullRepeatNothing() throws {
        #expect(
            try sentences(
                .unique([Located("id")]),
                .unique([Located("id"), Located("state")]),
                .unique([Located("flag"), Located("state")])
            ) == ["unique of column 'id': 1 of 4 rows repeat another row's value", "", ""]
        )
        let pairs = "SELECT * FROM (VALUES (1, 'a'), (1, 'a'), (1, NULL), (1, NULL), (1, 'b')) AS t(n, s)"
        let result = try results([.unique([Located("n"), Located("s")])], of: pairs)
        #expect(result.map(\.failingRows) == [1])
        #expect(result[0].sampleLines == ["n=1, s=a", "n=1, s=a"])
    }

    @Test func acceptedValuesAreOfTheColumnsType() throws {
        let states = [value(.string("open")), value(.string("shut"))]
        #expect(
            try sentences(
                .acceptedValues(Located("state"), states),
                .acceptedValues(Located("flag"), [value(.bool(true)), value(.bool(false))]),
                .acceptedValues(Located("state"), [value(.integer(1))]),
                .acceptedValues(Located("list"), [value(.integer(1))]),
                .acceptedValues(Located("day"), [value(.string("soon"))])
            ).map { $0.contains("Conversion Error") ? String($0.prefix { $0 != "\"" }.prefix(69)) : $0 } == [
                "accepted_values of column 'state': 1 of 4 rows have a value other than \"open\", \"shut\"", "",
                "accepted_values of column 'state': it can not be held: column 'State' is VARCHAR, which is compared "
                    + "with texts, not with the number 1; put the value in quotes",
                "accepted_values of column 'list': it can not be held: column 'list' is INTEGER[], which is compared "
                    + "with nothing, not with the number 1",
                "accepted_values of column 'day': it can not be held: Conversion Error",
            ]
        )
    }

    @Test func rangesIncludeTheirBoundsAndNoNaN() throws {
        let amount = "SELECT CAST(v AS FLOAT) AS f, v AS d FROM (VALUES (0.1), (0.5), (NULL)) AS t(v)"
        let bounds = DataCheck.Rule.range(Located("f"), minimum: value(.double(0.1)), maximum: value(.double(0.5)))
        #expect(try sentences(bounds, of: amount) == [""])
        #expect(
            try sentences(
                .range(Located("amount"), minimum: value(.integer(0)), maximum: nil),
                .range(Located("day"), minimum: nil, maximum: value(.string("2026-01-29"))),
                .range(Located("id"), minimum: value(.double(1.5)), maximum: value(.integer(2)))
            ) == [
                "range of column 'amount': 2 of 4 rows have a value below 0",
                "range of column 'day': 1 of 4 rows have a value above \"2026-01-29\"",
                "range of column 'id': 1 of 4 rows have a value that is not from 1.5 to 2",
            ]
        )
    }

    @Test func rowsAreCounted() throws {
        #expect(
            try sentences(.rowCount(minimum: 5, maximum: nil), .rowCount(minimum: 4, maximum: 4)) == [
                "row_count: there are 4 rows, expected at least 5", "",
            ]
        )
        #expect(
            try sentences(.rowCount(minimum: nil, maximum: 0), of: "SELECT 1 AS n") == [
                "row_count: there is 1 row, expected at most 0"
            ]
        )
    }

    @Test func agesAreCountedFromTheEndOfADay() throws {
        let day = DataCheck.Age(text: "1 day", microseconds: 86_400_000_000)
        let hour = DataCheck.Age(text: "1 hour", microseconds: 3_600_000_000)
        let minute = DataCheck.Age(text: "1 minute", microseconds: 60_000_000)
        #expect(
            try sentences(
                .freshness(Located("day"), day),
                .freshness(Located("day"), hour),
                .freshness(Located("moment"), hour),
                .freshness(Located("moment"), minute),
                .freshness(Located("id"), day)
            ) == [
                "",
                "freshness of column 'day': the newest value is from 2026-01-30T00:00:00.000Z, expected one of the "
                    + "last 1 hour", "",
                "freshness of column 'moment': the newest value is from 2026-01-31T11:00:00.000Z, expected one of the "
                    + "last 1 minute",
                "freshness of column 'id': it can not be held: column 'id' is INTEGER, and only dates and timestamps "
                    + "have an age",
            ]
        )
        let zoned = "SELECT CAST('2026-01-31 11:00:00+00' AS TIMESTAMPTZ) AS z, CAST(NULL AS DATE) AS n"
        #expect(
            try sentences(.freshness(Located("z"), hour), .freshness(Located("n"), day), of: zoned) == [
                "", "freshness of column 'n': there is no value, expected one of the last 1 day",
            ]
        )
    }

    @Test func conditionsAndQueriesAreTheAuthorsOwn() throws {
        #expect(
            try sentences(
                .sql(Located("amount > 0 OR flag -- a remark")),
                .sql(Located("state <> 'ajar'")),
                .sql(Located("SELECT id FROM dataset GROUP BY id HAVING count(*) > 1")),
                .sql(Located("amuont > 0")),
                .sql(Located("SELECT * FROM read_csv('/etc/passwd')"))
            ).map { String($0.prefix(60)) } == [
                "", "sql: 1 of 4 rows break `state <> 'ajar'`", "sql: the query finds 1 row",
                "sql: it can not be held: Binder Error: Referenced column \"am".prefix(60).description,
                "sql: it can not be held: the table function read_csv is refus".prefix(60).description,
            ]
        )
    }

    @Test func oneCheckThatCanNotBeHeldLeavesTheOthers() throws {
        let all = try results([.sql(Located("nonsense(")), .notNull([Located("id")]), .unique([Located("nmae")])])
        #expect(all.map(\.status) == [.failed, .failed, .failed])
        #expect(all[1].failingRows == 1)
        #expect(all[0].failingRows == nil)
        #expect(all[2].message == "it can not be held: there is no column 'nmae'")
    }

    @Test func aWarningIsNoFailure() throws {
        let found = try results([.notNull([Located("id")])], severity: .warn)
        #expect(found.map(\.status) == [.warned])
        #expect(found[0].sampleLines.count == 1)
        #expect(
            found[0].sampleLines.first?.hasPrefix("id=NULL, State=ajar, amount=-1.0, flag=true, day=2026-01-01") == true
        )
    }

    @Test func declaredColumnsAreThereWithTheirTypes() throws {
        typealias Column = DatasetDefinition.Column
        let columns = [
            Column(name: "id", type: "int", isNullable: false), Column(name: "state", type: "text"),
            Column(name: "amount", type: "REAL"), Column(name: "list", type: "INTEGER[]"),
            Column(name: "Flags", type: nil), Column(name: "day", type: nil),
        ]
        let found = try results([], columns: columns)
        #expect(
            found.map(\.sentence) == [
                "schema of columns 'Flags', 'amount': there is no column 'Flags'; did you mean 'flag'?; column 'amount' "
                    + "is DOUBLE, declared as FLOAT", "not_null of column 'id': 1 of 4 rows are NULL",
            ]
        )
    }

    @Test func allChecksShareOneScan() throws {
        let counting = CountingRunner(Self.engine)
        let rules: [DataCheck.Rule] = [
            .notNull([Located("id"), Located("amount"), Located("day")]), .unique([Located("state")]),
            .range(Located("day"), minimum: value(.string("2025-01-01")), maximum: nil),
            .rowCount(minimum: 1, maximum: nil), .sql(Located("amount < 2 OR isnan(amount)")),
        ]
        _ = try results(rules, sql: counting)
        #expect(counting.texts.count == 3, "one for all counts, and one for the samples of each check that fails")
    }

    @Test func aTableWithoutColumnsHasRows() throws {
        let contract = DataContract(
            dataset: nil,
            columns: [],
            checks: [DataCheck(.rowCount(minimum: 0, maximum: nil)), DataCheck(.notNull([Located("a")]))],
            moment: .writing
        )
        let found = try ContractChecker(sql: Self.engine).hold(
            Frame(schema: Schema([]), batches: []),
            to: [contract],
            now: Self.noon,
            cancellation: CancellationToken()
        )
        #expect(found.map(\.status) == [.passed, .failed])
    }

    @Test func aCancelledRunIsNoBrokenPromise() throws {
        let token = CancellationToken()
        token.cancel()
        let contract = DataContract(
            dataset: "t",
            columns: [],
            checks: [DataCheck(.notNull([Located("id")]))],
            moment: .reading
        )
        let frame = try frame()
        #expect(throws: SQLError.self) {
            try ContractChecker(sql: Self.engine).hold(frame, to: [contract], now: Self.noon, cancellation: token)
        }
    }

    @Test func whatCanNotBeRightIsToldBeforeTheRun() throws {
        let project = try Project()
        try project.write("Id;Amount;day\n1;2;2026-01-01\n", to: "data/a.csv")
        var dataset = project.output("csv", path: "data/a.csv")
        dataset.columns = [
            DatasetDefinition.Column(name: "amount", type: "DOUBLE"),
            DatasetDefinition.Column(name: "dya", type: "DATE", isNullable: false),
        ]
        dataset.checks = [
            DataCheck(.range(Located("amount"), minimum: value(.string("low")), maximum: nil)),
            DataCheck(.unique([Located("ID"), Located("amonut")])),
        ]
        let found = InputLoader(engine: FakeEngine()).check(dataset, isStored: false, as: .frame).all
        #expect(
            found.map(\.message) == [
                "Dataset 't': range: column 'amount' is DOUBLE, which is compared with numbers, not with the text "
                    + "\"low\"",
                "Dataset 't': a check names the column 'amonut', which its `schema` does not have",
                "Dataset 't': it has no column 'dya'", "Dataset 't': it has no column 'amonut'",
            ]
        )
        #expect(
            found.map(\.notes.first) == [
                nil, "did you mean 'amount'?", "did you mean 'day'?", "did you mean 'Amount'?",
            ]
        )
    }
}
