import Foundation
import Testing

/// A run of some of a pipeline's nodes, and the plan of one, as a person sees them.
@Suite struct PartialRunTests {
    private func project() throws -> TestProject {
        let nodes = """
            count: {function: t.count, output: bronze.n, params: {upto: 10}, tags: [daily]}
            copy: {function: t.pass, input: [bronze.n], output: silver.n, isolation: process, on_failure: skip_dependents}
            quiet: {function: t.pass, dependencies: copy}
            total: {function: t.total, dependencies: quiet, output: gold.total, tags: [daily]}
            """
        let project = try TestProject(
            nodes: nodes + "\n",
            pipeline: ["count", "copy", "quiet", "total"],
            settings: "params: {label: every, unused: 1}\n"
        )
        try project.plugin()
        return project
    }

    private func document(_ result: HostProcess.Result) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test func aPartialRunReadsWhatAnEarlierOneStored() throws {
        let project = try project()
        let command = ["run", "p", "--format", "json", "--progress", "none", "--project", project.path]
        #expect(try HostProcess.run(command + ["--to-node", "copy", "--param", "count.upto=1000"]).status == 0)
        let result = try HostProcess.run(command + ["--from-node", "quiet"])
        #expect(result.status == 0, "\(result.errors)")
        let summary = try document(result)
        #expect(summary["execution_order"] as? [String] == ["quiet", "total"])
        let nodes = try #require(summary["nodes"] as? [String: [String: Any]])
        #expect(Set(nodes.keys) == ["quiet", "total"])
        #expect(nodes["quiet"]?["rows"] as? Int == 1000)
        #expect(summary["status"] as? String == "completed")
    }

    @Test func whatIsMissingNamesTheRunThatWouldMakeIt() throws {
        let project = try project()
        for (name, arguments) in [
            ("partial-not-stored", ["--from-node", "copy"]), ("partial-stores-nothing", ["--node", "total"]),
            ("partial-unknown", ["--select", "+totl,tag:daily tag:dail", "--exclude", "cop*y*x"]),
            ("partial-empty", ["--tag", "daily", "--node", "copy"]),
            ("partial-malformed", ["--select", "+count,,total", "--select", "tags:daily"]),
        ] {
            let result = try HostProcess.run(["run", "p", "--project", project.path] + arguments)
            try Snapshot.check(name, result, replacing: [project.path: "<project>"])
        }
    }

    @Test func aPlanShowsWhatIsSelected() throws {
        let project = try project()
        let plan = ["plan", "p", "--project", project.path, "--exclude", "count"]
        #expect(try HostProcess.run(["run", "p", "--progress", "none", "--project", project.path]).status == 0)
        let replacements = [project.path: "<project>"]
        try Snapshot.check("plan-partial", try HostProcess.run(plan), replacing: replacements)
        let json = try HostProcess.run(plan + ["--format", "json"])
        try Snapshot.check("plan-partial-json", json, replacing: replacements)
    }

    @Test func everyPlanAndEveryNodeHasTheSameKeys() throws {
        let project = try project()
        let whole = try document(project.host("plan", "p", "--format", "json"))
        let refused = try document(project.host("plan", "p", "--format", "json", "--node", "nobody"))
        #expect(Set(whole.keys) == Set(refused.keys))
        #expect(refused["status"] as? String == "failed")
        let nodes = try #require(whole["nodes"] as? [String: [String: Any]])
        #expect(Set(nodes.values.map { Set($0.keys) }).count == 1)
        #expect(whole["critical_path"] as? [String] == ["count", "copy", "quiet", "total"])
        #expect(whole["levels"] as? [[String]] == [["count"], ["copy"], ["quiet"], ["total"]])
    }
}
