import TauroBasics

extension ConfigKeySet {
    /// The keys of `streaming`.
    package static let streaming = ConfigKeySet(
        "`streaming`",
        [
            triggerKey,
            outputModeKey,
            checkpointKey,
            queryNameKey,
            watermarkKey,
            ConfigKey("options", .map, "Further options of the query."),
            ConfigKey(
                "max_concurrent_queries",
                .wholeNumber(atLeast: 1),
                "How many queries of a pipeline may run at once."
            ),
        ]
    )

    /// The keys of a streaming node's `input`.
    package static let streamInput = ConfigKeySet(
        "`input` of a streaming node",
        [
            ConfigKey("format", .text, presence: .required, "The format's name, for example `kafka`."),
            ConfigKey("path", .text, aliases: ["filepath"], "Where it is, for formats that are files."),
            ConfigKey("options", .map, "Options of the format."),
            watermarkKey,
            ConfigKey("parse_json", .flag, default: false, "Whether its values are JSON that becomes columns."),
            ConfigKey(
                "json_schema",
                .text,
                "The columns of that JSON with their types, for example `id INT, name STRING`."
            ),
        ]
    )

    /// The keys of a streaming node's `output`.
    package static let streamOutput = ConfigKeySet(
        "`output` of a streaming node",
        [
            ConfigKey("format", .text, presence: .required, "The format's name, for example `delta`."),
            ConfigKey("path", .text, aliases: ["filepath"], "Where it is stored, for formats that are files."),
            ConfigKey("options", .map, "Options of the format."),
            outputModeKey,
            triggerKey,
            checkpointKey,
            queryNameKey,
            ConfigKey(
                "partition",
                .texts,
                aliases: ["partition_by", "partitionBy"],
                "The columns that divide it into directories."
            ),
        ]
    )

    private static let triggerKey = ConfigKey("trigger", .keys(trigger), "When a query looks for new data.")
    private static let outputModeKey = ConfigKey(
        "output_mode",
        .word(["append", "update", "complete"]),
        aliases: ["outputMode"],
        default: "append",
        "Which rows of the result are written each time: new ones, changed ones, or all."
    )
    private static let checkpointKey = ConfigKey(
        "checkpoint_location",
        .text,
        aliases: ["checkpointLocation"],
        "Where the query keeps its progress."
    )
    private static let queryNameKey = ConfigKey("query_name", .text, aliases: ["queryName"], "The query's name.")
    private static let watermarkKey = ConfigKey("watermark", .keys(watermark), "How late data may be.")

    /// The keys of `trigger`.
    private static let trigger = ConfigKeySet(
        "`trigger`",
        [
            ConfigKey(
                "type",
                .word(["processing_time", "continuous", "once", "available_now"]),
                default: "processing_time",
                "What starts the work: a clock, the data itself, or once for all data there is."
            ),
            ConfigKey(
                "interval",
                .interval(.trigger),
                presence: .requiredUnless("type", is: ["once", "available_now"]),
                "How often that is, for example `10 seconds`."
            ),
        ]
    )

    /// The keys of `watermark`.
    private static let watermark = ConfigKeySet(
        "`watermark`",
        [
            ConfigKey("column", .text, presence: .required, "The column that says when something happened."),
            ConfigKey(
                "delay",
                .interval(.watermark),
                presence: .required,
                "How long late data is waited for, for example `10 seconds`."
            ),
        ]
    )
}
