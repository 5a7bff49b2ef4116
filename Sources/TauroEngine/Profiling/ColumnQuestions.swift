import TauroModel

/// What is asked of one column of the table `dataset`, as SQL expressions that give one text each.
struct ColumnQuestions {
    /// The most steps of a histogram.
    static let mostSteps = 12

    private let kind: DatasetColumn.Kind
    private let name: String

    init(_ column: DatasetColumn) {
        kind = column.kind
        name = identifier(column.name)
    }

    /// The figures, in the order of `Answer`; NULL where the kind of values has none.
    ///
    /// Values that are no numbers are greater than all numbers to SQL, so they are taken out.
    var figures: [String] {
        let values = kind == .float ? "CASE WHEN NOT isnan(\(name)) THEN \(name) END" : name
        return [
            "count(\(name))", "approx_count_distinct(\(name))",
            kind == .float ? "count_if(isnan(\(name)))" : "NULL",
            kind.isOrdered ? "min(\(values))" : "NULL", kind.isOrdered ? "max(\(values))" : "NULL",
            isNumber ? "avg(\(position))" : "NULL", kind.isMeasured ? "min(\(position))" : "NULL",
            kind.isMeasured ? "max(\(position))" : "NULL",
        ].map { "CAST(\($0) AS VARCHAR)" }
    }

    /// How many values lie in each step, as the text of a map from the step's number; NULL for no values.
    func steps(_ steps: HistogramSteps) -> String {
        let step = "floor((\(position) - \(steps.start.sql)) / \(steps.width.sql))"
        // The greatest value is part of the last step; `least` would put nulls there too.
        let bounded = "CASE WHEN \(step) >= \(steps.count) THEN \(steps.count - 1) ELSE \(step) END"
        return "CAST(histogram(CAST(\(bounded) AS INTEGER)) AS VARCHAR)"
    }

    private var isNumber: Bool { [.integer, .float, .decimal].contains(kind) }

    /// Where a value lies on the line that its histogram divides: numbers as they are, times in seconds; NULL for values
    /// that are not finite.
    private var position: String {
        switch kind {
        case .float: "CASE WHEN isfinite(\(name)) THEN CAST(\(name) AS DOUBLE) END"
        case .date, .timestamp:
            // A day may lie where no timestamp does.
            "CASE WHEN isfinite(\(name)) THEN epoch(TRY_CAST(\(name) AS TIMESTAMP)) END"
        case .instant: "CASE WHEN isfinite(\(name)) THEN epoch(\(name)) END"
        case .time: "epoch(\(name))"
        default: "CAST(\(name) AS DOUBLE)"
        }
    }
}

/// The steps that a histogram counts in.
struct HistogramSteps {
    let start: Double
    let width: Double
    let count: Int

    /// Equal steps from the least to the greatest value; nil where there is no such value.
    ///
    /// A few whole numbers get one step each, and so do false and true.
    init?(from least: Double, to greatest: Double, _ kind: DatasetColumn.Kind) {
        let span = greatest - least
        guard span.isFinite, span >= 0 else { return nil }
        start = least
        let isWhole = kind == .integer || kind == .bool
        if span == 0 {
            (width, count) = (1, 1)
        } else if isWhole, span < Double(ColumnQuestions.mostSteps) {
            (width, count) = (1, Int(span) + 1)
        } else {
            (width, count) = (span / Double(ColumnQuestions.mostSteps), ColumnQuestions.mostSteps)
        }
        // So narrow a span that a tenth of it is nothing.
        if width == 0 { return nil }
    }
}

extension DatasetColumn.Kind {
    /// Whether the least and the greatest value mean something to people.
    fileprivate var isOrdered: Bool { self != .other }

    /// Whether values lie on a line that a histogram can divide.
    fileprivate var isMeasured: Bool { self != .other && self != .text }
}

extension Double {
    fileprivate var sql: String { "CAST('\(self)' AS DOUBLE)" }
}
