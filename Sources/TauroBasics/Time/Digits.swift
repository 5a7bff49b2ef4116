/// Decimal numbers of a fixed width.
package enum Digits {
    /// `number`, not negative, with zeros before it up to `width` digits.
    package static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
