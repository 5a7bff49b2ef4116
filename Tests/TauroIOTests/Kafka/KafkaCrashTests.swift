import Glibc
import TauroBasics
import TauroEngine
import TauroModel
import Testing

@testable import TauroIO

/// A process that is killed at a step of a transaction, and what others read then.
@Suite struct KafkaCrashTests {
    private static let rows = "SELECT chr(97 + CAST(i AS INTEGER)) AS value FROM range(3) AS t(i)"
    private static let once: [String: ConfigValue.Content] = [
        "transactional": .bool(true), "transaction_timeout_seconds": .integer(60),
    ]

    /// Of the test's own, for what a dead process has left open hides the marks of others.
    private let own: OwnKafkaBroker

    init() throws { own = try OwnKafkaBroker() }

    @Test(arguments: KafkaStep.allCases)
    func aTransactionIsReadAsAWholeOrNotAtAll(step: KafkaStep) async throws {
        let topic = try KafkaTopic(on: own.broker)
        try topic.store("SELECT 'before' AS value", Self.once, run: 1)
        await kill(at: step, topic)
        let after = ["before", "a", "b", "c"]
        #expect(try topic.read("%s") == (step == .committed ? after : ["before"]))
        let parts = NativeParts(directories: [KafkaBroker.vendor])
        let known = try DataOutputManager(engine: RealStore.engine, writers: 1, parts: parts)
            .stored(as: topic.dataset(Self.once), by: RealStore.commit(2))
        #expect(known?.record.rows == (step == .committed ? 3 : nil))
        // The same commit again, as a resumed run does it.
        for _ in 0..<2 {
            #expect(try topic.store(Self.rows, Self.once, run: 2).rows == 3)
            #expect(try topic.read("%s") == after)
        }
        try topic.store("SELECT 'later' AS value", Self.once, run: 3)
        #expect(try topic.store(Self.rows, Self.once, run: 2).rows == 3)
        #expect(try topic.read("%s") == after + ["later"])
    }

    @Test(arguments: KafkaStep.allCases)
    func theFirstTransactionIsNoOther(step: KafkaStep) async throws {
        let topic = try KafkaTopic(on: own.broker)
        await kill(at: step, topic)
        #expect(try topic.read("%s") == (step == .committed ? ["a", "b", "c"] : []))
        #expect(try topic.store(Self.rows, Self.once, run: 2).rows == 3)
        #expect(try topic.read("%s") == ["a", "b", "c"])
    }

    /// Sends the rows in a process of its own, which is killed at a step.
    private func kill(at step: KafkaStep, _ topic: KafkaTopic) async {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [
                step = step.rawValue as String, name = topic.name as String, servers = topic.broker.servers as String
            ] in
            let parts = NativeParts(directories: [KafkaBroker.vendor])
            let driver = KafkaDriver(engine: RealStore.engine, parts: parts) { reached in
                if reached.rawValue == step { Glibc.kill(getpid(), SIGKILL) }
            }
            let place: [String: ConfigValue.Content] = [
                "topic": .string(name), "bootstrap_servers": .string(servers),
            ]
            let statement = SQLStatement(text: KafkaCrashTests.rows, tables: [])
            _ = try driver.store(
                RealStore.engine.run(statement, cancellation: CancellationToken()),
                as: KafkaTopic.dataset(place.merging(KafkaCrashTests.once) { $1 }),
                commit: CommitIdentity(runID: RealStore.run(2), node: "n"),
                cancellation: CancellationToken()
            )
        }
    }
}
