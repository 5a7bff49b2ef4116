import Foundation
import Testing

/// Pipelines from topics to topics and files, beside kcat.
@Suite struct KafkaTests {
    private let servers: String
    private let topic = "host.\(UInt64.random(in: .min ... .max))"

    init() throws {
        servers = try #require(
            ProcessInfo.processInfo.environment["TAURO_TEST_KAFKA"],
            "no broker of Kafka: run tests with `scripts/services run swift test`, or scripts/test"
        )
    }

    private func project(_ options: String = "", output: String = "") throws -> TestProject {
        let place = "format: kafka, bootstrap_servers: \"\(servers)\", topic: \(topic)"
        let project = try TestProject(
            nodes: "pass: {function: t.pass, input: [numbers], output: sent}\n"
                + "total: {function: t.total, input: [sent], output: gold.total}\n",
            pipeline: ["pass", "total"],
            input: "numbers: {\(place), schema: {n: BIGINT}, options: {value_format: json\(options)}}\n",
            output: "sent: {\(place).out, \(output) options: {value_format: json, key_column: n, create_topic: true,"
                + " transactional: true}}\n"
        )
        try project.plugin()
        return project
    }

    /// Lets kcat send lines, which creates the topic.
    private func send(_ lines: String..., in project: TestProject) throws {
        try project.scratch.write(lines.map { $0 + "\n" }.joined(), to: "lines")
        let sent = try HostProcess.start(
            "/usr/bin/kcat",
            ["-P", "-b", servers, "-t", topic, "-l", project.scratch.file("lines")]
        )
        try #require(sent.status == 0, "\(sent.errors)")
    }

    @Test func aTopicBecomesATopicAndAFile() throws {
        let project = try project()
        try send(#"{"n": 1}"#, #"{"n": 41}"#, in: project)
        let run = try project.host("run", "p", "--format", "json")
        try #require(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("kafka://\(servers)/\(topic).out"))
        let read = try HostProcess.start(
            "/usr/bin/kcat",
            ["-C", "-e", "-q", "-b", servers, "-t", topic + ".out", "-f", "%k=%s\n"]
        )
        #expect(read.output == "1={\"n\":1}\n41={\"n\":41}\n")
        #expect(try project.host("datasets", "preview", "gold.total").output.contains("42"))
        #expect(try project.host("datasets", "preview", "sent").output.contains("41"))
    }

    @Test func peopleSeeWhatATopicHolds() throws {
        let project = try project(", metadata: true")
        try send(#"{"n": 1}"#, #"{"n": 41}"#, in: project)
        let preview = try project.host("datasets", "preview", "numbers", "--limit", "1")
        #expect(preview.status == 0 && preview.errors.contains("1 row shown"), "\(preview)")
        let schema = try project.host("datasets", "schema", "numbers")
        #expect(schema.output.contains("_offset") && schema.output.contains("int64"), "\(schema)")
        let profile = try project.host("datasets", "profile", "numbers")
        #expect(profile.status == 0 && profile.output.contains("41"), "\(profile)")
        let list = try project.host("datasets", "list")
        #expect(list.status == 0 && list.output.contains("kafka"), "\(list)")
    }

    @Test func aTopicThatIsNotThereIsFoundBeforeTheRun() throws {
        let project = try project()
        let run = try project.host("run", "p")
        #expect(run.status == 2 && run.errors.contains("there is no topic '\(topic)'"), "\(run)")
        #expect(run.errors.contains("input.yaml:1:1"), "\(run.errors)")
    }

    @Test func aTopicIsNeverOverwritten() throws {
        let project = try project(output: "write_mode: overwrite,")
        try send(#"{"n": 1}"#, in: project)
        let run = try project.host("validate", "p")
        #expect(run.status == 2 && run.errors.contains("a topic can only be appended to"), "\(run)")
    }

    @Test func passwordsAreNeverPrinted() throws {
        let project = try project(
            ", timeout_seconds: 1, kafka.security.protocol: SASL_PLAINTEXT, kafka.sasl.password: hunter2"
        )
        let run = try project.host("run", "p")
        #expect(run.status != 0 && !(run.errors + run.output).contains("hunter2"), "\(run)")
    }
}
