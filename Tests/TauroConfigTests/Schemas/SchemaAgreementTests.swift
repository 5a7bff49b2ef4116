import Foundation
import TauroBasics
import TauroModel
import Testing

@testable import TauroConfig

/// What the loader and a validator with our schemas think of the same documents.
@Suite("The loader and the schemas agree")
struct SchemaAgreementTests {
    /// What only the loader can know: beginnings or parts of its messages.
    private static let beyondSchemas = [
        "is not the dotted name of a function", "is not the id of an output", "is not in this version",
        "there is no file", "`input` of node `extract` has no value", "has an empty id", "has an empty name",
        "has an empty path",
        "is an empty text", "is above `max`",
        "names `a` twice", "expected the name of a node", "can not be part of a text",
    ]

    @Test("about every key in every form, spelling and with every kind of mistake")
    func everyKey() throws {
        let cases = SchemaCases.all
        let problems = try SchemaValidator().problems(cases.map { (.section($0.section), $0.document) })
        let projects = try projects()
        var accepted = 0
        var refused = 0
        for (example, problem) in zip(cases, problems) {
            let messages = try errors(example, in: try #require(projects[example.section]))
            switch (messages.isEmpty, problem) {
            case (true, nil): accepted += 1
            case (false, .some): refused += 1
            case (true, .some(let problem)):
                Issue.record("the schema refuses what loads: \(example.label): \(problem)")
            case (false, nil):
                let isKnown = messages.allSatisfy { message in Self.beyondSchemas.contains { message.contains($0) } }
                let isReference = example.document.text().contains("${NUMBER")
                #expect(isKnown || isReference, "the schema takes what does not load: \(example.label): \(messages)")
            }
        }
        #expect(accepted > 500)
        #expect(refused > 500)
    }

    /// The errors of a project with the document as one of its files.
    private func errors(_ example: SchemaCase, in project: TemporaryProject) throws -> [String] {
        let file = "\(project.directory)/config/\(example.section.rawValue).json"
        // Not the atomic way: thousands of files need not survive a crash.
        try example.document.text().write(toFile: file, atomically: false, encoding: .utf8)
        return project.load().diagnostics.filter { $0.severity == .error }.map(\.message)
    }

    /// A project for each section, with the other files it needs.
    private func projects() throws -> [ConfigSection: TemporaryProject] {
        var projects: [ConfigSection: TemporaryProject] = [:]
        for section in ConfigSection.allCases {
            var files = [
                "config/global_settings.yaml": "", "config/pipelines.yaml": "daily: {nodes: [extract]}\n",
                "config/nodes.yaml": "extract: {function: x.y}\n",
            ]
            files["config/\(section.rawValue).yaml"] = nil
            projects[section] = try TemporaryProject(files)
        }
        return projects
    }

    private static let files: [(section: ConfigSection, text: String, isGood: Bool)] = [
        (ConfigSection.nodes, #"{"nodes": {"a": {"function": "x.y"}}, "type": "hybrid"}"#, true),
        (.nodes, #"{"nodes_config": {"a": {"function": "x.y"}}}"#, true),
        (.nodes, #"{"type": "hybrid", "a": {"function": "x.y"}}"#, true),
        (.nodes, #"{"type": "hybird", "a": {"function": "x.y"}}"#, false),
        (.nodes, #"{"nodes": {"function": "x.y"}}"#, true),
        (.nodes, #"{"nodes": {"function": {"function": "x.y"}}}"#, true),
        (.nodes, #"{"nodes": {"a": {"function": "x.y"}}, "b": {"function": "x.y"}}"#, false),
        (.nodes, #"{"nodes": {"a": {}}}"#, false), (.nodes, #"{"nodes": null}"#, true), (.nodes, "null", true),
        (.nodes, "[]", false), (.nodes, #"{"a": null}"#, false), (.nodes, #"{"a": "${a:-b}"}"#, false),
        (.output, #"{"output": {"format": "csv"}}"#, true), (.output, #"{"output": null, "x": null}"#, false),
        (.output, #"{"x": null}"#, true), (.output, #"{"output_config": {"x": {"format": "csv"}}}"#, true),
        (.pipelines, #"{"pipelines": {"p": {"nodes": ["a"]}}}"#, true),
        (.pipelines, #"{"pipelines": {"nodes": ["a"]}}"#, true), (.input, #"{"raw": {"format": "csv"}}"#, false),
        (.input, #"{"raw": {"format": "csv", "path": null}}"#, false),
        (.globalSettings, #"{"global_settings": {"mine": [1]}}"#, true), (.globalSettings, #"{"mine": {}}"#, true),
        (.globalSettings, #"{"global_settings": {}, "max_workers": 3}"#, false),
        (.mlInfo, #"{"ml_info": {"hyperparameters": {"a": 1}}}"#, true),
        (.mlInfo, #"{"ml_info": {"a": 1}}"#, false),
        (.mlConfig, #"{"pipeline_name": "daily", "metrics": ["rmse"]}"#, true),
        (.nodes, #"{"$schema": "s", "x-all": {"isolation": "process"}, "a": {"function": "x.y"}}"#, true),
        (.nodes, #"{"$schema": "s", "x-all": 1, "nodes": {"x-b": 2, "a": {"function": "x.y"}}}"#, true),
        (.nodes, #"{"a": {"function": "x.y", "x-b": 1}}"#, false), (.output, #"{"$schema": "s"}"#, true),
        (.pipelines, #"{"$schema": "s", "x-p": null, "p": {"nodes": ["a"]}}"#, true),
        (.mlInfo, #"{"$schema": "s", "x-a": 1, "model_version": "v"}"#, true),
        (.globalSettings, #"{"$schema": "s", "x-mine": 1}"#, true),
    ]

    private static let pipelineFiles: [(text: String, isGood: Bool)] = [
        (#"{"name": "p", "type": "ml", "config": {"model_version": "v"}, "nodes": {"a": {"function": "x.y"}}}"#, true),
        (#"{"$schema": "s", "x-a": 1, "name": "p", "nodes": {"a": {"function": "x.y"}}, "input": {}}"#, true),
        (#"{"name": "p"}"#, false), (#"{"nodes": {"a": {"function": "x.y"}}}"#, false),
        (#"{"name": "p", "nodes": {"a": {"function": "x.y"}}, "mode": "x"}"#, false),
        (#"{"name": "p", "nodes": {"a": {}}}"#, false), (#"{"name": "p", "config": {"b": 1}, "nodes": {}}"#, false),
    ]

    @Test("about files with one pipeline")
    func pipelineFile() throws {
        let documents = try Self.pipelineFiles.map { (SchemaKind.pipeline, try JSONValue(parsing: $0.text)) }
        for (file, problem) in zip(Self.pipelineFiles, try SchemaValidator().problems(documents)) {
            let project = try TemporaryProject(["ml_pipeline.json": file.text])
            let outcome = project.loadFile("ml_pipeline.json")
            #expect((outcome.context != nil) == file.isGood, "\(file.text): \(project.text(of: outcome))")
            #expect((problem == nil) == file.isGood, "\(file.text): \(problem ?? "")")
        }
    }

    private static let descriptors: [(text: String, isGood: Bool)] = [
        (#"{"$schema": "s", "base_path": ".", "env_config": {"base": {"global_settings_path": "a.json"}}}"#, true),
        (#"{"env_config": {"base": {"global_path": "a.json"}}}"#, false), (#"{"env_config": []}"#, false),
        (#"{"base_path": 5, "env_config": {}}"#, false),
    ]

    @Test("about project descriptors")
    func descriptors() throws {
        let documents = try Self.descriptors.map { (SchemaKind.descriptor, try JSONValue(parsing: $0.text)) }
        for (file, problem) in zip(Self.descriptors, try SchemaValidator().problems(documents)) {
            let project = try TemporaryProject([
                "settings_json.json": file.text, "a.json": "{}",
            ])
            // The pipelines and nodes that each of them lacks are no matter of the descriptor itself.
            let errors = project.load().diagnostics.filter { !$0.message.hasPrefix("The project has no file") }
            #expect(errors.isEmpty == file.isGood, "\(file.text): \(errors)")
            #expect((problem == nil) == file.isGood, "\(file.text): \(problem ?? "")")
        }
    }

    @Test("about wrapped and bare files")
    func wrapping() throws {
        let documents = try Self.files.map { try JSONValue(parsing: $0.text) }
        let problems = try SchemaValidator().problems(zip(Self.files, documents).map { (.section($0.section), $1) })
        let projects = try projects()
        for ((file, document), problem) in zip(zip(Self.files, documents), problems) {
            let example = SchemaCase(section: file.section, document: document, label: file.text)
            let messages = try errors(example, in: try #require(projects[file.section]))
            #expect(messages.isEmpty == file.isGood, "\(file.text): \(messages)")
            // What a reference stands for only the loader knows.
            if file.text.contains("${") { continue }
            #expect((problem == nil) == file.isGood, "\(file.text): \(problem ?? "")")
        }
    }

    private static let singleFileProjects: [(text: String, isGood: Bool)] = [
        (#"{"global_settings": {}, "pipelines": {}, "nodes": {}}"#, true),
        (#"{"global_settings": null, "pipelines_config": {}, "nodes_config": {}, "input_config": null}"#, true),
        (#"{"global_settings": {}, "pipelines": {}}"#, false),
        (#"{"global_settings": {}, "pipelines": {}, "pipelines_config": {}, "nodes": {}}"#, false),
        (#"{"global_settings": {}, "pipelines": {}, "nodes": {}, "ml_info": {"metrics": ["rmse"]}}"#, true),
        (#"{"global_settings": {}, "pipelines": {}, "nodes": {}, "ml_inof": {}}"#, false),
        (#"{"global_settings": {}, "pipelines": {}, "nodes": {"type": "hybrid", "a": {"function": "x.y"}}}"#, true),
        (#"{"global_settings": {}, "pipelines": {}, "nodes": {"nodes": {}}}"#, false), ("{}", false),
        ("[]", false),
        (#"{"$schema": "s", "x-a": 1, "global_settings": {}, "pipelines": {}, "nodes": {"x-b": 2}}"#, true),
    ]

    @Test("about projects in one file")
    func singleFiles() throws {
        let documents = try Self.singleFileProjects.map { (SchemaKind.project, try JSONValue(parsing: $0.text)) }
        let problems = try SchemaValidator().problems(documents)
        for (file, problem) in zip(Self.singleFileProjects, problems) {
            let project = try TemporaryProject(["config.json": file.text])
            let outcome = project.loadFile("config.json")
            #expect((outcome.context != nil) == file.isGood, "\(file.text): \(project.text(of: outcome))")
            #expect((problem == nil) == file.isGood, "\(file.text): \(problem ?? "")")
        }
    }
}
