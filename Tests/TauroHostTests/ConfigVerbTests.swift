import Foundation
import Testing

/// `config show` and `config explain`: what is in effect, and where it comes from.
@Suite struct ConfigVerbTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        let files = [
            "global_settings": """
            output_path: out
            max_workers: ${WORKERS:-8}
            isolation: in_process
            token: ${secret:TOKEN}
            params: {days: 3}
            """,
            "pipelines": """
            daily: {nodes: [extract, load], isolation: process, timeout_seconds: 60}
            weekly: {nodes: [load]}
            """,
            "nodes": """
            extract:
              function: shop.extract
              params: {days: 1, key: "x-${token}", since: "${start_date:-2026-01-01}"}
            load: {function: shop.load, depends_on: [extract], tags: []}
            """,
            "input": "",
            "output": "silver.orders: {format: csv}\n",
            "sandbox/nodes": "extract: {params: {days: 2}, isolation: in_process}\n",
            "sandbox_ann/nodes": "extract: {params: {days: \"${DAYS:-5}\"}}\n",
            "prod/global_settings": "max_workers: 16\n",
        ]
        for (name, text) in files { try scratch.write(text, to: "project/config/\(name).yaml") }
    }

    private func run(_ arguments: String...) throws -> HostProcess.Result {
        try HostProcess.run(
            ["config"] + arguments + ["--project", scratch.file("project")],
            environment: ["TOKEN": "hunter2"]
        )
    }

    private func snapshot(_ name: String, _ result: HostProcess.Result) throws {
        #expect(!(result.output + result.errors).contains("hunter2"))
        try Snapshot.check("config-\(name)", result, replacing: [scratch.file("project"): "<project>"])
    }

    @Test func everythingIsShown() throws { try snapshot("show", run("show", "--env", "test")) }

    @Test func aPartIsShown() throws {
        try snapshot("show-part", run("show", "nodes.extract", "--start-date", "2026-02-03"))
        #expect(try run("show", "global_settings.max_workers").output == "8\n")
        #expect(try run("show", "global_settings.max_workers", "--env", "staging").output == "16\n")
        #expect(try run("show", "nodes.extract.params.key").output == "<secret>\n")
        #expect(try run("show", "nodes.load.isolation", "--pipeline", "daily").output == "process\n")
        #expect(try run("show", "nodes.load.pool").output == "null\n")
        #expect(try run("show", "nodes.load", "--format", "json").output.hasPrefix("{\n  \"function\": \"shop.load\""))
    }

    @Test func aKeyIsExplained() throws {
        try snapshot("explain", run("explain", "nodes.extract.isolation", "--env", "sandbox_ann"))
        try snapshot("explain-params", run("explain", "nodes.extract.params", "--env", "sandbox_ann"))
        try snapshot("explain-substitute", run("explain", "pipelines.daily.max_workers", "--env", "staging"))
        try snapshot("explain-several", run("explain", "nodes.load.timeout_seconds"))
        try snapshot("explain-json", run("explain", "nodes.extract.params.days", "--env", "test", "--format", "json"))
    }

    @Test func aKeyThatIsNotThereIsAnErrorWithTheNearest() throws {
        try snapshot("unknown-key", run("explain", "nodes.extract.params.dyas"))
        try snapshot("unknown-section", run("show", "node", "--format", "json"))
        try snapshot("unknown-environment", run("explain", "nodes.load", "--env", "sandbx"))
        try snapshot("unknown-pipeline", run("explain", "nodes.extract.pool", "--pipeline", "weekly"))
        try snapshot("no-key", run("explain"))
        let document = try run("explain", "--format", "json").output
        #expect(document.contains("\"message\": \"Missing expected argument '<key>'\""))
    }

    @Test func aProjectWithMistakesIsNotShown() throws {
        try scratch.write(
            "load: {functoin: shop.load}\nextract: {function: \"${NOWHERE}\"}\n",
            to: "project/config/nodes.yaml"
        )
        try snapshot("mistakes", run("show", "global_settings"))
    }

    @Test func aProjectMayBeOneFileOrADescriptor() throws {
        let file = "name: p\nnodes: {a: {function: x.y}}\n"
        try scratch.write(file, to: "alone/ml_pipeline.yml")
        let alone = try HostProcess.run(["config", "show", "--project", scratch.file("alone/ml_pipeline.yml")])
        #expect(alone.output == "pipelines:\n  p:\n    nodes:\n      a: null\nnodes:\n  a:\n    function: x.y\n")
        let plugins = try HostProcess.run(["plugins", "list", "--project", scratch.file("alone/ml_pipeline.yml")])
        #expect(plugins.status == 0)
        #expect(plugins.errors.contains(" \(scratch.file("alone/plugins")),"))
        let paths = ["global_settings", "pipelines_config", "nodes_config"].map { name in
            "\"\(name)_path\": \"project/config/\(name.split(separator: "_config").joined()).yaml\""
        }
        let descriptor = """
            {"env_config": {"base": {\(paths.joined(separator: ", "))},
             "prod": {"global_settings_path": "project/config/prod/global_settings.yaml"}}}
            """
        try scratch.write(descriptor, to: "settings_yml.json")
        let described = try HostProcess.run(
            ["config", "show", "global_settings.max_workers", "--env", "production", "--project", scratch.path],
            environment: ["TOKEN": "x"]
        )
        #expect(described.output == "16\n")
    }
}
