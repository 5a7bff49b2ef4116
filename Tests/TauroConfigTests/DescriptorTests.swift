import TauroConfig
import TauroModel
import Testing

@Suite("Project descriptors")
struct DescriptorTests {
    /// The project of the original's documentation, with an environment that has two files.
    private static let descriptor = """
        {"base_path": ".", "env_config": {
          "base": {"global_settings_path": "conf/settings.yaml", "pipelines_config_path": "conf/pipelines.yaml",
                   "nodes_config_path": "conf/nodes.json", "input_config_path": "conf/input.yaml"},
          "dev":  {"global_settings_path": "conf/dev/settings.yaml", "output_config_path": "conf/dev/output.yaml"}}}
        """

    private static let files = [
        "conf/settings.yaml": "output_path: out\nwho: base\nmax_workers: 7\n",
        "conf/pipelines.yaml": "daily: {nodes: [extract]}\n",
        "conf/nodes.json": "{\"extract\": {\"function\": \"a.b\", \"params\": {\"who\": \"${who}\"}}}",
        "conf/input.yaml": "raw: {format: csv, path: data/raw.csv}\n",
        "conf/dev/settings.yaml": "who: dev\n",
        "conf/dev/output.yaml": "gold.n: {format: csv}\n",
    ]

    private func project(
        _ descriptor: String = descriptor,
        name: String = "settings_yml.json",
        files: [String: String] = [:]
    ) throws -> TemporaryProject {
        try TemporaryProject(Self.files.merging([name: descriptor]) { _, new in new }.merging(files) { _, new in new })
    }

