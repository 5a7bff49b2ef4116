import CKafka
import TauroBasics

typealias KafkaHandle = OpaquePointer
typealias KafkaText = UnsafePointer<CChar>
typealias KafkaMessage = UnsafeMutablePointer<tauro_kafka_message>
typealias KafkaPartitionList = UnsafeMutablePointer<tauro_kafka_partition_list>
typealias KafkaMetadata = UnsafePointer<tauro_kafka_metadata>
typealias KafkaErrorCallback = @convention(c) (KafkaHandle?, Int32, KafkaText?, UnsafeMutableRawPointer?) -> Void
typealias KafkaReportCallback =
    @convention(c) (KafkaHandle?, UnsafePointer<tauro_kafka_message>?, UnsafeMutableRawPointer?) -> Void

/// The functions of librdkafka that this room calls, resolved once; what each does, and who frees what, is the library's
/// rule.
///
/// Immutable after `init`.
final class KafkaFunctions: Sendable {
    let consumer: KafkaConsumerFunctions
    let producer: KafkaProducerFunctions
    let admin: KafkaAdminFunctions
    let version: @convention(c) () -> KafkaText?
    let newConf: @convention(c) () -> KafkaHandle?
    let destroyConf: @convention(c) (KafkaHandle?) -> Void
    let setConf: @convention(c) (KafkaHandle?, KafkaText?, KafkaText?, UnsafeMutablePointer<CChar>?, Int) -> Int32
    let setOpaque: @convention(c) (KafkaHandle?, UnsafeMutableRawPointer?) -> Void
    let setErrorCallback: @convention(c) (KafkaHandle?, KafkaErrorCallback?) -> Void
    let setReportCallback: @convention(c) (KafkaHandle?, KafkaReportCallback?) -> Void
    let setLogCallback: @convention(c) (KafkaHandle?, UnsafeRawPointer?) -> Void
    let create: @convention(c) (Int32, KafkaHandle?, UnsafeMutablePointer<CChar>?, Int) -> KafkaHandle?
    let destroy: @convention(c) (KafkaHandle?) -> Void
    let poll: @convention(c) (KafkaHandle?, Int32) -> Int32
    let errorText: @convention(c) (Int32) -> KafkaText?
    let metadata:
        @convention(c) (KafkaHandle?, Int32, KafkaHandle?, UnsafeMutablePointer<KafkaMetadata?>?, Int32) -> Int32
    let destroyMetadata: @convention(c) (KafkaMetadata?) -> Void
    let topicName: @convention(c) (UnsafeMutableRawPointer?) -> KafkaText?

    /// Resolves every function.
    ///
    /// - Throws: `DynamicLibraryError` that names the first one the library does not have.
    @inline(never)
    init(in library: DynamicLibrary) throws(DynamicLibraryError) {
        consumer = try KafkaConsumerFunctions(in: library)
        producer = try KafkaProducerFunctions(in: library)
        admin = try KafkaAdminFunctions(in: library)
        version = try library.kafka("version_str")
        newConf = try library.kafka("conf_new")
        destroyConf = try library.kafka("conf_destroy")
        setConf = try library.kafka("conf_set")
        setOpaque = try library.kafka("conf_set_opaque")
        setErrorCallback = try library.kafka("conf_set_error_cb")
        setReportCallback = try library.kafka("conf_set_dr_msg_cb")
        setLogCallback = try library.kafka("conf_set_log_cb")
        create = try library.kafka("new")
        destroy = try library.kafka("destroy")
        poll = try library.kafka("poll")
        errorText = try library.kafka("err2str")
        metadata = try library.kafka("metadata")
        destroyMetadata = try library.kafka("metadata_destroy")
        topicName = try library.kafka("topic_name")
    }

    /// The library's words for an error.
    func words(_ error: Int32) -> String { errorText(error).map { String(cString: $0) } ?? "error \(error)" }
}

extension DynamicLibrary {
    /// The function `rd_kafka_<name>`.
    func kafka<Function>(_ name: String) throws(DynamicLibraryError) -> Function {
        try function("rd_kafka_" + name, as: Function.self)
    }
}

extension String {
    /// What a function has put into memory for a text: as far as the NUL behind it.
    init(ofC text: [CChar]) {
        self.init(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
