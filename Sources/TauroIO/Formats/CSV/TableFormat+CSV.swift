import TauroEngine

extension TableFormat {
    /// Text with separators.
    ///
    /// Read with a header and inferred types unless said otherwise; written with a header.
    package static let csv = TableFormat(
        .csv,
        isSplittable: false,
        keepsTypes: false,
        fileExtension: "csv",
        options: [
            FormatOption("header", .bool, .both),
            FormatOption("delimiter", aliases: ["sep", "separator"], .text, .both),
            FormatOption("quote", .text, .both),
            FormatOption("escape", .text, .both),
            FormatOption("null_values", aliases: ["null_value", "nullValue"], .texts, .reading, engineName: "nullstr"),
            FormatOption("null_text", .text, .writing, engineName: "nullstr"),
            FormatOption("encoding", .text, .reading),
            FormatOption("skip", .integer, .reading),
            FormatOption("comment", .text, .reading),
            FormatOption("decimal_separator", .text, .reading),
            FormatOption("date_format", aliases: ["dateformat", "dateFormat"], .text, .both, engineName: "dateformat"),
            FormatOption(
                "timestamp_format",
                aliases: ["timestampformat", "timestampFormat"],
                .text,
                .both,
                engineName: "timestampformat"
            ),
            FormatOption("quote_all", aliases: ["force_quote", "quoteAll"], .bool, .writing),
            .textCompression,
        ]
    )
}
