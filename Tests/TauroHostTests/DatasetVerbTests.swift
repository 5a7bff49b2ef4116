import Foundation
import Testing

/// `datasets list`, `preview`, `schema` and `profile`: what people see of the project's data.
@Suite struct DatasetVerbTests {
    private static let input = """
        orders: {format: csv, path: data/orders.csv, description: What was ordered.}
        days: {format: csv, path: data/days.csv, date_column: day, schema: {day: DATE}}
        parts: {format: json, path: "data/part-*.json"}
        absent: {format: parquet, path: data/absent}
        broken: {format: csv, path: data/broken.csv, schema: {n: BIGINT}}

        """
    private static let nodes = """
        count: {function: t.count, output: bronze.numbers, params: {upto: 1000}}
        report: {function: t.report, output: gold.report}
        """
    private static let report = """
        #include <tauro/tauro.h>
        TAURO_PLUGIN("report", "1.0.0");
        TAURO_NODE(t_report, "t.report", TAURO_RETURNS(artifact)) {
          return tauro_emit_bytes(out, "text/plain", "one\\ntwo\\nthree\\n", 14);
        }
        """

    private let project: TestProject

    init() throws {
        project = try TestProject(nodes: Self.nodes, pipeline: ["count", "report"], input: Self.input)
        try project.plugin()
        try project.plugin("report", Self.report)
        let orders = (0..<40).map { row in
            let price = row % 8 == 0 ? "" : "\(Double(row * row) / 4)"
            let day = row % 27 + 1
            return
                "\(row),\(["Ann", "Bob", "Čeněk", "日本"][row % 4]),\(price),\(row % 2 == 0),2024-02-\(day < 10 ? "0" : "")\(day)"
        }
        try project.scratch.write(
            "id,customer,price,paid,ordered\n" + orders.joined(separator: "\n") + "\n",
            to: "project/data/orders.csv"
        )
        try project.scratch.write("day,n\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n", to: "project/data/days.csv")
        try project.scratch.write("{\"k\": [1, 2], \"größe\": 1.5}\n", to: "project/data/part-1.json")
        try project.scratch.write("{\"k\": null, \"größe\": 2.5}\n", to: "project/data/part-2.json")
        try project.scratch.write("n\n1\nthree\n", to: "project/data/broken.csv")
    }

    private func host(_ arguments: String...) throws -> HostProcess.Result {
        try HostProcess.run(["datasets"] + arguments + ["--project", project.path], environment: ["LC_ALL": "C.UTF-8"])
    }

    private func onTerminal(_ arguments: String..., columns: Int) throws -> HostProcess.Result {
        try Terminal.run(
            ["datasets"] + arguments + ["--project", project.path],
            columns: columns,
            environment: ["LC_ALL": "C.UTF-8", "NO_COLOR": "1"]
        )
    }

    private func snapshot(_ name: String, _ result: HostProcess.Result) throws {
        try Snapshot.check("datasets-\(name)", result, replacing: [project.path: "<project>"])
    }

    private func run() throws {
        let result = try project.host("run", "p", "--progress", "none")
        try #require(result.status == 0, "\(result.errors)")
    }

