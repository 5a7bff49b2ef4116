import TauroEngine

extension TableFormat {
    /// One object a line, or one array of objects.
    ///
    /// Read as whichever it is; written as lines unless said otherwise.
    package static let json = TableFormat(
        .json,
        isSplittable: false,
        keepsTypes: false,
        fileExtension: "json",
        options: [
            FormatOption("layout", .word([("lines", "newline"), ("array", "array")]), .both, engineName: "format"),
            .textCompression,
        ]
    )
}
