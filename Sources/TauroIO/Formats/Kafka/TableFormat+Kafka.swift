import TauroEngine

extension TableFormat {
    /// A topic of Apache Kafka: a bounded range of its messages is read, rows are appended as messages.
    package static let kafka = TableFormat(
        drivenAs: "kafka",
        isRead: true,
        isWritten: true,
        keepsTypes: false,
        options: [
            FormatOption("topic", aliases: ["subscribe"], .text, .both),
            FormatOption("bootstrap_servers", aliases: ["kafka.bootstrap.servers"], .texts, .both),
            FormatOption("value_format", .word([("raw", "raw"), ("json", "json")]), .both),
            FormatOption("timeout_seconds", .count, .both),
            FormatOption("starting_offsets", aliases: ["startingOffsets"], .textOrMap, .reading),
            FormatOption("ending_offsets", aliases: ["endingOffsets"], .textOrMap, .reading),
            FormatOption("starting_timestamp", aliases: ["startingTimestamp"], .scalar, .reading),
            FormatOption("ending_timestamp", aliases: ["endingTimestamp"], .scalar, .reading),
            FormatOption("fail_on_data_loss", aliases: ["failOnDataLoss"], .bool, .reading),
            FormatOption("include_headers", aliases: ["includeHeaders"], .bool, .reading),
            FormatOption("metadata", .bool, .reading),
            FormatOption("bad_messages", .word([("error", "error"), ("null", "null")]), .reading),
            FormatOption("key_column", .text, .writing),
            FormatOption("transactional", .bool, .writing),
            FormatOption("transactional_id", .text, .writing),
            FormatOption("transaction_timeout_seconds", .count, .writing),
            FormatOption("create_topic", .bool, .writing),
            FormatOption("partitions", .count, .writing),
            FormatOption(
                "compression",
                .word(["none", "gzip", "snappy", "lz4", "zstd"].map { (name: $0, engineName: $0) }),
                .writing
            ),
        ],
        openPrefix: KafkaProperty.prefix
    )
}
