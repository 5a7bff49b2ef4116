import TauroBasics
import TauroModel

/// A number of bytes, written as a whole number or as text with a unit.
struct ByteCount {
    private static let units: [String: Double] = [
        "b": 1, "kib": 0x1p10, "mib": 0x1p20, "gib": 0x1p30, "tib": 0x1p40, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12,
    ]

    let bytes: Int64

    /// Reads a value; nil where it is no such number, or below `least`.
    init?(_ value: ConfigValue, atLeast least: Int64 = 1) {
        switch value.content {
        case .integer(let number) where number >= least: bytes = number
        case .string(let text):
            let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
            guard let number = Double(digits), let factor = Self.units[unit],
                let bytes = Int64(exactly: (number * factor).rounded()), bytes >= least
            else { return nil }
            self.bytes = bytes
        default: return nil
        }
    }
}
