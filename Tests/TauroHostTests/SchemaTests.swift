import Foundation
import Testing

/// What `tauro-host schema` prints, and that a validator takes the projects we ship by it.
@Suite struct SchemaTests {
    private func snapshot(
        _ name: String,
        _ arguments: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let result = try HostProcess.run(["schema"] + arguments)
        try Snapshot.check(name, result, replacing: [:], sourceLocation: sourceLocation)
    }

    @Test func schemaOfInputs() throws { try snapshot("schema-input", ["input"]) }

    @Test func schemaOfFilesOfAnEnvironment() throws { try snapshot("schema-input-overlay", ["input", "--overlay"]) }

    @Test func unknownKind() throws { try snapshot("schema-unknown", ["nodse"]) }

    @Test func nothingAskedFor() throws { try snapshot("schema-nothing", []) }

    /// The page in the documentation is what the program says of itself.
    @Test func referencePage() throws {
        let path = Checkout.root + "/Sources/TauroRuntime/TauroRuntime.docc/ConfigurationReference.md"
        let result = try HostProcess.run(["schema", "--markdown"])
        #expect(result.status == 0)
        if ProcessInfo.processInfo.environment["TAURO_RECORD_SNAPSHOTS"] == "1" {
            try result.output.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let page = try String(contentsOfFile: path, encoding: .utf8)
        #expect(page == result.output, "to write it anew: tauro-host schema --markdown > \(path)")
    }

    @Test func directoryThatCanNotBeMade() throws {
        let scratch = try Scratch()
        try scratch.write("", to: "file")
        let result = try HostProcess.run(["schema", "--all", scratch.file("file/schemas")])
        try Snapshot.check("schema-no-directory", result, replacing: [scratch.path: "<scratch>"])
    }

    /// Every file of the sample project and of the projects below, by the schemas that `--all` writes.
    @Test func goodProjectsAreTaken() throws {
        let scratch = try Scratch()
        try scratch.write(SchemaTests.singleFile, to: "config.yaml")
        for (name, text) in SchemaTests.mlFiles { try scratch.write(text, to: name) }
        var cases = [("project", scratch.file("config.yaml"))]
        cases += SchemaTests.mlFiles.map { name, _ in (String(name.prefix { $0 != "." }), scratch.file(name)) }
        let flights = Checkout.flights + "/config"
        for file in try FileManager.default.contentsOfDirectory(atPath: flights).sorted() {
            cases.append((String(file.prefix { $0 != "." }), "\(flights)/\(file)"))
        }
        #expect(cases.count == 8)
        for (file, verdict) in zip(cases, try verdicts(cases, in: scratch)) { #expect(verdict == nil, "\(file)") }
    }

    /// One mistake in a good file each; the line `# yaml-language-server: …` above it changes nothing.
    @Test func brokenProjectsAreRefused() throws {
        let scratch = try Scratch()
        var cases: [(String, String)] = []
        for (number, (good, broken)) in SchemaTests.mistakes.enumerated() {
            #expect(SchemaTests.singleFile.contains(good))
            let text = SchemaTests.singleFile.replacingOccurrences(of: good, with: broken)
            try scratch.write(text, to: "\(number).yaml")
            cases.append(("project", scratch.file("\(number).yaml")))
        }
        for (mistake, verdict) in zip(SchemaTests.mistakes, try verdicts(cases, in: scratch)) {
            #expect(verdict != nil, "\(mistake)")
        }
    }

    /// For each file the validator's complaint, or nil.
    private func verdicts(_ cases: [(kind: String, file: String)], in scratch: Scratch) throws -> [String?] {
        let written = try HostProcess.run(["schema", "--all", scratch.file("schemas")])
        #expect(written.status == 0, "\(written.errors)")
        #expect(written.output.split(separator: "\n").count == 10)
        let list = try JSONSerialization.data(withJSONObject: cases.map { ["kind": $0.kind, "file": $0.file] })
        try scratch.write(String(decoding: list, as: UTF8.self), to: "cases.json")
        let result = try HostProcess.start(
            "/bin/sh",
            ["-c", "exec \"$0\" \"$1\" \"$2\" < \"$3\"", Checkout.root + "/scripts/python"]
                + [
                    Checkout.root + "/scripts/schema.d/validate.py", scratch.file("schemas"),
                    scratch.file("cases.json"),
                ]
        )
        let answer = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [Any]
        return try #require(answer, "\(result.errors)").map { $0 as? String }
    }

    private static let singleFile = """
        # yaml-language-server: $schema=schemas/project.schema.json
        global_settings:
          output_path: ${OUT:-out}
          start_date: 2025-01-01
          max_workers: 2
          mine: {anything: [goes]}
        pipelines:
          daily:
            nodes: [load, watch: {}]
            config: {hyperparams: {rate: 0.1}, metrics: [rmse]}
        nodes_config:
          type: hybrid
          load: &load
            function: shop.load
            input: [raw]
            output: bronze.orders
            isolation: process
            timeout_seconds: ${LIMIT:-30}
            worker_memory_limit: 512 MiB
          watch:
            <<: *load
            depends_on: load
            output: {format: delta, path: out/watch}
            streaming:
              trigger: {type: continuous, interval: 10 seconds}
        input:
          raw: {format: csv, path: "${input_path}/raw.csv", schema: {id: BIGINT}}
        output:
          bronze.orders: {write_mode: error}
          gold.orders:
        """

    private static let mistakes = [
        ("function: shop.load", "functoin: shop.load"), ("format: csv", "format: [csv]"),
        ("isolation: process", "isolation: processs"), ("max_workers: 2", "max_workers: two"),
        ("nodes: [load", "nodes: [null"), ("interval: 10 seconds", "interval: 10s"),
        ("write_mode: error", "write_mode: merge"), ("pipelines:", "pipelinse:"),
        ("start_date: 2025-01-01", "start_date: 1 January"), ("schema: {id: BIGINT}", "schema: {id: 5}"),
        ("depends_on: load", "depends_on: load\n    dependencies: load"),
    ]

    private static let mlFiles = [
        (
            "ml_info.yaml",
            """
            mlops:
              enabled: true
              backend: databricks
              experiment: {name: churn}
              model_registry: {catalog: main, schema: models}
              tracking: {catalog: main, schema: runs}
              auto_log: true
            hyperparameters: {learning_rate: 0.01, max_depth: 6}
            tags: {team: data}
            """
        ),
        (
            "ml_config.yml",
            """
            pipeline_name: training
            pipeline_type: BATCH
            model_version: v1.0.0
            hyperparams: {learning_rate: 0.01}
            metrics:
              - accuracy
            tags: {team: data}
            """
        ),
    ]
}
