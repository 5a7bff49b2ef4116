/// Numbers as people read them.
enum Quantities {
    /// `336,776`.
    static func count(_ number: Int64) -> String {
        let digits = String(number.magnitude)
        var grouped = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0 && (digits.count - offset) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        return (number < 0 ? "-" : "") + grouped
    }

    /// `812 B`, `7.9 MB`: powers of 1,000.
    static func bytes(_ number: Int64) -> String {
        let units = ["B", "kB", "MB", "GB", "TB", "PB"]
        var value = Double(number)
        var unit = 0
        while value >= 999.95 && unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(number) B" : "\(decimal(value, places: 1)) \(units[unit])"
    }

    /// `340 us`, `12 ms`, `1.94 s`, `3 min 07 s`.
    static func seconds(_ seconds: Double) -> String {
        switch seconds {
        case ..<0.001: "\(Int((seconds * 1_000_000).rounded())) us"
        case ..<0.9995: "\(Int((seconds * 1000).rounded())) ms"
        case ..<59.995: "\(decimal(seconds, places: 2)) s"
        default: minutes(Int(seconds.rounded()))
        }
    }

    /// A number with a fixed count of decimal places.
    static func decimal(_ value: Double, places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = Int64((value * scale).rounded())
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return (scaled < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    }

    private static func minutes(_ seconds: Int) -> String {
        let rest = seconds % 60
        return "\(seconds / 60) min \(rest < 10 ? "0" : "")\(rest) s"
    }
}
