import TauroBasics
import TauroConfig
import TauroModel
import Testing

@Suite("Files, wrappers and environments")
struct LayoutTests {
    @Test("bare and wrapped files, other names and suffixes")
    func wrapped() throws {
        let project = try TemporaryProject([
            "config/global_settings.json": "{\"global_settings\": {\"project_name\": \"x\"}}",
            "config/pipelines_config.yml": "pipelines: {p: {nodes: [a]}}",
            "config/nodes_config.yml": "nodes_config:\n  a: {function: x.y}\n",
            "config/input.yaml": "input: {i: {format: csv, path: i.csv}}",
            "config/output.yaml": "output: {format: csv}\n",
        ])
        let outcome = project.load()
        let context = try #require(outcome.context, "\(project.text(of: outcome))")
        #expect(context.globalSettings.projectName == "x")
        #expect(context.pipelines.map(\.name) == ["p"])
        #expect(context.nodes.map(\.name) == ["a"])
        #expect(context.inputs.map(\.id) == ["i"])
        #expect(context.outputs.map(\.id) == ["output"], "an entry that has the section's name is no wrapper")
        #expect(context.projectDirectory == project.directory)
    }

    @Test("a wrapper over no map is no entry")
    func wrapperOverList() throws {
        let project = try TemporaryProject.usable([
            "config/pipelines.yaml": "pipelines:\n  - daily: {nodes: [extract]}\n"
        ])
        #expect(
            project.findings() == "config/pipelines.yaml:2:3: error: Expected a map of keys, found a list."
        )
    }

    @Test("keys that begin with `x-` are a home for anchors, and settings in global settings")
    func asides() throws {
        let project = try TemporaryProject([
            "config/global_settings.yaml": "x-mine: 5\ntags: [all]\n",
            "config/pipelines.yaml": "x-p: &p {tags: nightly}\np: {nodes: [a], <<: *p}\n",
            "config/nodes.yaml":
                "nodes:\n  x-defaults: &d {function: x.y, params: {n: \"${x-mine}\"}}\n  a: {<<: *d, tags: [one]}\n",
            "config/output.json": #"{"$schema": "output.schema.json", "b.a": {"format": "csv"}}"#,
        ])
        let outcome = project.load()
        let context = try #require(outcome.context, "\(project.text(of: outcome))")
        #expect(outcome.diagnostics.isEmpty)
        #expect(context.nodes.map(\.name) == ["a"])
        #expect(context.nodes[0].parameters["n"]?.content == .integer(5))
        #expect(context.pipelines.map(\.tags) == [["nightly"]])
        #expect(context.globalSettings.tags == ["all"])
        #expect(context.outputs.map(\.id) == ["b.a"])
    }

    @Test("something beside a wrapper")
    func besideWrapper() throws {
        let project = try TemporaryProject.usable([
            "config/nodes.yaml": "nodes: {a: {function: x.y}}\nb: {function: x.z}\n"
        ])
        #expect(
            project.findings() == """
                config/nodes.yaml:2:1: error: `b` stands beside `nodes`, which holds everything of this file.
                  Put it under `nodes`, or remove `nodes` itself.
                """
        )
    }

    @Test("an overlay: maps merge deeply, scalars and lists replace, new keys come last")
    func overlay() throws {
        let project = try TemporaryProject.usable([
            "config/nodes.yaml":
                "a: {function: x.y, tags: [one, two], params: {p: 1, q: {r: 2, s: 3}}}\nb: {function: x.z}\n",
            "config/dev/nodes.yml": "nodes:\n  c: {function: x.c}\n  a: {tags: [three], params: {q: {r: 5}, t: 6}}\n",
            "config/dev/global_settings.json": "{\"max_workers\": 9}",
        ])
        let context = try #require(project.load(environment: "dev").context)
        #expect(context.environment == "dev")
        #expect(context.nodes.map(\.name) == ["a", "b", "c"])
        let node = try #require(context.node("a"))
        #expect(node.function.value == "x.y")
        #expect(node.tags == ["three"])
        #expect(node.parameters["p"]?.content == .integer(1))
        #expect(node.parameters["q"]?["r"]?.content == .integer(5))
        #expect(node.parameters["q"]?["s"]?.content == .integer(3))
        #expect(node.parameters["t"]?.content == .integer(6))
        #expect(context.globalSettings.maxWorkers == 9)
        #expect(context.globalSettings.outputPath == "\(project.directory)/data/out")
        #expect(project.load().context?.node("a")?.tags == ["one", "two"])
    }

    @Test("a mistake in an overlay is shown in the overlay")
    func overlayPlace() throws {
        let project = try TemporaryProject.usable(["config/dev/nodes.yaml": "extract: {tags: 5}"])
        #expect(
            project.findings(environment: "dev").hasPrefix(
                "config/dev/nodes.yaml:1:17: error: `tags` of node `extract`"
            )
        )
    }

    @Test("an unknown environment, with those that exist", arguments: ["prdo", "../config/prod", "nodes.yaml"])
    func unknownEnvironment(_ name: String) throws {
        let project = try TemporaryProject.usable(["config/prod/nodes.yaml": "", "config/dev/nodes.yaml": ""])
        let suggestion = name == "prdo" ? "; did you mean `prod`?" : "."
        #expect(
            project.findings(environment: name)
                == """
                PROJECT/config: error: There is no environment `\(name)`\(suggestion)
                  Environments of this project: dev, prod.
                """.split(separator: "PROJECT/").joined()
        )
    }

    @Test("an environment where there are none")
    func noEnvironments() throws {
        #expect(
            try TemporaryProject.usable().findings(environment: "dev").contains(
                "The project has no environments; one is a directory in config"
            )
        )
    }

    @Test("missing files: inputs and outputs count as empty, the others are named")
    func missingFiles() throws {
        let project = try TemporaryProject(["config/node.yaml": "a: {function: x.y}", "config/notes.yaml": "x"])
        #expect(
            project.findings() == """
                config: error: The project has no file for `global_settings`.
                  Looked in config for global_settings.yaml, global_settings.yml, global_settings.json.
                config: error: The project has no file for `pipelines`.
                  Looked in config for pipelines.yaml, pipelines.yml, pipelines.json, pipelines_config.yaml, pipelines_config.yml, pipelines_config.json.
                config: error: The project has no file for `nodes`.
                  Looked in config for nodes.yaml, nodes.yml, nodes.json, nodes_config.yaml, nodes_config.yml, nodes_config.json.
                config/node.yaml: warning: node.yaml is not a file that tauro reads; did you mean nodes.yaml?
                config/notes.yaml: warning: notes.yaml is not a file that tauro reads; did you mean nodes.yaml?
                """
        )
    }

    @Test("two files of one section")
    func twoFiles() throws {
        let project = try TemporaryProject.usable(["config/nodes.yml": "b: {function: x.y}"])
        #expect(
            project.findings() == """
                config/nodes.yml: error: nodes.yml and nodes.yaml hold the same section.
                  Keep one of them in config.
                """
        )
    }

    @Test("no configuration, no directory")
    func noConfiguration() throws {
        let project = try TemporaryProject(["readme.txt": ""])
        #expect(
            project.findings().hasPrefix(
                "config: error: PROJECT is no project: it has no directory `config`.\n  A project has"
            )
        )
        let outcome = ConfigLoader.load(project: .directory("/nowhere/at/all"), environmentVariables: [:])
        #expect(outcome.diagnostics.map(\.message) == ["There is no directory /nowhere/at/all."])
    }

    @Test("one file with all sections")
    func singleFile() throws {
        let file = """
            global_settings: {output_path: out}
            pipelines_config: {p: {nodes: [a]}}
            nodes_config: {a: {function: x.y}}
            input: {i: {format: csv, path: "${D:-in}/i.csv"}}
            """
        let project = try TemporaryProject([
            "config.yaml": file, "config/config.yaml": file, "dev/config.yaml": "nodes: {a: {tags: [dev]}}",
        ])
        let context = try #require(project.loadFile("config.yaml").context)
        #expect(context.nodes.map(\.name) == ["a"])
        #expect(context.projectDirectory == project.directory)
        #expect(context.input("i")?.path.value == "\(project.directory)/in/i.csv")
        #expect(project.loadFile("config/config.yaml").context?.projectDirectory == project.directory)
        #expect(project.loadFile("config.yaml", environment: "dev").context?.node("a")?.tags == ["dev"])
        let loaded = try Context.loadFromFile("\(project.directory)/config.yaml")
        #expect(loaded.pipelines.map(\.name) == ["p"])
    }

    @Test("unknown and missing sections of a single file")
    func singleFileMistakes() throws {
        let project = try TemporaryProject([
            "config.yaml": "nods: {}\npipelines: {}\npipelines_config: {}\nglobal_settings: 5\n"
        ])
        #expect(
            project.text(of: project.loadFile("config.yaml")) == """
                config.yaml: error: The file has no section `global_settings`.
                  Add `global_settings:` at the top level.
                config.yaml: error: The file has no section `nodes`.
                  Add `nodes:` at the top level.
                config.yaml:1:1: error: `nods` is not a section of a configuration; did you mean `nodes`?
                  Sections: global_settings, pipelines, nodes, input, output, ml_info, ml_config.
                config.yaml:3:1: error: `pipelines_config` is a second spelling of the section `pipelines`.
                  Keep one of them.
                config.yaml:4:18: error: Expected a map of keys, found the whole number 5.
                """
        )
        #expect(
            project.text(of: project.loadFile("none.yaml")).hasPrefix(
                "none.yaml: error: The file can not be read: No such file or directory."
            )
        )
    }

    @Test("mistakes in several files, all at once and in order")
    func severalFiles() throws {
        let project = try TemporaryProject([
            "config/global_settings.yaml": "max_workers: many\n",
            "config/pipelines.yaml": "daily: {nodes: [a]\n",
            "config/nodes.yaml": "a: {functoin: x.y, function: x.y}\nb: {function: x.y, function: x.z, input: 5}\n",
            "config/input.yaml": "raw: {format: csv, path: \"${ROOT}/x\"}\n",
            "config/output.yaml": "gold: {write_mode: ignroe}\n",
        ])
        #expect(
            project.findings() == """
                config/global_settings.yaml:1:14: error: `max_workers` of global settings: expected a whole number from 1 up, found the text "many".
                config/input.yaml:1:26: error: `${ROOT}` has no value.
                  Set the environment variable ROOT, add `ROOT` to global_settings, or give a default with `${ROOT:-…}`.
                config/nodes.yaml:1:5: error: `functoin` is not a key of a node, in node `a`; did you mean `function`?
                config/nodes.yaml:2:20: error: The key `function` stands twice in one map.
                  It stands first in line 2. Keep one of them.
                config/nodes.yaml:2:42: error: `input` of node `b`: expected text or a list of texts, found the whole number 5.
                  Put the value in quotes.
                config/output.yaml:1:20: error: `write_mode` of output `gold`: found the text "ignroe"; did you mean `ignore`?
                config/pipelines.yaml:2:1: error: A `,` or the closing `}` of a map is missing here.
                  What it belongs to begins in line 1.
                """
        )
    }

    @Test("the throwing call carries every finding")
    func throwing() throws {
        let project = try TemporaryProject.usable(["config/nodes.yaml": "a: {}\nb: {}\n"])
        let error = #expect(throws: ConfigurationError.self) {
            try Context.load(project: .directory(project.directory), environmentVariables: [:])
        }
        #expect(error?.diagnostics.count == 2)
        #expect(error?.message == "Node `a` has no `function`.\nNode `b` has no `function`.")
    }
}
