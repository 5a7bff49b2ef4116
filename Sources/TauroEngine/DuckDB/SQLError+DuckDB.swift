import TauroModel

extension SQLError {
    static let cancelled = SQLError(.cancelled, "the query was interrupted, because its run was cancelled")

    /// An error of DuckDB, sorted by the kind its text begins with, without the parts that do not help.
    init(duckDB text: UnsafePointer<CChar>?) {
        self.init(duckDB: text.map { String(cString: $0) } ?? "DuckDB failed without saying why")
    }

    init(duckDB text: String) {
        if let told = text.firstRange(of: FrameScan.failureMark) {
            self.init(.io, String(text[told.upperBound...]))
            return
        }
        // What failed before it is the reason, and stands behind it.
        if let lead = text.firstRange(of: "closed pending query result\nError: ") {
            self.init(duckDB: String(text[lead.upperBound...]))
            return
        }
        let kind = text.prefix { $0 != ":" }
        let isBrokenFile = ["CSV Error on Line", "Malformed JSON", "JSON transform error", "Error when sniffing file"]
            .contains { text.contains($0) }
        let code: Code =
            switch kind {
            case _ where isBrokenFile: .io
            case "INTERRUPT Error", "Interrupt Error": .cancelled
            case "Out of Memory Error": .outOfMemory
            case "IO Error", "HTTP Error", "Permission Error", "Serialization Error": .io
            case "Not implemented Error": .unsupported
            case "Parser Error", "Syntax Error", "Binder Error", "Catalog Error", "Conversion Error",
                "Invalid Input Error", "Out of Range Error", "Constraint Error", "Mismatch Type Error",
                "Invalid type Error":
                .invalid
            default: .failed
            }
        self =
            switch code {
            case .cancelled: .cancelled
            case .outOfMemory: SQLError(code, "\(SQLError.withoutNoise(text)); \(SQLError.memoryAdvice)")
            default: SQLError(code, SQLError.withoutNoise(text) + SQLError.cure(text))
            }
    }

    private static let memoryAdvice = "raise `memory_limit` of the project, or run fewer nodes at once"

    /// Cuts DuckDB's advice about options of its own.
    private static func withoutNoise(_ text: String) -> String {
        if let row = BrokenRow(duckDB: text) { return row.description }
        if let row = BrokenJSONRow(duckDB: text) { return row.description }
        // What can not be read is not wrong in the query, which nobody but this host wrote.
        let isOfOurQuery = text.hasPrefix("HTTP Error") || text.hasPrefix("IO Error")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        // The reader of Delta tables adds its call stack.
        guard
            let advice = lines.firstIndex(where: { line in
                line.hasPrefix("Possible ") || line.hasPrefix("The search space") || line.hasPrefix("   0: ")
                    || isOfOurQuery && line.hasPrefix("LINE 1: ")
            })
        else {
            return trimmed(text[...])
        }
        return trimmed(lines[..<advice].joined(separator: "\n")[...])
    }

    /// What helps where a server refuses, as the end of a sentence; else nothing.
    private static func cure(_ text: String) -> String {
        guard text.contains("(HTTP 403") || text.contains("(HTTP 401") else { return "" }
        return
            "; the server knows nobody of that name, or lets them not read there: look at `storage_options`, and at the"
            + " variables `AWS_…` of the environment"
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
