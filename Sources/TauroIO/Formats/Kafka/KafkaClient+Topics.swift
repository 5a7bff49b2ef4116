import CKafka
import TauroBasics
import TauroModel

extension KafkaClient {
    /// The numbers of a topic's partitions, in order.
    ///
    /// - Throws: `DatasetError` with the code `.notFound` that names the nearest topics; `ResourceError`.
    func partitions(of topic: String) throws -> [Int32] {
        let topics = try topics()
        if let partitions = topics[topic], !partitions.isEmpty { return partitions }
        let visible = topics.keys.filter { !$0.hasPrefix("__") }.sorted()
        let near = NearestName.nearestFew(to: topic, in: visible)
        let hint =
            near.isEmpty
            ? "; topics: \(visible.isEmpty ? "none" : visible.prefix(12).joined(separator: ", "))"
            : "; did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
        throw failure(.notFound, "there is no topic '\(topic)' at \(settings.servers)\(hint)")
    }

    /// The partitions of every topic; asks for all, so that asking creates none.
    func topics() throws -> [String: [Int32]] {
        var found: KafkaMetadata?
        let error = try answer { functions.metadata(handle, 1, nil, &found, $0) }
        guard error == 0, let found else {
            throw failure(.unreadable, "the topics at \(settings.servers) can not be listed: \(functions.words(error))")
        }
        defer { functions.destroyMetadata(found) }
        var topics: [String: [Int32]] = [:]
        for index in 0..<Int(found.pointee.topic_count) {
            let topic = found.pointee.topics[index]
            let partitions = (0..<Int(topic.partition_count)).map { topic.partitions[$0].identifier }
            topics[String(cString: topic.name)] = partitions.sorted()
        }
        return topics
    }

    /// The first offset of a partition that can be read, and the one after the last.
    ///
    /// With `read_committed`, as it is unless said otherwise, what transactions have not committed is beyond the last.
    /// Asked as a search by time is: librdkafka's call that is meant for it waits without end for a broker that is gone,
    /// before version 2.3.
    func available(_ topic: String, _ partition: Int32) throws -> Range<Int64> {
        let low = try search(topic, partition, for: .first)
        let high = try search(topic, partition, for: .afterLast)
        return low..<max(low, high)
    }

    /// The offset of the first message of a moment or after it; nil where there is none.
    func offset(_ topic: String, _ partition: Int32, from milliseconds: Int64) throws -> Int64? {
        let offset = try search(topic, partition, for: .moment(milliseconds))
        return offset >= 0 ? offset : nil
    }

    /// What a broker is asked for: `ListOffsets` of Kafka's protocol has two numbers that are no moments.
    private enum Sought {
        case first
        case afterLast
        /// Milliseconds since 1970.
        case moment(Int64)

        var timestamp: Int64 {
            switch self {
            case .first: -2
            case .afterLast: -1
            case .moment(let milliseconds): max(0, milliseconds)
            }
        }

        var failure: String {
            if case .moment = self { return "can not be searched by time" }
            return "does not say which offsets it has"
        }
    }

    private func search(_ topic: String, _ partition: Int32, for sought: Sought) throws -> Int64 {
        let list = functions.consumer.newList(1)
        defer { functions.consumer.destroyList(list) }
        let element = functions.consumer.addToList(list, topic, partition)
        let error = try answer { time in
            element?.pointee.offset = sought.timestamp
            let error = functions.consumer.offsetsForTimes(handle, list, time)
            return error == 0 ? element?.pointee.error ?? 0 : error
        }
        guard error == 0, let offset = element?.pointee.offset else {
            throw failure(
                .unreadable,
                "partition \(partition) of topic '\(topic)' \(sought.failure): \(functions.words(error))"
            )
        }
        return offset
    }

    /// Creates a topic unless there is one; `partitions` nil is the broker's own number.
    func createTopic(_ topic: String, partitions: Int?, properties: [(String, String)] = []) throws {
        let admin = functions.admin
        var reason = [CChar](repeating: 0, count: 512)
        var new = admin.newTopic(topic, Int32(clamping: partitions ?? -1), -1, &reason, reason.count)
        guard new != nil else {
            throw failure(.unwritable, "the topic '\(topic)' can not be created: \(String(ofC: reason))")
        }
        defer { admin.destroyTopic(new) }
        for (name, value) in properties { _ = admin.setTopicConfig(new, name, value) }
        let queue = admin.newQueue(handle)
        defer { admin.destroyQueue(queue) }
        admin.createTopics(handle, &new, 1, nil, queue)
        guard let event = admin.pollQueue(queue, Int32(settings.timeout * 1000)) else { throw unreachable() }
        defer { admin.destroyEvent(event) }
        var error = admin.eventError(event)
        var words = admin.eventErrorString(event)
        var count = 0
        if error == 0, let results = admin.resultTopics(admin.createTopicsResult(event), &count), count > 0 {
            error = admin.topicError(results[0])
            words = admin.topicErrorString(results[0])
        }
        guard error == 0 || error == TAURO_KAFKA_TOPIC_EXISTS else {
            let text = words.map { String(cString: $0) } ?? functions.words(error)
            throw failure(.unwritable, "the topic '\(topic)' can not be created: \(text)")
        }
        let deadline = deadline()
        while try topics()[topic]?.isEmpty ?? true {
            if isOver(deadline) { throw unreachable() }
            poll(milliseconds: 50)
        }
    }
}
