import TauroEngine

extension TableFormat {
    /// Apache ORC: typed columns, compressed, in stripes.
    package static let orc = TableFormat(
        .orc,
        isSplittable: true,
        keepsTypes: true,
        fileExtension: "orc",
        options: [
            FormatOption(
                "compression",
                .word(["uncompressed", "zlib", "snappy", "lz4", "zstd"].map { ($0, $0) }),
                .writing
            ),
            FormatOption("stripe_size", .count, .writing),
        ]
    )
}
