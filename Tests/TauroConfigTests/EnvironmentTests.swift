import TauroConfig
import TauroModel
import Testing

@Suite("Environments and their chains")
struct EnvironmentTests {
    /// A project where every overlay says its own name in `who`, and whether it was there in a key of its own.
    private func project(_ overlays: [String], files: [String: String] = [:]) throws -> TemporaryProject {
        var all = files
        for overlay in overlays {
            all["config/\(overlay)/global_settings.yaml"] = "who: \(overlay)\nseen: {\(overlay): true}\n"
        }
        return try TemporaryProject.usable(all)
    }

    private func settings(_ project: TemporaryProject, _ environment: String?) throws -> (who: String?, seen: [String])
    {
        let outcome = project.load(environment: environment)
        let context = try #require(outcome.context, "\(project.text(of: outcome))")
        var seen: [String] = []
        if case .map(let entries)? = context.globalSettings.all["seen"]?.content { seen = entries.map(\.key) }
        guard case .string(let who)? = context.globalSettings.all["who"]?.content else { return (nil, seen) }
        return (who, seen)
    }

    @Test(
        "which overlays lie over one another",
        arguments: [
            (nil, ["base"]), ("base", ["base"]), ("dev", ["base", "dev"]), ("development", ["base", "dev"]),
            ("sandbox", ["base", "sandbox"]), ("test", ["base", "sandbox"]), ("testing", ["base", "sandbox"]),
            ("sandbox_ann", ["base", "sandbox", "sandbox_ann"]), ("sandbox_bob", ["base", "sandbox"]),
            ("staging", ["base", "staging"]), ("prod", ["base", "prod"]), ("production", ["base", "prod"]),
            ("north-2", ["base", "north-2"]),
        ] as [(String?, [String])]
    )
    func chains(_ asked: String?, _ expected: [String]) throws {
        let project = try project(["prod", "dev", "sandbox_ann", "sandbox", "staging", "north-2", "base"])
        let found = try settings(project, asked)
        #expect(found.seen == expected)
        #expect(found.who == expected.last)
    }

    @Test("staging is like production where a project has no staging; a personal sandbox needs no common one")
    func substitutes() throws {
        #expect(try settings(project(["prod"]), "staging").seen == ["prod"])
        #expect(try settings(project(["prod", "staging"]), "staging").seen == ["staging"])
        #expect(try settings(project(["sandbox_ann"]), "sandbox_ann").seen == ["sandbox_ann"])
        #expect(try settings(project([]), "base").seen == [])
    }

    @Test("outputs lie below the canonical name, whatever was asked for and however the directory is spelled")
    func outputPaths() throws {
        let project = try project(
            ["production", "sandbox"],
            files: ["config/output.yaml": "gold.n: {format: csv}"]
        )
        for (asked, name) in [
            ("production", "prod"), ("prod", "prod"), ("test", "sandbox"), ("sandbox_ann", "sandbox_ann"),
        ] {
            let context = try #require(project.load(environment: asked).context)
            #expect(context.environment == name)
            #expect(context.output("gold.n")?.path.value == "\(project.directory)/data/out/\(name)/gold/n")
            #expect(context.outputPath(for: "silver.m") == "\(project.directory)/data/out/\(name)/silver/m")
        }
        let context = try #require(project.load().context)
        #expect(context.environment == nil)
        #expect(context.outputPath(for: "silver.m") == "\(project.directory)/data/out/silver/m")
    }

    @Test("all files may lie in base, and overlays may say more than base does")
    func baseAlone() throws {
        let project = try TemporaryProject([
            "config/base/global_settings.yaml": "output_path: out\nroot: low\n",
            "config/base/pipelines.yaml": "daily: {nodes: [extract]}\n",
            "config/base/nodes.yaml": "extract: {function: a.b, params: {days: 3, root: \"${root}\"}}\n",
            "config/dev/global_settings.yaml": "root: high\n",
            "config/dev/nodes.yaml": "extract: {params: {days: 5}}\n",
        ])
        #expect(project.load().context?.node("extract")?.parameters["days"]?.content == .integer(3))
        let node = try #require(project.load(environment: "dev").context?.node("extract"))
        #expect(node.parameters["days"]?.content == .integer(5))
        #expect(node.parameters["root"]?.content == .string("high"), "references see the settings of the environment")
    }

