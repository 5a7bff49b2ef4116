import TauroModel

/// How one check is asked of a table: an aggregate that joins those of other checks in one scan.
struct CheckProbe {
    /// What is asked, and what the answer means.
    enum Question {
        /// How many rows break the promise; `condition` is true for them, `sentence` follows "3 of 9 rows".
        case breaking(aggregate: String, samples: SampleSource, sentence: String)
        /// How many rows there are.
        case rowCount(minimum: Int64?, maximum: Int64?)
        /// When the newest value is from, in microseconds since 1970, and how many of them it lasts.
        case newest(aggregate: String, lasting: Int64, age: DataCheck.Age)
        /// How many rows a query finds, which runs for itself.
        case query(String)
        /// It can not be asked; why.
        case impossible(String)
    }

    /// Where rows that break the promise are found.
    enum SampleSource {
        /// Rows for which the condition is true.
        case rows(where: String)
        /// Rows that share their values in these columns with others.
        case repeated(columns: [String])
    }

    let dataset: String?
    let check: DataCheck
    /// The columns that it is about.
    let columns: [String]
    let question: Question

    /// The aggregate, where there is one.
    var aggregate: String? {
        switch question {
        case .breaking(let aggregate, _, _), .newest(let aggregate, _, _): aggregate
        case .rowCount, .query, .impossible: nil
        }
    }

    /// The probes of a check; one for each column where each counts for itself.
    static func probes(_ check: DataCheck, of dataset: String?, _ columns: CheckedColumns) -> [CheckProbe] {
        var rules = [check.rule]
        if case .notNull(let names) = check.rule { rules = names.map { .notNull([$0]) } }
        return rules.map { rule in
            let question: Question
            do throws(Refusal) {
                question = try self.question(of: rule, columns)
            } catch {
                question = .impossible(error.reason)
            }
            return CheckProbe(
                dataset: dataset,
                check: check,
                columns: rule.columns.map(\.value),
                question: question
            )
        }
    }

    private static func question(of rule: DataCheck.Rule, _ columns: CheckedColumns) throws(Refusal) -> Question {
        switch rule {
        case .notNull(let names):
            guard let name = names.first else { throw Refusal(reason: "it names no column") }
            return notNull(try columns.found(name.value))
        case .unique(let names):
            var keys: [CheckedColumns.Column] = []
            for name in names { keys.append(try columns.found(name.value)) }
            return unique(keys)
        case .acceptedValues(let name, let values): return try accepted(values, try columns.found(name.value))
        case .range(let name, let minimum, let maximum):
            return try range(try columns.found(name.value), minimum, maximum)
        case .rowCount(let minimum, let maximum): return .rowCount(minimum: minimum, maximum: maximum)
        case .freshness(let name, let age): return try freshness(try columns.found(name.value), age)
        case .sql(let text): return sql(text.value)
        }
    }
}

/// A check does not fit its table.
struct Refusal: Error {
    /// Why, as a sentence without an end.
    let reason: String
}

extension CheckedColumns {
    /// The column that a check means.
    func found(_ name: String) throws(Refusal) -> Column {
        guard let column = self[name] else { throw Refusal(reason: missing(name)) }
        return column
    }
}
