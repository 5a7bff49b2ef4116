import TauroBasics
import TauroModel
import Testing

@testable import TauroIO

/// What a resumed run finds out about messages that it sent.
@Suite struct KafkaResumeTests {
    private static let once: [String: ConfigValue.Content] = [
        "transactional": .bool(true), "transaction_timeout_seconds": .integer(60),
    ]

    private let manager = DataOutputManager(
        engine: RealStore.engine,
        writers: 1,
        parts: NativeParts(directories: [KafkaBroker.vendor])
    )

    private func store(_ text: String, as dataset: DatasetDefinition, generation: Int = 1) throws -> StoredOutput {
        try manager.store(
            .frame(RealStore.frame("SELECT '\(text)' AS value")),
            as: dataset,
            commit: RealStore.commit(generation: generation),
            cancellation: CancellationToken()
        )
    }

    @Test func aTransactionIsKnownAndNotTakenBack() throws {
        let own = try OwnKafkaBroker()
        let topic = try KafkaTopic(on: own.broker)
        let dataset = topic.dataset(Self.once)
        #expect(try manager.stored(as: dataset, by: RealStore.commit()) == nil)
        let output = try store("a", as: dataset)
        #expect(output.record.rows == 1 && output.seal == .commit)
        #expect(try manager.stored(as: dataset, by: RealStore.commit()) == output)
        #expect(try manager.stored(as: dataset, by: RealStore.commit(2)) == nil)
        #expect(try manager.trouble(with: output, of: dataset, commit: RealStore.commit()) == nil)
        let trouble = try manager.trouble(with: output, of: dataset, commit: RealStore.commit(2))
        #expect(trouble == "its mark in the topic tauro_commits is gone")
        #expect(try store("b", as: dataset) == output)
        let obstacle = try #require(manager.obstacle(toReplacing: dataset))
        #expect(obstacle.contains("can not be taken back") && obstacle.contains("begin a new run"))
        do {
            _ = try store("c", as: dataset, generation: 2)
            Issue.record("messages were sent twice")
        } catch let error as DatasetError {
            #expect(error.message == obstacle)
        }
        #expect(try topic.read("%s") == ["a"])
    }

    @Test func whatIsSentWithoutATransactionCanNotBeKnown() throws {
        let topic = try KafkaTopic()
        let dataset = topic.dataset()
        let output = try store("a", as: dataset)
        #expect(output.record.rows == 1 && output.seal == .none)
        #expect(try manager.stored(as: dataset, by: RealStore.commit()) == nil)
        #expect(try manager.trouble(with: output, of: dataset, commit: RealStore.commit()) == nil)
        #expect(try manager.restore(output, of: dataset, commit: RealStore.commit()) == nil)
        #expect(manager.obstacle(toReplacing: dataset) != nil)
    }
}
