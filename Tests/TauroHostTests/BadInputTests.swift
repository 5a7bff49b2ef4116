import Foundation
import Testing

/// What people meet when something is wrong: one snapshot each.
@Suite struct BadInputTests {
    private let counting = "count: {function: t.count, output: gold.n}\n"

    private func snapshot(
        _ name: String,
        _ project: TestProject,
        _ arguments: [String]? = nil,
        errorsOnly: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let command = (arguments ?? ["run", "p", "--progress", "none"]) + ["--project", project.path]
        try Snapshot.check(
            name,
            try HostProcess.run(command),
            errorsOnly: errorsOnly,
            replacing: [project.path: "<project>"],
            sourceLocation: sourceLocation
        )
    }

    private func project(
        _ nodes: String,
        _ pipeline: [String] = ["count"],
        input: String = "",
        output: String = "",
        settings: String = ""
    ) throws -> TestProject {
        let project = try TestProject(
            nodes: nodes,
            pipeline: pipeline,
            input: input,
            output: output,
            settings: settings
        )
        try project.plugin()
        return project
    }

    @Test func unknownKey() throws {
        try snapshot("unknown-key", project("count: {function: t.count, outputs: gold.n}\n"))
    }

    @Test func duplicateKey() throws {
        try snapshot("duplicate-key", project(counting + counting))
    }

    @Test func tab() throws {
        try snapshot("tab", project("count:\n\tfunction: t.count\n"))
    }

    @Test func missingConfiguration() throws {
        let scratch = try Scratch()
        let result = try HostProcess.run(["run", "p", "--project", scratch.file("nowhere")])
        try Snapshot.check("missing-configuration", result, replacing: [scratch.path: "<scratch>"])
    }

    @Test func missingFile() throws {
        let nodes = "pass: {function: t.pass, input: [raw]}\n"
        try snapshot("missing-file", project(nodes, ["pass"], input: "raw: {format: csv, path: data/raw.csv}\n"))
    }

    @Test func unknownFunction() throws {
        try snapshot("unknown-function", project("count: {function: t.cuont}\n"))
    }

    @Test func unknownModule() throws {
        try snapshot("unknown-module", project("count: {function: my_pkg.etl.extract}\n"))
    }

    @Test func unknownDataset() throws {
        let nodes = "pass: {function: t.pass, input: [fligths]}\n"
        try snapshot("unknown-dataset", project(nodes, ["pass"], input: "flights: {format: csv, path: data/f.csv}\n"))
    }

    @Test func wrongParameterType() throws {
        try snapshot("wrong-parameter-type", project("count: {function: t.count, params: {upto: many, up_to: 3}}\n"))
    }

    @Test func cycleOfTwo() throws {
        let nodes =
            "node1: {function: t.quiet, dependencies: [node2]}\nnode2: {function: t.quiet, dependencies: [node1]}\n"
        try snapshot("cycle-of-two", project(nodes, ["node1", "node2"]))
    }

    @Test func cycleOfFive() throws {
        let nodes = zip(["a", "b", "c", "d", "e"], ["e", "a", "b", "c", "d"])
            .map { "\($0): {function: t.quiet, dependencies: \($1)}\n" }.joined()
        try snapshot("cycle-of-five", project(nodes, ["a", "b", "c", "d", "e"]))
    }

    @Test func dependencyOutsideThePipeline() throws {
        let nodes = counting + "other: {function: t.quiet, dependencies: [count]}\n"
        try snapshot("dependency-outside", project(nodes, ["other"]))
    }

    @Test func brokenRow() throws {
        let nodes = "pass: {function: t.total, input: [raw]}\n"
        let input = "raw: {format: csv, path: data/raw.csv, schema: {n: BIGINT, name: VARCHAR}}\n"
        let project = try project(nodes, ["pass"], input: input)
        try project.scratch.write("n,name\n1,a\n2,b\nthree,c\n4,d\n", to: "project/data/raw.csv")
        try snapshot("broken-row", project, errorsOnly: true)
    }

    @Test func pluginThatIsNotELF() throws {
        let project = try project(counting)
        try FileManager.default.removeItem(atPath: project.path + "/plugins/nodes.so")
        try project.scratch.write(
            "#!/bin/sh\necho hello, this is no library at all, only a script\n",
            to: "project/plugins/nodes.so"
        )
        try snapshot("plugin-not-elf", project)
    }

    @Test func pluginForAnotherMachine() throws {
        let project = try project(counting)
        try patch(project) { bytes in
            bytes[18] = 183
            bytes[19] = 0
        }
        try snapshot("plugin-other-machine", project)
    }

    @Test func truncatedPlugin() throws {
        let project = try project(counting)
        try patch(project) { bytes in bytes.removeLast(bytes.count - 400) }
        try snapshot("plugin-truncated", project)
    }

    @Test func twoPluginsWithOneName() throws {
        let project = try project(counting)
        try project.plugin("other")
        try snapshot("plugin-duplicate", project)
    }

    @Test func endBeforeStart() throws {
        let arguments = ["run", "p", "--start-date", "2013-02-01", "--end-date", "2013-01-31"]
        try snapshot("end-before-start", project(counting), arguments)
    }

    @Test func noSuchPipeline() throws {
        try snapshot("no-such-pipeline", project(counting), ["run", "q"])
    }

    @Test func wrongFlag() throws {
        try snapshot("wrong-flag", project(counting), ["run", "p", "--max-worker", "3"])
    }

    @Test func failingNode() throws {
        let nodes = "bad: {function: t.fail, output: gold.bad}\nnext: {function: t.pass, dependencies: bad}\n"
        let project = try project(nodes, ["bad", "next"])
        let result = try project.host("run", "p", "--progress", "none")
        #expect(result.status == 4)
        #expect(result.errors == "error: NodeExecutionError: Node 'bad', call t.fail: column 'dep_delay' is missing\n")
        #expect(result.output.contains("not run because 'bad' failed"))
        #expect(!FileManager.default.fileExists(atPath: project.path + "/out/gold/bad"))
    }

    private func patch(_ project: TestProject, _ change: (inout [UInt8]) -> Void) throws {
        let url = URL(fileURLWithPath: project.path + "/plugins/nodes.so")
        var bytes = [UInt8](try Data(contentsOf: url))
        change(&bytes)
        try FileManager.default.removeItem(at: url)
        try Data(bytes).write(to: url)
    }
}
