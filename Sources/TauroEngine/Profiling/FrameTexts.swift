import TauroData
package import TauroModel

/// The first rows of a frame as people read them.
package struct FrameTexts {
    private let runner: any SQLRunner

    package init(_ runner: any SQLRunner) {
        self.runner = runner
    }

    /// Up to `limit` rows: for each column a text as SQL writes the value, nil for NULL.
    ///
    /// - Throws: `SQLError`, or what the frame's source throws.
    package func rows(of frame: Frame, columns: [String], limit: Int) throws -> [[String?]] {
        if columns.isEmpty { return [] }
        let texts = columns.enumerated().map { "CAST(\(identifier($0.element)) AS VARCHAR) AS text_\($0.offset)" }
        let statement = SQLStatement(
            text: "SELECT \(texts.joined(separator: ", ")) FROM (SELECT * FROM dataset LIMIT \(limit))",
            tables: [("dataset", try frame.beginning(atLeast: limit))]
        )
        let stream = try runner.run(statement, cancellation: CancellationToken()).stream()
        var rows: [[String?]] = []
        while let batch = try stream.next() {
            let texts = try columns.indices.map { try batch.column(at: $0).values(as: String.self) }
            for row in 0..<batch.rowCount { rows.append(texts.map { $0[row] }) }
        }
        return rows
    }
}
