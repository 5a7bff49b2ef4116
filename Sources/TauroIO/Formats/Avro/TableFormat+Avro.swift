import TauroEngine

extension TableFormat {
    /// Apache Avro's object container files.
    ///
    /// Only read. Decimals arrive as their bytes: the engine's reader does not know that logical type.
    package static let avro = TableFormat(
        .avro,
        isSplittable: false,
        keepsTypes: true,
        fileExtension: "avro",
        options: []
    )
}
