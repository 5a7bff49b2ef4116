import TauroEngine

extension TableFormat {
    /// Apache Arrow's IPC files; streams are read too.
    package static let arrow = TableFormat(
        .arrow,
        isSplittable: true,
        keepsTypes: true,
        fileExtension: "arrow",
        options: arrowOptions
    )

    /// The same files under their other name, Feather of version 2.
    package static let feather = TableFormat(
        .arrow,
        name: "feather",
        isSplittable: true,
        keepsTypes: true,
        fileExtension: "feather",
        options: arrowOptions
    )

    private static let arrowOptions = [
        FormatOption("compression", .word(["uncompressed", "lz4", "zstd"].map { ($0, $0) }), .writing)
    ]
}