    @Test("a descriptor beside files that are found by their names is not read, which is said")
    func besideFiles() throws {
        let project = try TemporaryProject.usable([
            "settings_yml.json": #"{"env_config": {"dev": {}}}"#, "config.json": #"{"port": 80}"#,
        ])
        #expect(
            project.findings() == """
                settings_yml.json:1:2: warning: This descriptor is not read, because `config/` has files of its own.
                  Name it to use it: --project settings_yml.json
                """
        )
    }

    @Test(
        "every name a descriptor may have",
        arguments: ["settings_yml.json", "settings_json.json", "settings.json", "config.json"]
    )
    func names(_ name: String) throws {
        let project = try project(name: name)
        let outcome = project.load(environment: "development")
        let context = try #require(outcome.context, "\(project.text(of: outcome))")
        #expect(outcome.diagnostics.isEmpty)
        #expect(context.projectDirectory == project.directory)
        #expect(context.environment == "dev")
        #expect(context.node("extract")?.parameters["who"]?.content == .string("dev"))
        #expect(context.globalSettings.maxWorkers == 7, "an environment's file lies over the base file")
        #expect(context.input("raw")?.path.value == "\(project.directory)/data/raw.csv")
        #expect(context.output("gold.n")?.path.value == "\(project.directory)/out/dev/gold/n")
        #expect(project.load().context?.outputs.isEmpty == true)
        #expect(project.loadFile(name, environment: "dev").context?.environment == "dev")
    }

    @Test("a directory `config` with files of its own comes first, one without does not")
    func configDirectory() throws {
        let own = try project(files: [
            "config/nodes.yaml": "own: {function: a.b}", "config/global_settings.yaml": "",
            "config/pipelines.yaml": "p: {nodes: [own]}",
        ])
        #expect(own.load().context?.nodes.map(\.name) == ["own"])
        #expect(try project(files: ["config/readme.txt": ""]).load().context?.nodes.map(\.name) == ["extract"])
    }

    @Test("paths begin at base_path, and may have references to the environment")
    func basePath() throws {
        let descriptor = """
            {"base_path": "${ROOT:-conf}/", "env_config": {"base": {"global_settings_path": "settings.yaml",
            "pipelines_config_path": "./pipelines.yaml", "nodes_config_path": "${NODES}.json"}}}
            """
        let project = try project(descriptor)
        #expect(project.load(variables: ["NODES": "nodes"]).context?.nodes.map(\.name) == ["extract"])
        #expect(
            project.findings() == """
                settings_yml.json:2:67: error: `${NODES}` has no value.
                  Set the environment variable NODES, or give a default with `${NODES:-…}`.
                """
        )
    }

    @Test("a project without base needs an environment that has everything")
    func withoutBase() throws {
        let descriptor = """
            {"env_config": {"prod": {"global_settings_path": "conf/settings.yaml",
             "pipelines_config_path": "conf/pipelines.yaml", "nodes_config_path": "conf/nodes.json"}}}
            """
        let project = try project(descriptor)
        #expect(project.load(environment: "staging").context?.environment == "staging")
        #expect(project.findings().split(separator: "\n").count == 6)
    }

    @Test("a file of the name that holds the sections themselves")
    func sections() throws {
        let project = try TemporaryProject([
            "config.json": """
            {"global_settings": {}, "pipelines": {"p": {"nodes": ["a"]}}, "nodes_config": {"a": {"function": "x.y"}}}
            """
        ])
        #expect(project.load().context?.pipelines.map(\.name) == ["p"])
        #expect(project.loadFile("config.json").context?.pipelines.map(\.name) == ["p"])
    }

    @Test("everything that is wrong with a descriptor, at once")
    func mistakes() throws {
        let descriptor = """
            {"base_path": "../elsewhere", "env_config": {
              "base": {"global_settings_path": "conf/../../x.yaml", "pipelines_path": "conf/pipelines.yaml",
                       "nodes_config_path": 5, "input_config_path": "conf/input.dsl"},
              "dev": "conf/dev.yaml",
              "a/b": {}}}
            """
        let findings = try project(descriptor).findings(environment: "prod")
        #expect(
            findings == """
                settings_yml.json:1:15: error: `base_path` of the project descriptor: "../elsewhere" leads outside through `..`.
                  Write a path below the project, or an absolute one.
                settings_yml.json:1:45: error: There is no environment `prod`.
                  The project has no environments; one is an entry of `env_config` in settings_yml.json.
                settings_yml.json:1:45: error: The project has no file for `pipelines`: no environment in use names one under `pipelines_config_path`.
                  Add the key to the environment `base`, or name an environment that has it with --env.
                settings_yml.json:2:36: error: `global_settings_path` of environment `base`: "conf/../../x.yaml" leads outside through `..`.
                  Write a path below the project, or an absolute one.
                settings_yml.json:2:57: error: `pipelines_path` is not a key of an environment of a project descriptor, in environment `base`.
                  Known keys: global_settings_path, pipelines_config_path, nodes_config_path, input_config_path, output_config_path, ml_info_path, ml_config_path.
                settings_yml.json:3:33: error: `nodes_config_path` of environment `base`: expected text, found the whole number 5.
                  Put the value in quotes.
                settings_yml.json:3:57: error: `input_config_path` of environment `base`: "conf/input.dsl" is no file that tauro reads.
                  Configuration is written in YAML or JSON: .yaml, .yml, .json.
                settings_yml.json:4:10: error: Environment `dev`: expected a map of keys, found the text "conf/dev.yaml".
                settings_yml.json:5:3: error: "a/b" is not the name of an environment.
                  Names are made of letters, digits, `_` and `-`.
                """
        )
    }

    @Test(
        "no env_config, or none that can be read",
        arguments: ["{}", "{\"env_config\": []}", "{\"env_config\": null}"]
    )
    func noEnvironments(_ descriptor: String) throws {
        let findings = try project(descriptor).findings()
        #expect(findings.contains("env_config"))
        #expect(findings.split(separator: "\n").count { $0.contains("error:") } == 1)
    }

    @Test("a near miss of env_config is shown with what was meant")
    func nearMiss() throws {
        #expect(
            try project("{\"env_confg\": {}}").findings() == """
                settings_yml.json: error: The project descriptor has no `env_config`.
                  The environments of the project, each with the paths of its files.
                settings_yml.json:1:2: warning: `env_confg` in the project descriptor has no meaning to tauro; did you mean `env_config`?
                """
        )
    }

    @Test("a file that is not there is shown where it is named")
    func missingFile() throws {
        let descriptor = """
            {"env_config": {"base": {"global_settings_path": "conf/settings.yaml",
             "pipelines_config_path": "conf/pipelines.yaml", "nodes_config_path": "conf/nodes.json"},
             "dev": {"nodes_config_path": "conf/dev/nodes.yaml"}}}
            """
        let project = try project(descriptor)
        #expect(project.findings().isEmpty, "nobody asked for dev")
        #expect(
            project.findings(environment: "dev") == """
                settings_yml.json:3:31: error: Environment `dev` names conf/dev/nodes.yaml, which does not exist.
                  Paths of environments begin at `base_path`, and that at the directory of this file.
                """
        )
    }
}