    @Test("an overlay may use another spelling of a key, and the other form of a function's name")
    func otherSpellings() throws {
        let project = try TemporaryProject([
            "config/global_settings.yaml": "max_workers: 2\n",
            "config/pipelines.yaml": "daily: {nodes: [a, b, c]}\n",
            "config/nodes.yaml": """
            a: {module: t, function: one, dependencies: [b], streaming: {outputMode: append}}
            b: {function: t.two}
            c: {module: t, function: three}

            """,
            "config/input.yaml": "raw: {format: csv, filepath: a.csv}\n",
            "config/dev/global_settings.yaml": "max_parallel_nodes: 3\n",
            "config/dev/nodes.yaml": """
            a: {function: u.one, depends_on: [c], streaming: {output_mode: update}}
            b: {module: u}
            c: {function: four}

            """,
            "config/dev/input.yaml": "raw: {path: b.csv}\n",
            "config/twice/global_settings.yaml": "max_workers: 3\nmax_parallel_nodes: 4\n",
        ])
        let outcome = project.load(environment: "dev")
        let context = try #require(outcome.context, "\(project.text(of: outcome))")
        #expect(context.nodes.map(\.function.value) == ["u.one", "u.two", "t.four"])
        #expect(context.nodes[0].dependencies.map(\.value) == ["c"])
        #expect(context.globalSettings.maxWorkers == 3)
        #expect(context.input("raw")?.path.value == "\(project.directory)/b.csv")
        #expect(project.findings(environment: "twice").contains("are two spellings of one key"))
    }

    @Test("the files of every environment are read, without what only another machine knows")
    func everyEnvironment() throws {
        let project = try TemporaryProject.usable([
            "config/nodes.yaml": "extract: {function: a.b, colour: red}\n",
            "config/prod/nodes.yaml": "extract: {tags: [a\n",
            "config/dev/nodes.yaml": "extract: {isolaton: process}\n",
            "config/dev/global_settings.yaml": "output_path: ${secret:PLACE}\nmax_workers: many\n",
            "config/sandbox/nodes.yaml": "extract: {engine: dukcdb}\n",
            "config/sandbox_ann/input.yaml": "raw: {format: csv}\n",
        ])
        let found = ConfigLoader.checkEnvironments(of: .directory(project.directory), environmentVariables: [:])
        let places = found.map { finding in
            (finding.location.map { "\($0.file.dropFirst(project.directory.count + 8)):\($0.line)" } ?? "")
                + " \(finding.message)"
        }
        #expect(
            places == [
                "dev/global_settings.yaml:2 `max_workers` of global settings: expected a whole number from 1 up, "
                    + "found the text \"many\".",
                "dev/nodes.yaml:1 `isolaton` is not a key of a node, in node `extract`; did you mean `isolation`?",
                "prod/nodes.yaml:2 A `,` or the closing `]` of a list is missing here.",
                "sandbox/nodes.yaml:1 `engine` of node `extract`: found the text \"dukcdb\"; did you mean `duckdb`?",
                "sandbox_ann/input.yaml:1 Input `raw` has no `filepath`.",
            ]
        )
    }

    @Test("two spellings of one environment, wherever they stand in the chain")
    func twoSpellings() throws {
        let project = try project(["prod", "production", "dev"])
        #expect(
            project.findings(environment: "prod") == """
                config: error: The environments `prod` and `production` are two spellings of one.
                  Keep `prod`; what `production` has belongs there, or under a name of its own.
                """
        )
        #expect(project.findings(environment: "staging").contains("two spellings of one"))
        #expect(project.findings(environment: "dev").isEmpty)
    }

    @Test(
        "an environment with nothing in its chain, with those that exist",
        arguments: ["sandbox_ann", "test", "staging", "Dev", "", ".", "a.b", "dev/x", "data out"]
    )
    func nothing(_ name: String) throws {
        let findings = try project(["dev", "base", "north"]).findings(environment: name)
        let end = name == "Dev" ? "; did you mean `dev`?" : "."
        #expect(
            findings == """
                config: error: There is no environment `\(name)`\(end)
                  Environments of this project: dev, north.
                """
        )
    }
}
