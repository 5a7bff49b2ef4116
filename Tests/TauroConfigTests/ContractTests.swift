import TauroConfig
import TauroModel
import Testing

@Suite("`schema` and `checks`")
struct ContractTests {
    @Test("columns with types, nullability, or nothing but their names")
    func columns() throws {
        let project = try TemporaryProject.usable([
            "config/input.yaml": """
            raw:
              format: csv
              path: raw.csv
              schema:
                id: BIGINT not null
                name: NOT NULL
                amount: {type: DOUBLE, nullable: false}
                note: {}
                plain: VARCHAR
            """
        ])
        let columns = try #require(project.load().context?.input("raw")).columns
        #expect(columns.map(\.name) == ["id", "name", "amount", "note", "plain"])
        #expect(columns.map(\.type) == ["BIGINT", nil, "DOUBLE", nil, "VARCHAR"])
        #expect(columns.map(\.isNullable) == [false, false, false, true, true])
    }

    @Test("every kind of check, on an output and on a node")
    func checks() throws {
        let project = try TemporaryProject([
            "config/global_settings.yaml": "", "config/pipelines.yaml": "p: {nodes: [a]}\n",
            "config/nodes.yaml": "a: {function: x.y, checks: [{row_count: {min: 1}}]}\n",
            "config/output.yaml": """
            t:
              checks:
                - not_null: [a, b]
                - {unique: a, severity: warn, name: one of each}
                - accepted_values: {column: a, values: [1, x, true]}
                - range: {column: a, max: 2026-01-31}
                - freshness: {column: a, max_age: 2 days}
                - sql: a < b
            """,
        ])
        let context = try #require(project.load().context, "\(project.findings())")
        let checks = try #require(context.output("t")).checks
        #expect(
            checks.map(\.rule.word) == ["not_null", "unique", "accepted_values", "range", "freshness", "sql"]
        )
        #expect(checks.map { $0.rule.columns.map(\.value) } == [["a", "b"], ["a"], ["a"], ["a"], ["a"], []])
        #expect(checks.map(\.severity) == [.error, .warn, .error, .error, .error, .error])
        #expect(checks[1].name == "one of each")
        #expect(checks.map(\.location?.line) == [3, 4, 5, 6, 7, 8])
        guard case .freshness(_, let age) = checks[4].rule else {
            Issue.record("no freshness")
            return
        }
        #expect(age.microseconds == 172_800_000_000)
        #expect(context.nodes.first?.checks.map(\.rule.word) == ["row_count"])
    }

    @Test("mistakes, all at once")
    func mistakes() throws {
        let project = try TemporaryProject.usable([
            "config/output.yaml": """
            t:
              schema: {id: BIGINT, ID: BIGINT, n: {tpye: DOUBLE}, m: [x]}
              checks:
                - not_nul: a
                - {unique: a, not_null: a}
                - {severity: warn}
                - {unique: a, severity: warning}
                - accepted_values: {column: a, values: [[1], null]}
                - range: {column: a}
                - range: {column: a, min: 3, max: 2}
                - row_count: {min: -1}
                - freshness: {column: a, max_age: 2d}
                - unique: []
                - sql: 5
            """
        ])
        #expect(
            project.findings() == """
                config/output.yaml:2:40: error: `tpye` is not a key of a column, in `schema.n` of output `t`; did you mean `type`?
                config/output.yaml:2:58: error: `schema.m` of output `t`: expected text, or a map, found a list.
                config/output.yaml:4:7: error: `not_nul` is not a key of a check, in `checks.1` of output `t`; did you mean `not_null`?
                config/output.yaml:5:7: error: `checks.2` of output `t`: expected exactly one of `not_null`, `unique`, `accepted_values`, `range`, `row_count`, `freshness`, `sql`, found `not_null`, `unique`.
                config/output.yaml:6:7: error: `checks.3` of output `t`: expected exactly one of `not_null`, `unique`, `accepted_values`, `range`, `row_count`, `freshness`, `sql`, found none.
                config/output.yaml:7:29: error: `severity` of `checks.4` of output `t`: expected one of `error`, `warn`, found the text "warning".
                config/output.yaml:8:45: error: `values.1` of `accepted_values` of `checks.5` of output `t`: expected a text, a number, or true or false, found a list.
                config/output.yaml:8:50: error: `values.2` of `accepted_values` of `checks.5` of output `t`: expected a text, a number, or true or false, found nothing.
                config/output.yaml:9:14: error: `range` of `checks.6` of output `t`: expected at least one of `min`, `max`, found none.
                config/output.yaml:10:31: error: `range` of output `t`: `min` 3 is above `max` 2, so nothing would fit.
                config/output.yaml:11:24: error: `min` of `row_count` of `checks.8` of output `t`: expected a whole number from 0 up, found the whole number -1.
                config/output.yaml:12:39: error: `max_age` of `freshness` of `checks.9` of output `t`: found the text "2d"; did you mean `2 days`?
                  An interval is a whole number, a space and a unit from microseconds to days.
                config/output.yaml:13:15: warning: `unique` of output `t` names no column, so nothing is checked.
                config/output.yaml:14:12: error: `sql` of `checks.11` of output `t`: expected text, found the whole number 5.
                  Put the value in quotes.
                """
        )
    }

    @Test("columns that are one to SQL")
    func sameColumns() throws {
        let project = try TemporaryProject.usable(["config/output.yaml": "t: {schema: {id: BIGINT, ID: INT}}\n"])
        #expect(
            project.findings() == """
                config/output.yaml:1:26: error: `schema` of output `t` has the column `ID` twice, to SQL, which does not tell upper from lower case.
                """
        )
    }
}
