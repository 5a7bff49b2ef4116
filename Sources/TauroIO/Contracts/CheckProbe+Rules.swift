import TauroModel

extension CheckProbe {
    static func notNull(_ column: CheckedColumns.Column) -> Question {
        let name = column.identifier
        return .breaking(
            aggregate: "count(*) - count(\(name))",
            samples: .rows(where: "\(name) IS NULL"),
            sentence: "are NULL"
        )
    }

    /// Rows beyond the first with the same values.
    static func unique(_ columns: [CheckedColumns.Column]) -> Question {
        let names = columns.map(\.identifier)
        let sentence = "repeat another row's value\(columns.count == 1 ? "" : "s")"
        if names.count == 1 {
            return .breaking(
                aggregate: "count(\(names[0])) - count(DISTINCT \(names[0]))",
                samples: .repeated(columns: names),
                sentence: sentence
            )
        }
        let isWhole = names.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
        let tuple = "row(\(names.joined(separator: ", ")))"
        return .breaking(
            aggregate: "count(*) FILTER (WHERE \(isWhole)) - count(DISTINCT \(tuple)) FILTER (WHERE \(isWhole))",
            samples: .repeated(columns: names),
            sentence: sentence
        )
    }

    static func accepted(
        _ values: [ConfigValue],
        _ column: CheckedColumns.Column
    ) throws(Refusal) -> Question {
        var literals: [String] = []
        for value in values { literals.append(try literal(value, for: column)) }
        let condition = "\(column.identifier) NOT IN (\(literals.joined(separator: ", ")))"
        let shown = values.prefix(10).map(\.description).joined(separator: ", ") + (values.count > 10 ? ", …" : "")
        return .breaking(
            aggregate: "count(*) FILTER (WHERE \(condition))",
            samples: .rows(where: condition),
            sentence: "have a value other than \(shown)"
        )
    }

    /// What is not a number is in no range.
    static func range(
        _ column: CheckedColumns.Column,
        _ minimum: ConfigValue?,
        _ maximum: ConfigValue?
    ) throws(Refusal) -> Question {
        var conditions: [String] = []
        if let minimum { conditions.append("\(column.identifier) < \(try literal(minimum, for: column))") }
        if let maximum { conditions.append("\(column.identifier) > \(try literal(maximum, for: column))") }
        if let type = column.sqlType, ["FLOAT", "DOUBLE"].contains(type) {
            conditions.append("isnan(\(column.identifier))")
        }
        let condition = conditions.joined(separator: " OR ")
        let sentence =
            switch (minimum, maximum) {
            case (let minimum?, let maximum?): "have a value that is not from \(minimum) to \(maximum)"
            case (let minimum?, nil): "have a value below \(minimum)"
            case (nil, let maximum?): "have a value above \(maximum)"
            case (nil, nil): ""
            }
        return .breaking(
            aggregate: "count(*) FILTER (WHERE \(condition))",
            samples: .rows(where: condition),
            sentence: sentence
        )
    }

    /// A timestamp without a zone is taken for UTC, and a date lasts until its end.
    static func freshness(_ column: CheckedColumns.Column, _ age: DataCheck.Age) throws(Refusal) -> Question {
        let newest = "max(\(column.identifier))"
        let day: Int64 = 86_400_000_000
        switch column.family {
        case .date?: return .newest(aggregate: "epoch_us(\(newest))", lasting: day, age: age)
        case .timestamp? where column.sqlType == "TIMESTAMPTZ":
            return .newest(aggregate: "epoch_us(\(newest))", lasting: 0, age: age)
        case .timestamp?: return .newest(aggregate: "epoch_us(CAST(\(newest) AS TIMESTAMP))", lasting: 0, age: age)
        default:
            throw Refusal(
                reason: "column '\(column.name)' is \(column.typeWords), and only dates and timestamps have an age"
            )
        }
    }

    /// The text may end in a comment, so what follows it stands on a line of its own.
    static func sql(_ text: String) -> Question {
        let firstWord = text.drop { $0.isWhitespace || $0 == "(" }.prefix { $0.isLetter }.uppercased()
        if firstWord == "SELECT" || firstWord == "WITH" { return .query(text) }
        let condition = "NOT (\(text)\n)"
        return .breaking(
            aggregate: "count(*) FILTER (WHERE \(condition))",
            samples: .rows(where: condition),
            sentence: "break `\(text)`"
        )
    }

    /// A value of configuration as the column's type has it.
    static func literal(_ value: ConfigValue, for column: CheckedColumns.Column) throws(Refusal) -> String {
        guard let family = column.family, let type = column.sqlType, family.takes(value) else {
            throw Refusal(reason: column.refusal(of: value))
        }
        switch value.content {
        case .integer(let number): return "\(number)"
        // A float is compared as it was rounded, not with what it should have been.
        case .double(let number): return type == "FLOAT" ? "CAST(\(number) AS FLOAT)" : "CAST(\(number) AS DOUBLE)"
        case .bool(let flag): return "\(flag)"
        case .string(let text): return "CAST(\(SQLText.literal(text)) AS \(type))"
        case .null, .list, .map: throw Refusal(reason: column.refusal(of: value))
        }
    }
}

extension CheckedColumns.Column {
    /// The type in a sentence.
    var typeWords: String { sqlType ?? "of a type that SQL does not have" }

    /// Why the column can not be compared with a value.
    func refusal(of value: ConfigValue) -> String {
        let comparable = family ?? .other
        let hint = comparable == .text ? "; put the value in quotes" : ""
        return "column '\(name)' is \(typeWords), which is compared with \(comparable.words), not with "
            + "\(value.words)\(hint)"
    }
}
