import TauroEngine

extension TableFormat {
    /// Apache Parquet: typed columns, compressed.
    ///
    /// The default of outputs.
    package static let parquet = TableFormat(
        .parquet,
        isSplittable: true,
        keepsTypes: true,
        fileExtension: "parquet",
        options: [
            FormatOption("compression", .word(words("uncompressed", "snappy", "gzip", "zstd", "lz4")), .writing),
            FormatOption("compression_level", .integer, .writing),
            FormatOption("row_group_size", .integer, .writing),
        ]
    )

    private static func words(_ words: String...) -> [(name: String, engineName: String)] { words.map { ($0, $0) } }
}
