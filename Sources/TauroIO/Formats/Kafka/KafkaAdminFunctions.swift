import CKafka
import TauroBasics

/// What creates topics.
struct KafkaAdminFunctions: Sendable {
    let newTopic: @convention(c) (KafkaText?, Int32, Int32, UnsafeMutablePointer<CChar>?, Int) -> KafkaHandle?
    let destroyTopic: @convention(c) (KafkaHandle?) -> Void
    let setTopicConfig: @convention(c) (KafkaHandle?, KafkaText?, KafkaText?) -> Int32
    let createTopics:
        @convention(c) (KafkaHandle?, UnsafeMutablePointer<KafkaHandle?>?, Int, KafkaHandle?, KafkaHandle?) -> Void
    let newQueue: @convention(c) (KafkaHandle?) -> KafkaHandle?
    let destroyQueue: @convention(c) (KafkaHandle?) -> Void
    let pollQueue: @convention(c) (KafkaHandle?, Int32) -> KafkaHandle?
    let destroyEvent: @convention(c) (KafkaHandle?) -> Void
    let eventError: @convention(c) (KafkaHandle?) -> Int32
    let eventErrorString: @convention(c) (KafkaHandle?) -> KafkaText?
    let createTopicsResult: @convention(c) (KafkaHandle?) -> KafkaHandle?
    let resultTopics: @convention(c) (KafkaHandle?, UnsafeMutablePointer<Int>?) -> UnsafePointer<KafkaHandle?>?
    let topicError: @convention(c) (KafkaHandle?) -> Int32
    let topicErrorString: @convention(c) (KafkaHandle?) -> KafkaText?

    @inline(never)
    init(in library: DynamicLibrary) throws(DynamicLibraryError) {
        newTopic = try library.kafka("NewTopic_new")
        destroyTopic = try library.kafka("NewTopic_destroy")
        setTopicConfig = try library.kafka("NewTopic_set_config")
        createTopics = try library.kafka("CreateTopics")
        newQueue = try library.kafka("queue_new")
        destroyQueue = try library.kafka("queue_destroy")
        pollQueue = try library.kafka("queue_poll")
        destroyEvent = try library.kafka("event_destroy")
        eventError = try library.kafka("event_error")
        eventErrorString = try library.kafka("event_error_string")
        createTopicsResult = try library.kafka("event_CreateTopics_result")
        resultTopics = try library.kafka("CreateTopics_result_topics")
        topicError = try library.kafka("topic_result_error")
        topicErrorString = try library.kafka("topic_result_error_string")
    }
}