    private func document(_ result: HostProcess.Result) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result)")
    }

    @Test func everyDatasetIsListedWithWhatIsThere() throws {
        try snapshot("list-before", host("list"))
        try run()
        let listed = try document(host("list", "--format", "json"))
        let datasets = try #require(listed["datasets"] as? [[String: Any]])
        #expect(
            datasets.compactMap { $0["id"] as? String }
                == ["orders", "days", "parts", "absent", "broken", "bronze.numbers", "gold.report"]
        )
        let numbers = datasets[5]
        #expect(numbers["exists"] as? Bool == true)
        #expect(numbers["rows"] as? Int == 1000, "parquet says its rows")
        #expect(numbers["kind"] as? String == "output")
        #expect(datasets[2]["files"] as? Int == 2)
        #expect(datasets[2]["rows"] is NSNull)
        #expect(datasets[3]["exists"] as? Bool == false)
        #expect(datasets[3]["bytes"] is NSNull)
        #expect(datasets[6]["media_type"] as? String == "text/plain")
        #expect(datasets[0]["description"] as? String == "What was ordered.")
        #expect(Set(datasets.map { $0.count }) == [10])
        let narrow = try onTerminal("list", columns: 60)
        #expect(narrow.output.split(separator: "\n").allSatisfy { $0.count <= 60 }, "\(narrow.output)")
    }

    @Test func anythingIsPreviewed() throws {
        try run()
        try snapshot("preview", host("preview", "orders", "--limit", "4"))
        try snapshot("preview-artifact", host("preview", "gold.report", "--limit", "2"))
        try snapshot("preview-json", host("preview", "parts", "--format", "json"))
        #expect(try host("preview", "bronze.numbers", "--limit", "1").output == "n\n0\n")
        #expect(
            try host("preview", "days", "--start-date", "2024-01-02", "--end-date", "2024-01-02").output.hasSuffix(
                "2024-01-02  2\n"
            )
        )
        #expect(
            try host("preview", "orders", "--columns", "price,id", "--limit", "2").output
                == "price  id\n NULL   0\n 0.25   1\n"
        )
        let artifact = try document(host("preview", "gold.report", "--format", "json"))
        #expect((artifact["artifact"] as? [String: Any])?["lines"] as? [String] == ["one", "two", "three", ""])
    }

    @Test func aTerminalShowsTheColumnsThatFit() throws {
        try snapshot("preview-narrow", onTerminal("preview", "orders", "--limit", "2", columns: 30))
        try snapshot("preview-wide", onTerminal("preview", "orders", "--limit", "2", columns: 80))
    }

    @Test func schemasAreShown() throws {
        try run()
        try snapshot("schema", host("schema", "orders"))
        try snapshot("schema-json", host("schema", "parts", "--format", "json"))
        #expect(try host("schema", "bronze.numbers").output == "column  type   nullable\nn       int64  yes\n")
    }

    @Test func profilesAreShown() throws {
        try run()
        try snapshot("profile", host("profile", "orders"))
        try snapshot("profile-80", onTerminal("profile", "orders", columns: 80))
        try snapshot("profile-50", onTerminal("profile", "orders", columns: 50))
        try snapshot("profile-json", host("profile", "orders", "--format", "json"))
        let ascii = try HostProcess.run(
            ["datasets", "profile", "bronze.numbers", "--project", project.path],
            environment: ["LC_ALL": "C"]
        )
        #expect(ascii.output.contains("@@@@@@@@@@@@"), "\(ascii.output)")
    }

    @Test func whatIsNotThereIsAnErrorWithTheNearest() throws {
        try snapshot("unknown", host("preview", "order"))
        try snapshot("unknown-json", host("profile", "bronze.number", "--format", "json"))
        try snapshot("unknown-column", host("preview", "orders", "--columns", "id,prise"))
        try snapshot("absent", host("schema", "absent"))
        try snapshot("not-stored", host("profile", "bronze.numbers"))
        try run()
        try snapshot("not-a-table", host("schema", "gold.report"))
        try snapshot("broken", host("profile", "broken"))
        try snapshot("wrong-flag", host("list", "--format", "yaml"))
        let refused = try document(host("preview", "orders", "--limit", "-1", "--format", "json"))
        #expect(refused["status"] as? String == "failed")
    }

    @Test func listNeedsNoEngineAndTheOthersSayThatItIsMissing() throws {
        try run()
        let environment = ["TAURO_DUCKDB_LIBRARY": "/nowhere/libduckdb.so"]
        let list = try project.host("datasets", "list", "--format", "json", environment: environment)
        #expect(list.status == 0, "\(list.errors)")
        #expect(try project.host("datasets", "schema", "orders", environment: environment).status == 5)
        #expect(try project.host("datasets", "profile", "orders", environment: environment).status == 5)
    }
}
