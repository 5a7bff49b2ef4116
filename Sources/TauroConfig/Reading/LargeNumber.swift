import TauroModel

/// What is said about whole numbers that 64 bits do not hold.
enum LargeNumber {
    /// Complains about the number at `location`.
    static func reject(_ text: String, at location: SourceLocation, findings: Findings) {
        findings.markUnusable(location)
        findings.error(
            "The whole number \(text) is too large: whole numbers go from \(Int64.min) to \(Int64.max).",
            at: location,
            notes: ["Put it in quotes if it is a text, or write it with a decimal point."]
        )
    }
}
