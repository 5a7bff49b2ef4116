import TauroModel

/// Turns `checks` into checks; what of them does not fit their keys was complained about before.
struct CheckDecoder {
    let owner: Owner
    let findings: Findings

    /// The checks in the order of the file.
    func checks(_ value: ConfigValue?) -> [DataCheck] {
        guard case .list(let items)? = value?.content else { return [] }
        return items.compactMap { item in
            guard let rule = rule(item) else { return nil }
            let severity = item["severity"].flatMap(Self.text).flatMap { DataCheck.Severity(rawValue: $0.value) }
            let name = item["name"].flatMap(Self.text)?.value
            return DataCheck(rule, severity: severity ?? .error, name: name, location: item.location)
        }
    }

    private func rule(_ item: ConfigValue) -> DataCheck.Rule? {
        if let columns = item["not_null"].flatMap({ names($0, of: "not_null") }) { return .notNull(columns) }
        if let columns = item["unique"].flatMap({ names($0, of: "unique") }) { return .unique(columns) }
        if let accepted = item["accepted_values"] { return acceptedValues(accepted) }
        if let range = item["range"] { return self.range(range) }
        if let count = item["row_count"] { return rowCount(count) }
        if let freshness = item["freshness"] { return self.freshness(freshness) }
        return item["sql"].flatMap(Self.text).map { .sql($0) }
    }

    private func acceptedValues(_ value: ConfigValue) -> DataCheck.Rule? {
        guard let column = value["column"].flatMap(Self.text), let values = value["values"],
            case .list(let items) = values.content
        else { return nil }
        if items.isEmpty {
            warnOfNothing("`values` of `accepted_values` of \(owner.description) names no value", at: values.location)
            return nil
        }
        return .acceptedValues(column, items)
    }

    private func range(_ value: ConfigValue) -> DataCheck.Rule? {
        guard let column = value["column"].flatMap(Self.text) else { return nil }
        let minimum = Self.given(value["min"])
        let maximum = Self.given(value["max"])
        if let minimum, let maximum { checkOrder(minimum, maximum, of: "range") }
        return minimum == nil && maximum == nil ? nil : .range(column, minimum: minimum, maximum: maximum)
    }

    private func rowCount(_ value: ConfigValue) -> DataCheck.Rule? {
        let minimum = Self.given(value["min"])
        let maximum = Self.given(value["max"])
        if let minimum, let maximum { checkOrder(minimum, maximum, of: "row_count") }
        let bounds = (minimum.flatMap(Self.wholeNumber), maximum.flatMap(Self.wholeNumber))
        return bounds.0 == nil && bounds.1 == nil ? nil : .rowCount(minimum: bounds.0, maximum: bounds.1)
    }

    private func freshness(_ value: ConfigValue) -> DataCheck.Rule? {
        guard let column = value["column"].flatMap(Self.text), let text = value["max_age"].flatMap(Self.text),
            let interval = StreamInterval(text.value)
        else { return nil }
        return .freshness(column, DataCheck.Age(text: text.value, microseconds: interval.microseconds))
    }

    /// Says that a least value above the greatest one leaves nothing.
    private func checkOrder(_ minimum: ConfigValue, _ maximum: ConfigValue, of rule: String) {
        let isReversed =
            switch (minimum.content, maximum.content) {
            case (.string(let least), .string(let greatest)): least > greatest && least.count == greatest.count
            default: Self.number(minimum).flatMap { least in Self.number(maximum).map { least > $0 } } ?? false
            }
        if !isReversed { return }
        findings.error(
            "`\(rule)` of \(owner.description): `min` \(minimum) is above `max` \(maximum), so nothing would fit.",
            at: minimum.location
        )
    }

    private func names(_ value: ConfigValue, of rule: String) -> [Located<String>]? {
        let names: [Located<String>]
        switch value.content {
        case .string: names = [value].compactMap(Self.text)
        case .list(let items): names = items.compactMap(Self.text)
        default: return nil
        }
        if names.isEmpty {
            warnOfNothing("`\(rule)` of \(owner.description) names no column", at: value.location)
            return nil
        }
        return names
    }

    private func warnOfNothing(_ sentence: String, at location: SourceLocation) {
        findings.warning("\(sentence), so nothing is checked.", at: location)
    }

    private static func given(_ value: ConfigValue?) -> ConfigValue? { value?.content == .null ? nil : value }

    private static func text(_ value: ConfigValue) -> Located<String>? {
        if case .string(let text) = value.content { Located(text, at: value.location) } else { nil }
    }

    private static func wholeNumber(_ value: ConfigValue) -> Int64? {
        if case .integer(let number) = value.content { number } else { nil }
    }

    private static func number(_ value: ConfigValue) -> Double? {
        switch value.content {
        case .integer(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }
}
