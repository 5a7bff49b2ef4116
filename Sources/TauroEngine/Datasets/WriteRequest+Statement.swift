import TauroModel

extension WriteRequest {
    private static let csvOptions: [String: (name: String, kind: BulkOption.Kind)] = [
        "delimiter": ("DELIMITER", .string), "quote": ("QUOTE", .string), "escape": ("ESCAPE", .string),
        "header": ("HEADER", .bool), "nullstr": ("NULLSTR", .string),
    ]
    private static let parquetOptions: [String: (name: String, kind: BulkOption.Kind)] = [
        "compression": ("COMPRESSION", .string), "row_group_size": ("ROW_GROUP_SIZE", .integer),
    ]

    /// The `COPY` that writes all rows of a table.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for an option that can not be.
    func statement(from table: String) throws(SQLError) -> String {
        let arguments = ["FORMAT \(format.rawValue)"] + (try writerArguments())
        return "COPY (SELECT * FROM \(identifier(table))) TO \(literal(file)) (\(arguments.joined(separator: ", ")))"
    }

    private func writerArguments() throws(SQLError) -> [String] {
        switch format {
        case .csv:
            let header = options["header"] == nil ? ["HEADER true"] : []
            return header + (try options.arguments(WriteRequest.csvOptions, of: format, separator: " "))
        case .json: return try options.jsonLayout(of: format).map { ["ARRAY \($0)"] } ?? []
        case .parquet: return try options.arguments(WriteRequest.parquetOptions, of: format, separator: " ")
        }
    }
}
