import Foundation
import TauroBasics
import TauroData
import TauroModel
import Testing

@testable import TauroEngine
@testable import TauroIO

/// A real broker: that of `scripts/services`, or one of the test's own.
struct KafkaBroker {
    let servers: String

    init(servers: String) {
        self.servers = servers
    }

    /// The broker that tests share.
    init() throws {
        let address = ProcessInfo.processInfo.environment["TAURO_TEST_KAFKA"]
        servers = try #require(
            address,
            "no broker of Kafka: run tests with `scripts/services run swift test`, or scripts/test"
        )
    }

    static let vendor = FilePath.absolute("../../../../.tauro/vendor", from: #filePath)

    /// Runs kcat, which knows nothing of us; gives what it prints.
    @discardableResult
    func run(_ arguments: [String], input: String = "") throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/kcat")
        process.arguments = ["-b", servers, "-q"] + arguments
        let given = Pipe()
        let printed = Pipe()
        process.standardInput = given
        process.standardOutput = printed
        try process.run()
        given.fileHandleForWriting.write(Data(input.utf8))
        try given.fileHandleForWriting.close()
        let output = printed.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "kcat \(arguments.joined(separator: " "))")
        return String(decoding: output, as: UTF8.self)
    }
}

/// A topic of a test's own, and datasets that are it.
struct KafkaTopic {
    static let library = KafkaLibrary(NativeParts(directories: [KafkaBroker.vendor]))

    let broker: KafkaBroker
    let name: String

    /// Creates the topic.
    init(partitions: Int = 1, on broker: KafkaBroker? = nil) throws {
        self.broker = try broker ?? KafkaBroker()
        name = "test.\(UInt64.random(in: .min ... .max))"
        try client().createTopic(name, partitions: partitions)
    }

    func client() throws -> KafkaClient {
        var settings = KafkaSettings()
        settings.servers = broker.servers
        settings.topic = name
        return try KafkaClient.reader(Self.library.functions(), settings, of: "t")
    }

    /// Sends a line each with kcat, to one partition.
    func write(_ lines: String..., partition: Int = 0, more: [String] = []) throws {
        let process = ["-P", "-t", name, "-p", "\(partition)", "-Z"] + more
        try broker.run(process, input: lines.map { "\($0)\n" }.joined())
    }

    func dataset(
        _ options: [String: ConfigValue.Content] = [:],
        columns: [(String, String)] = []
    ) -> DatasetDefinition {
        KafkaTopic.dataset(
            ["topic": .string(name), "bootstrap_servers": .string(broker.servers)].merging(options) { $1 },
            columns: columns
        )
    }

    static func dataset(
        _ options: [String: ConfigValue.Content],
        columns: [(String, String)] = []
    ) -> DatasetDefinition {
        let place = SourceLocation(file: "input.yaml", line: 1, column: 1)
        return DatasetDefinition(
            id: "t",
            format: Located("kafka"),
            path: Located(""),
            options: options.mapValues { ConfigValue($0, at: place) },
            columns: columns.map { DatasetDefinition.Column(name: $0.0, type: $0.1) },
            writeMode: .append
        )
    }

    /// The dataset's rows, opened once.
    func frame(_ dataset: DatasetDefinition) throws -> Frame {
        let loader = InputLoader(engine: RealStore.engine, parts: NativeParts(directories: [KafkaBroker.vendor]))
        guard case .frame(let frame) = try loader.load(dataset, as: .frame, dates: DateWindow()) else {
            throw DatasetError(.unreadable, "no frame")
        }
        return frame
    }

    /// What a query over the dataset `t` gives, a text a row.
    func rows(_ dataset: DatasetDefinition, _ query: String = "SELECT CAST(t AS VARCHAR) FROM t") throws -> [String] {
        try KafkaTopic.texts(frame(dataset), query)
    }

    static func texts(_ frame: Frame, _ query: String) throws -> [String] {
        let statement = SQLStatement(text: query, tables: [("t", frame)])
        let stream = try RealStore.engine.run(statement, cancellation: CancellationToken()).stream()
        var texts: [String] = []
        while let batch = try stream.next() {
            texts += try batch.column(at: 0).values(as: String.self).map { $0 ?? "NULL" }
        }
        return texts
    }

    /// Stores the rows of a query.
    @discardableResult
    func store(
        _ query: String,
        _ options: [String: ConfigValue.Content] = [:],
        run: Int = 1,
        dataset: DatasetDefinition? = nil,
        cancellation: CancellationToken = CancellationToken()
    ) throws -> OutputRecord {
        let statement = SQLStatement(text: query, tables: [])
        let frame = try RealStore.engine.run(statement, cancellation: CancellationToken())
        let parts = NativeParts(directories: [KafkaBroker.vendor])
        return try DataOutputManager(engine: RealStore.engine, writers: 2, parts: parts).store(
            .frame(frame),
            as: dataset ?? self.dataset(options),
            commit: CommitIdentity(runID: RealStore.run(run), node: "n"),
            cancellation: cancellation
        ).record
    }

    /// All messages as kcat prints them in a format of its own.
    func read(_ format: String, more: String...) throws -> [String] {
        let output = try broker.run(["-C", "-e", "-t", name, "-f", format + "\n"] + more)
        return output.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    }

    /// The message of the error that `body` throws, or nothing.
    static func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return ""
        } catch {
            return "\(error)"
        }
    }
}
