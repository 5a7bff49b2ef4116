import TauroBasics
import TauroData

/// Values that JSON has no type for, as texts and numbers.
enum JSONText {
    /// A decimal number with all its digits.
    static func decimal(_ steps: Int128, scale: Int) -> String {
        let digits = String(steps.magnitude)
        let sign = steps < 0 ? "-" : ""
        if scale <= 0 { return sign + digits + (steps == 0 ? "" : String(repeating: "0", count: -scale)) }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
        return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }

    /// `YYYY-MM-DD`; outside the years 1 to 9999 the count of days since 1970.
    static func day(_ days: Int) -> String { Day(daysSinceEpoch: days)?.description ?? "\(days)" }

    /// `HH:MM:SS`, with as many digits of a fraction as the unit has.
    static func time(_ count: Int64, _ unit: TimeUnit) -> String {
        let (second, fraction) = count.quotientAndRemainder(dividingBy: unit.perSecond)
        let time = [second / 3600, second / 60 % 60, second % 60].map { Digits.padded(Int($0), to: 2) }
        let rest = unit.digits == 0 ? "" : ".\(Digits.padded(Int(fraction), to: unit.digits))"
        return time.joined(separator: ":") + rest
    }

    /// `YYYY-MM-DDTHH:MM:SS`, with as many digits of a fraction as the unit has.
    static func moment(_ count: Int64, _ unit: TimeUnit) -> String {
        let perDay = unit.perSecond * 86_400
        var (days, rest) = count.quotientAndRemainder(dividingBy: perDay)
        if rest < 0 { (days, rest) = (days - 1, rest + perDay) }
        return "\(day(Int(days)))T\(time(rest, unit))"
    }

    /// Base64 with padding (RFC 4648, section 4).
    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let sextet = Int(bits >> UInt32(18 - 6 * place) & 63)
                text.append(place <= group.count ? alphabet[sextet] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension TimeUnit {
    fileprivate var digits: Int {
        switch self {
        case .second: 0
        case .millisecond: 3
        case .microsecond: 6
        case .nanosecond: 9
        }
    }

    fileprivate var perSecond: Int64 {
        switch self {
        case .second: 1
        case .millisecond: 1000
        case .microsecond: 1_000_000
        case .nanosecond: 1_000_000_000
        }
    }
}
