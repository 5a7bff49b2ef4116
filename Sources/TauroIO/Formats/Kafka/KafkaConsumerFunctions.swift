import CKafka
import TauroBasics

/// What reads messages and looks for offsets.
struct KafkaConsumerFunctions: Sendable {
    let newList: @convention(c) (Int32) -> KafkaPartitionList?
    let destroyList: @convention(c) (KafkaPartitionList?) -> Void
    let addToList:
        @convention(c) (KafkaPartitionList?, KafkaText?, Int32) -> UnsafeMutablePointer<tauro_kafka_partition_offset>?
    let offsetsForTimes: @convention(c) (KafkaHandle?, KafkaPartitionList?, Int32) -> Int32
    let newTopic: @convention(c) (KafkaHandle?, KafkaText?, KafkaHandle?) -> KafkaHandle?
    let destroyTopic: @convention(c) (KafkaHandle?) -> Void
    let start: @convention(c) (KafkaHandle?, Int32, Int64) -> Int32
    let stop: @convention(c) (KafkaHandle?, Int32) -> Int32
    let consume: @convention(c) (KafkaHandle?, Int32, Int32) -> KafkaMessage?
    let lastError: @convention(c) () -> Int32
    let destroyMessage: @convention(c) (KafkaMessage?) -> Void
    let timestamp: @convention(c) (KafkaMessage?, UnsafeMutablePointer<Int32>?) -> Int64
    let headers: @convention(c) (KafkaMessage?, UnsafeMutablePointer<KafkaHandle?>?) -> Int32
    let header:
        @convention(c) (
            KafkaHandle?, Int, UnsafeMutablePointer<KafkaText?>?, UnsafeMutablePointer<UnsafeRawPointer?>?,
            UnsafeMutablePointer<Int>?
        ) -> Int32

    @inline(never)
    init(in library: DynamicLibrary) throws(DynamicLibraryError) {
        newList = try library.kafka("topic_partition_list_new")
        destroyList = try library.kafka("topic_partition_list_destroy")
        addToList = try library.kafka("topic_partition_list_add")
        offsetsForTimes = try library.kafka("offsets_for_times")
        newTopic = try library.kafka("topic_new")
        destroyTopic = try library.kafka("topic_destroy")
        start = try library.kafka("consume_start")
        stop = try library.kafka("consume_stop")
        consume = try library.kafka("consume")
        lastError = try library.kafka("last_error")
        destroyMessage = try library.kafka("message_destroy")
        timestamp = try library.kafka("message_timestamp")
        headers = try library.kafka("message_headers")
        header = try library.kafka("header_get_all")
    }
}
