import TauroData
package import TauroModel

/// Finds out what the columns of a frame hold: two queries for every few columns, so that a stored dataset is read twice.
package struct FrameProfiler {
    /// How many columns a query asks about: planning time grows faster than the number of expressions.
    private static let columnsAtOnce = 200

    private let runner: any SQLRunner
    private let cancellation: CancellationToken

    package init(_ runner: any SQLRunner, cancellation: CancellationToken = CancellationToken()) {
        self.runner = runner
        self.cancellation = cancellation
    }

    /// Reads all rows.
    ///
    /// - Throws: `SQLError`, or what the frame's source throws.
    package func profile(_ frame: Frame) throws -> DatasetProfile {
        let columns = try frame.schema().fields.map { DatasetColumn($0) }
        // SQL has no table without columns.
        if columns.isEmpty { return DatasetProfile(rows: frame.rowCount ?? 0, columns: []) }
        let rows = try ask(["CAST(count(*) AS VARCHAR)"], of: frame)[0].flatMap { Int64($0) } ?? 0
        var figures: [DatasetProfile.Figures] = []
        for start in stride(from: 0, to: columns.count, by: Self.columnsAtOnce) {
            let some = columns[start..<min(columns.count, start + Self.columnsAtOnce)]
            figures += try profile(Array(some), of: frame, rows: rows)
        }
        return DatasetProfile(rows: rows, columns: figures)
    }

    private func profile(
        _ columns: [DatasetColumn],
        of frame: Frame,
        rows: Int64
    ) throws -> [DatasetProfile.Figures] {
        let questions = columns.map { ColumnQuestions($0) }
        let texts = try ask(questions.flatMap(\.figures), of: frame)
        let width = texts.count / columns.count
        let answers = columns.indices.map { Answer(texts[($0 * width)..<(($0 + 1) * width)]) }
        let steps = zip(answers, columns).map { $0.steps($1.kind) }
        let measured = columns.indices.filter { steps[$0] != nil }
        let counted = try ask(
            measured.compactMap { place in steps[place].map { questions[place].steps($0) } },
            of: frame
        )
        let histograms = Dictionary(uniqueKeysWithValues: zip(measured, counted))
        return columns.indices.map { place in
            let histogram = steps[place].flatMap { steps in
                (histograms[place] ?? nil).map { Self.counts($0, steps.count) }
            }
            return answers[place].figures(of: columns[place], rows: rows, histogram: histogram)
        }
    }

    /// The one row of texts that a query with these columns gives.
    private func ask(_ expressions: [String], of frame: Frame) throws -> [String?] {
        if expressions.isEmpty { return [] }
        let columns = expressions.enumerated().map { "\($0.element) AS answer_\($0.offset)" }
        let statement = SQLStatement(
            text: "SELECT \(columns.joined(separator: ", ")) FROM dataset",
            tables: [("dataset", frame)]
        )
        guard let batch = try runner.run(statement, cancellation: cancellation).stream().next() else { return [] }
        return try expressions.indices.map { try batch.column(at: $0).values(as: String.self)[0] }
    }

    /// Reads `{0=12, 3=1}`.
    private static func counts(_ text: String, _ count: Int) -> [Int64] {
        var counts = [Int64](repeating: 0, count: count)
        for entry in text.split(whereSeparator: { "{}, ".contains($0) }) {
            let parts = entry.split(separator: "=")
            guard parts.count == 2, let step = Int(parts[0]), counts.indices.contains(step) else { continue }
            counts[step] = Int64(parts[1]) ?? 0
        }
        return counts
    }
}

/// What a query answered about one column.
private struct Answer {
    private let texts: [String?]

    init(_ texts: ArraySlice<String?>) {
        self.texts = Array(texts)
    }

    func steps(_ kind: DatasetColumn.Kind) -> HistogramSteps? {
        guard let least = number(6), let greatest = number(7) else { return nil }
        return HistogramSteps(from: least, to: greatest, kind)
    }

    func figures(of column: DatasetColumn, rows: Int64, histogram: [Int64]?) -> DatasetProfile.Figures {
        let values = count(0) ?? 0
        return DatasetProfile.Figures(
            column: column,
            nulls: rows - values,
            // An estimate may pass what is possible.
            distinct: min(count(1) ?? 0, values),
            notANumber: count(2),
            minimum: texts[3],
            maximum: texts[4],
            mean: number(5),
            histogram: histogram
        )
    }

    private func count(_ place: Int) -> Int64? { texts[place].flatMap { Int64($0) } }

    /// A finite number.
    private func number(_ place: Int) -> Double? {
        texts[place].flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
    }
}
