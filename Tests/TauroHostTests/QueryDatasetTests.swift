import Foundation
import Testing

/// Inputs that are queries over other datasets of the project.
@Suite struct QueryDatasetTests {
    private func project(
        input: String,
        nodes: String = "pass: {function: t.pass, input: [recent], output: gold.recent}\n",
        pipeline: [String] = ["pass"]
    ) throws -> TestProject {
        let project = try TestProject(nodes: nodes, pipeline: pipeline, input: Self.sources + input)
        try project.scratch.write("n,day\n1,2026-01-01\n2,2026-01-02\n3,2026-01-03\n", to: "project/data/days.csv")
        try project.scratch.write("n,name\n2,two\n3,three\n", to: "project/data/names.csv")
        try project.plugin()
        return project
    }

    private static let sources = """
        days: {format: csv, filepath: data/days.csv, date_column: day}
        names: {format: csv, filepath: data/names.csv}

        """

    private func refusal(_ query: String, more: String = "") throws -> String {
        let project = try project(input: "recent: {format: query, query: \(query)}\n" + more)
        let result = try project.host("run", "p")
        #expect(result.status == 2, "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: project.path + "/out"))
        return result.errors
    }

    /// Datasets filter by the run's days as ever, queries read queries, and a subquery may be called as a dataset is.
    @Test func aQueryIsReadAsAnyInputIs() throws {
        let project = try project(
            input: """
                named:
                  format: query
                  query: |
                    WITH days AS (SELECT n, day FROM Days) -- those of the run
                    SELECT day, name FROM days JOIN names USING (n);
                recent: {format: query, query: "SELECT upper(name) AS name, day FROM named ORDER BY name DESC -- last"}

                """
        )
        #expect(try project.host("validate").errors.contains("read by no node") == false)
        let run = try project.host("run", "p", "--start-date", "2026-01-02", "--end-date", "2026-01-03")
        #expect(run.status == 0, "\(run.errors)")
        let rows = try project.host("datasets", "preview", "gold.recent").output
        #expect(rows.split(separator: "\n").dropFirst().map { $0.prefix(5) } == ["TWO  ", "THREE"], "\(rows)")
        let preview = try project.host("datasets", "preview", "recent", "--start-date", "2026-01-03")
        #expect(preview.output.contains("THREE") && !preview.output.contains("TWO"), "\(preview)")
        #expect(try project.host("plan", "p").output.contains("recent (query)\n"))
    }

    @Test func declaredTypesAndDaysHoldForAQueryToo() throws {
        let project = try project(
            input: """
                recent:
                  {format: query, query: "SELECT n, day FROM days", schema: {n: DOUBLE}, date_column: day}

                """
        )
        let preview = try project.host("datasets", "preview", "recent", "--end-date", "2026-01-01")
        #expect(preview.errors.contains("1 row shown; columns: n float64, day date32"), "\(preview)")
    }

    /// What is stored is read, so the reader waits for who stores it; an id with dots is written in quotes.
    @Test func aQueryOverAnOutputWaitsForItsNode() throws {
        let nodes = """
            total: {function: t.total, input: [odd], output: gold.total}
            count: {function: t.count, output: silver.n, params: {upto: 10}}

            """
        let input = "odd: {format: query, query: 'SELECT n FROM \"silver.n\" WHERE n % 2 = 1'}\n"
        let project = try project(input: input, nodes: nodes, pipeline: ["total", "count"])
        let run = try project.host("run", "p", "--max-workers", "2")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try project.host("datasets", "preview", "gold.total").output.contains("25"))
        try FileManager.default.removeItem(atPath: project.path + "/out")
        let missing = try project.host("run", "p", "--node", "total")
        #expect(missing.status == 2)
        #expect(missing.errors.contains("node 'count' stores 'silver.n': tauro-host run p --to-node count"))
        let preview = try project.host("datasets", "preview", "odd")
        #expect(preview.status == 2 && preview.errors.contains("silver.n"), "\(preview.errors)")
    }

    @Test func namesThatAreNoDatasetsAreToldAllAtOnce() throws {
        let errors = try refusal("SELECT * FROM dayz JOIN nams USING (n)")
        #expect(errors.contains("Dataset 'recent': its query reads 'dayz', which is no dataset of the project"))
        #expect(errors.contains("did you mean 'days'?") && errors.contains("did you mean 'names'?"), "\(errors)")
    }

    @Test func queriesThatReadEachOtherAreRefused() throws {
        let errors = try refusal("SELECT * FROM again", more: "again: {format: query, query: SELECT * FROM recent}\n")
        #expect(errors.contains("its query reads itself: recent -> again -> recent"), "\(errors)")
        #expect(try refusal("SELECT * FROM recent").contains("reads itself: recent -> recent"))
    }

    @Test(arguments: [
        ("SELEC * FROM days", "syntax error"), ("DROP TABLE days", "a query is one SELECT or WITH statement"),
        ("'SELECT 1; SELECT 2'", "this text has 2"), ("SELECT nn FROM days", "\"nn\""),
        ("SELECT * FROM days WHERE n = $upto", "has no parameters, but names $upto"),
        ("\"SELECT * FROM '/etc/passwd'\"", "its query reads '/etc/passwd'"),
        ("\"SELECT * FROM read_csv('/etc/passwd')\"", "the table function read_csv is refused"),
        ("SELECT * FROM silver.n", "written \"silver.n\""),
        ("'SELECT 1; -- and more'", "remove what follows the semicolon"),
    ])
    func queriesThatCanNotRunAreFoundBefore(query: String, message: String) throws {
        let errors = try refusal(query)
        #expect(errors.contains("input.yaml:3:") && errors.contains(message), "\(errors)")
    }

    @Test func keysThatAQueryDoesNotHaveAreTold() throws {
        let errors = try refusal("SELECT 1 AS n, filepath: data, options: {header: true}")
        #expect(errors.contains("'filepath' has no meaning with format: query"), "\(errors)")
        #expect(errors.contains("format query has no option 'header'"), "\(errors)")
        let other = try project(input: "recent: {format: csv, path: data/days.csv, query: SELECT 1}\n")
        #expect(try other.host("run", "p").errors.contains("'query' has a meaning only with format: query"))
        let neither = try project(input: "recent: {format: query}\n")
        #expect(try neither.host("run", "p").errors.contains("`query`"))
    }

    @Test func withoutTheEngineARunSaysThatItIsMissing() throws {
        let project = try project(input: "recent: {format: query, query: SELECT n FROM days}\n")
        let missing = ["TAURO_DUCKDB_LIBRARY": "/nowhere/libduckdb.so"]
        #expect(try project.host("run", "p", environment: missing).status == 5)
        let validate = try project.host("validate", environment: missing)
        #expect(validate.status == 0, "\(validate.errors)")
    }
}
