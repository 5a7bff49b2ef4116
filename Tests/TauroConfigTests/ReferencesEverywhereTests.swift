import TauroConfig
import TauroModel
import Testing

@Suite("References work in every file")
struct ReferencesEverywhereTests {
    private static let reference = "\"${start_date}|${VARIABLE}|${setting}|${NOWHERE:-default}\""
    private static let replaced = "2026-01-02|variable|setting|default"

    /// Each section with a description that has every kind of reference, and a secret where one may stand.
    private static let sections = [
        "global_settings": "{setting: setting, description: \(reference), own: \"${secret:TOKEN}\"}",
        "pipelines": "{p: {nodes: [n], description: \(reference), params: {own: \"${secret:TOKEN}\"}}}",
        "nodes": "{n: {function: a.b, description: \(reference), params: {own: \"${secret:TOKEN}\"}}}",
        "input": "{i: {format: csv, path: i.csv, description: \(reference), options: {own: \"${secret:TOKEN}\"}}}",
        "output": "{o: {format: csv, description: \(reference), options: {own: \"${secret:TOKEN}\"}}}",
    ]

    private func check(_ context: Context) throws {
        let descriptions: [String?] = [
            context.pipeline("p")?.description, context.node("n")?.description, context.input("i")?.description,
            context.output("o")?.description,
        ]
        #expect(descriptions == Array(repeating: Self.replaced, count: 4))
        #expect(context.globalSettings.all["description"]?.content == .string(Self.replaced))
        let secrets: [ConfigValue?] = [
            context.globalSettings.all["own"], context.pipeline("p")?.parameters["own"],
            context.node("n")?.parameters["own"], context.input("i")?.options["own"],
            context.output("o")?.options["own"],
        ]
        for secret in secrets {
            #expect(secret?.content == .string("hunter2"))
            #expect(secret?.isSecret == true)
        }
    }

    private func load(
        _ location: ProjectLocation,
        _ environment: String? = nil
    ) throws -> Context {
        let outcome = ConfigLoader.load(
            project: location,
            environment: environment,
            dates: DateWindow(start: "2026-01-02"),
            environmentVariables: ["VARIABLE": "variable", "TOKEN": "hunter2"]
        )
        return try #require(outcome.context, "\(outcome.diagnostics)")
    }

    @Test("a file for each section, bare or wrapped", arguments: [false, true])
    func files(isWrapped: Bool) throws {
        let project = try TemporaryProject(
            Dictionary(
                uniqueKeysWithValues: Self.sections.map { section, text in
                    ("config/\(section).yaml", isWrapped ? "{\(section): \(text)}" : text)
                }
            )
        )
        try check(load(.directory(project.directory)))
    }

    @Test("one file with all sections")
    func oneFile() throws {
        let text = Self.sections.map { "\($0): \($1)\n" }.joined()
        let project = try TemporaryProject(["config.yaml": text])
        try check(load(.file("\(project.directory)/config.yaml")))
    }

    @Test("overlays, over files that have no references")
    func overlays() throws {
        var files = Dictionary(
            uniqueKeysWithValues: Self.sections.map { ("config/dev/\($0).yaml", $1) }
        )
        files["config/global_settings.yaml"] = "setting: below"
        let project = try TemporaryProject(files)
        try check(load(.directory(project.directory), "dev"))
    }

    @Test("the files that a descriptor names")
    func descriptor() throws {
        let paths = [
            "global_settings": "global_settings_path", "pipelines": "pipelines_config_path",
            "nodes": "nodes_config_path", "input": "input_config_path", "output": "output_config_path",
        ]
        let entries = paths.map { "\"\($1)\": \"files/\($0).yaml\"" }.joined(separator: ", ")
        var files = Dictionary(uniqueKeysWithValues: Self.sections.map { ("files/\($0).yaml", $1) })
        files["settings.json"] = "{\"env_config\": {\"base\": {\(entries)}}}"
        let project = try TemporaryProject(files)
        try check(load(.directory(project.directory)))
    }

    @Test("a file with one pipeline and its nodes")
    func pipelineFile() throws {
        let text = """
            name: p
            description: \(Self.reference)
            config: {params: {own: "${secret:TOKEN}"}}
            global_settings: \(Self.sections["global_settings"] ?? "")
            input: \(Self.sections["input"] ?? "")
            output: \(Self.sections["output"] ?? "")
            nodes: \(Self.sections["nodes"] ?? "")
            """
        let project = try TemporaryProject(["ml_pipeline.yml": text])
        try check(load(.file("\(project.directory)/ml_pipeline.yml")))
    }

    @Test("what has no value is shown in each file", arguments: ["pipelines", "nodes", "input", "output"])
    func unresolved(_ section: String) throws {
        let text = Self.sections[section]?.split(separator: "${VARIABLE}").joined(separator: "${MISSING}") ?? ""
        let project = try TemporaryProject(
            Dictionary(uniqueKeysWithValues: Self.sections.map { ("config/\($0).yaml", $0 == section ? text : $1) })
        )
        let outcome = project.load(
            dates: DateWindow(start: "2026-01-02"),
            variables: ["VARIABLE": "variable", "TOKEN": "hunter2"]
        )
        let messages = outcome.diagnostics.map {
            "\($0.location?.file.hasSuffix("/\(section).yaml") ?? false) \($0.message)"
        }
        #expect(messages == ["true `${MISSING}` has no value."])
    }
}
