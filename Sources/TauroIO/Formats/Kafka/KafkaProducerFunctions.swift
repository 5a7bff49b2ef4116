import CKafka
import TauroBasics

/// What sends messages, alone and in transactions.
///
/// Those that give a handle give an error, nil where there is none.
struct KafkaProducerFunctions: Sendable {
    let produce: @convention(c) (KafkaHandle?, UnsafePointer<tauro_kafka_argument>?, Int) -> KafkaHandle?
    let flush: @convention(c) (KafkaHandle?, Int32) -> Int32
    let purge: @convention(c) (KafkaHandle?, Int32) -> Int32
    let fatalError: @convention(c) (KafkaHandle?, UnsafeMutablePointer<CChar>?, Int) -> Int32
    let outstanding: @convention(c) (KafkaHandle?) -> Int32
    let initTransactions: @convention(c) (KafkaHandle?, Int32) -> KafkaHandle?
    let beginTransaction: @convention(c) (KafkaHandle?) -> KafkaHandle?
    let commitTransaction: @convention(c) (KafkaHandle?, Int32) -> KafkaHandle?
    let abortTransaction: @convention(c) (KafkaHandle?, Int32) -> KafkaHandle?
    let errorCode: @convention(c) (KafkaHandle?) -> Int32
    let errorString: @convention(c) (KafkaHandle?) -> KafkaText?
    let errorIsRetriable: @convention(c) (KafkaHandle?) -> Int32
    let destroyError: @convention(c) (KafkaHandle?) -> Void

    @inline(never)
    init(in library: DynamicLibrary) throws(DynamicLibraryError) {
        produce = try library.kafka("produceva")
        flush = try library.kafka("flush")
        purge = try library.kafka("purge")
        fatalError = try library.kafka("fatal_error")
        outstanding = try library.kafka("outq_len")
        initTransactions = try library.kafka("init_transactions")
        beginTransaction = try library.kafka("begin_transaction")
        commitTransaction = try library.kafka("commit_transaction")
        abortTransaction = try library.kafka("abort_transaction")
        errorCode = try library.kafka("error_code")
        errorString = try library.kafka("error_string")
        errorIsRetriable = try library.kafka("error_is_retriable")
        destroyError = try library.kafka("error_destroy")
    }
}
