import Foundation
import Testing

/// Data contracts in whole runs of the real program.
@Suite struct ContractTests {
    private let nodes = """
        keep:
          function: t.pass
          input: [raw]
          output: bronze.rows
          checks:
            - {row_count: {max: 3}, severity: warn}
        sum: {function: t.total, input: [bronze.rows], output: gold.total}
        """

    private let output = """
        bronze.rows:
          schema: {n: BIGINT NOT NULL, state: VARCHAR}
          checks:
            - unique: n
            - accepted_values: {column: state, values: [open, shut]}
            - {sql: n >= 0, name: no debts, severity: warn}
        """

    private func project(_ rows: String, input: String = "", output: String? = nil) throws -> TestProject {
        let project = try TestProject(
            nodes: nodes,
            pipeline: ["keep", "sum"],
            input: "raw: {format: csv, path: data/raw.csv\(input)}\n",
            output: output ?? self.output
        )
        try project.plugin()
        try project.scratch.write("n,state\n" + rows, to: "project/data/raw.csv")
        return project
    }

    private func check(_ name: String, _ result: HostProcess.Result, _ project: TestProject) throws {
        try Snapshot.check(name, result, replacing: [project.path: "<project>"])
    }

    /// The lines about the run as a whole, which hold times and ids, left out.
    private func errors(_ result: HostProcess.Result) -> [String] {
        result.errors.split(separator: "\n").map(String.init).filter {
            !$0.contains(": started") && !$0.contains(" in ")
        }
    }

    @Test func whatHoldsIsStored() throws {
        let project = try project("1,open\n2,shut\n3,\n")
        let result = try project.host("run", "p", "--progress", "none")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("\nchecks: 6 passed\n"))
        #expect(try project.host("datasets", "preview", "gold.total").output == "total\n    6\n")
    }

    @Test func whatBreaksItsPromiseIsNotStored() throws {
        let project = try project("1,open\n2,shut\n")
        #expect(try project.host("run", "p", "--progress", "none").status == 0)
        try project.scratch.write("n,state\n1,open\n2,ajar\n2,\n,shut\n-1,open\n", to: "project/data/raw.csv")
        let result = try project.host("run", "p", "--progress", "none")
        #expect(result.status == 4)
        #expect(
            errors(result) == [
                "warning keep: row_count: there are 5 rows, expected at most 3",
                "warning keep: dataset 'bronze.rows': no debts: sql: 1 of 5 rows break `n >= 0`",
                "error: NodeExecutionError: Node 'keep', check the result: 3 of 6 checks failed",
                "  dataset 'bronze.rows': not_null of column 'n': 1 of 5 rows are NULL",
                "    for example n=NULL, state=shut",
                "  dataset 'bronze.rows': unique of column 'n': 1 of 5 rows repeat another row's value",
                "    for example n=2, state=ajar", "    for example n=2, state=NULL",
                "  dataset 'bronze.rows': accepted_values of column 'state': 1 of 5 rows have a value other than "
                    + "\"open\", \"shut\"", "    for example state=ajar, n=2",
            ]
        )
        let checks = result.output.components(separatedBy: "\nchecks: ").last?.components(separatedBy: "\n\n").first
        #expect(
            checks == """
                1 passed, 2 warned, 3 failed
                  warned result of keep: row_count: there are 5 rows, expected at most 3
                  failed bronze.rows: not_null of column 'n': 1 of 5 rows are NULL
                         n=NULL, state=shut
                  failed bronze.rows: unique of column 'n': 1 of 5 rows repeat another row's value
                         n=2, state=ajar
                         n=2, state=NULL
                  failed bronze.rows: accepted_values of column 'state': 1 of 5 rows have a value other than "open", "shut"
                         state=ajar, n=2
                  warned bronze.rows: no debts: sql: 1 of 5 rows break `n >= 0`
                         n=-1, state=open
                """
        )
        #expect(try project.host("datasets", "preview", "bronze.rows").output.contains("2  shut"))
        #expect(try project.host("datasets", "preview", "gold.total").output == "total\n    3\n")
    }

    @Test func checksAreInTheSummaryForPrograms() throws {
        let project = try project("1,open\n1,shut\n")
        let result = try project.host("run", "p", "--format", "json")
        #expect(result.status == 4)
        let summary = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let nodes = try #require(summary["nodes"] as? [String: [String: Any]])
        let checks = try #require(nodes["keep"]?["checks"] as? [[String: Any]])
        #expect(checks.map { $0["status"] as? String } == ["passed", "passed", "passed", "failed", "passed", "passed"])
        #expect(
            checks.map { $0["check"] as? String } == [
                "row_count", "schema", "not_null", "unique", "accepted_values", "sql",
            ]
        )
        #expect(
            Set(checks[3].keys) == [
                "dataset", "check", "name", "columns", "status", "rows", "failing_rows", "message", "samples",
            ]
        )
        #expect(checks[0]["dataset"] is NSNull)
        #expect(checks[3]["failing_rows"] as? Int == 1)
        #expect((checks[3]["samples"] as? [[String: Any]])?.count == 2)
    }

    @Test func inputsAreHeldToTheirContract() throws {
        let project = try project(
            "1,open\n,shut\n",
            input: ", schema: {n: {type: BIGINT, nullable: false}}",
            output: ""
        )
        let result = try project.host("run", "p", "--progress", "none")
        #expect(result.status == 4)
        #expect(
            errors(result) == [
                "error: NodeExecutionError: Node 'keep', check input raw: 1 of 2 checks failed",
                "  dataset 'raw': not_null of column 'n': 1 of 2 rows are NULL", "    for example n=NULL, state=shut",
            ]
        )
    }

    @Test func mistakesAreFoundBeforeTheRun() throws {
        let project = try project(
            "1,open\n",
            input: ", schema: {n: BIGINT}, checks: [{unique: sttae}, {range: {column: n, min: low}}]",
            output: "bronze.rows: {checks: [{not_nul: n}, {unique: n, sql: n > 0}, {freshness: {column: n}}]}\n"
        )
        try check("contract-keys", try project.host("validate"), project)
        try project.scratch.write("", to: "project/config/output.yaml")
        try check("contract-columns", try project.host("validate"), project)
    }

    @Test func columnsOfAParquetFileAreKnownBeforeTheRun() throws {
        let project = try project("1,open\n")
        #expect(try project.host("run", "p", "--progress", "none").status == 0)
        let stored = project.path + "/out/gold/total"
        let files = try FileManager.default.contentsOfDirectory(atPath: stored)
        let file = try #require(files.first { $0.hasSuffix(".parquet") })
        try FileManager.default.copyItem(atPath: "\(stored)/\(file)", toPath: project.path + "/data/raw.parquet")
        try project.scratch.write(
            "raw: {format: parquet, path: data/raw.parquet, checks: [{not_null: totla}]}\n",
            to: "project/config/input.yaml"
        )
        let result = try project.host("validate")
        #expect(result.status == 2)
        #expect(result.errors.contains("Dataset 'raw': it has no column 'totla'"), "\(result.errors)")
        #expect(result.errors.contains("did you mean 'total'?"))
    }
}
