import TauroModel

/// The profile of a dataset as a table for people.
struct ProfileText {
    let bars: SmallBars
    /// Columns of the terminal; nil where there is none, and nothing is cut.
    let width: Int?

    /// The table, and below it what it says of how many rows.
    func lines(_ profile: DatasetProfile, of id: String, style: Style) -> [String] {
        var table = TextTable([
            ("column", .left), ("type", .left), ("nulls", .right), ("~distinct", .right), ("min", .right),
            ("max", .right), ("mean", .right), ("histogram", .left),
        ])
        for figures in profile.columns {
            table.add([
                PrintableText.line(figures.column.name), PrintableText.line(figures.column.type),
                Quantities.count(figures.nulls), Quantities.count(figures.distinct), value(figures.minimum),
                value(figures.maximum), figures.mean.map { Quantities.rounded($0) } ?? "",
                figures.histogram.map { bars.text($0) } ?? "",
            ])
        }
        let shown = width.map { table.fitted(to: $0, cutting: [0, 1, 4, 5]) } ?? table
        let count = profile.columns.count
        let closing =
            "\(id): \(Quantities.count(profile.rows)) row\(profile.rows == 1 ? "" : "s"), "
            + "\(count) column\(count == 1 ? "" : "s"); ~distinct is an estimate, bars go from min to max"
        return shown.lines(style) + [""] + notNumbers(profile) + WrappedText.lines(closing, width: width ?? .max)
    }

    private func value(_ text: String?) -> String { text.map { PrintableText.line($0) } ?? "" }

    private func notNumbers(_ profile: DatasetProfile) -> [String] {
        profile.columns.compactMap { figures in
            guard let count = figures.notANumber, count > 0 else { return nil }
            let name = PrintableText.line(figures.column.name)
            return "\(name): \(Quantities.count(count)) NaN, left out of min, max, mean and histogram"
        }
    }
}

extension Quantities {
    /// `12.639`, `0.00042`, `1.2e+30`: five digits or the whole part, whichever is longer.
    static func rounded(_ value: Double) -> String {
        let size = abs(value)
        if size != 0 && (size < 0.001 || size >= 1e15) { return short(value) }
        let wholeDigits = size < 1 ? 1 : String(Int64(size)).utf8.count
        return decimal(value, places: max(0, 5 - wholeDigits))
    }

    /// A very small or very large number with three digits.
    private static func short(_ value: Double) -> String {
        let parts = "\(value)".split(separator: "e")
        guard parts.count == 2, let mantissa = Double(parts[0]) else { return "\(value)" }
        return "\(decimal(mantissa, places: 2))e\(parts[1])"
    }
}
