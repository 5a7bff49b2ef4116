/// A day that there is, read from its text as DuckDB reads it: year, month and day, divided by two dashes or two slashes.
enum PlainDay {
    /// The days since 1970-01-01; nil for a text that is no such day.
    @inline(__always)
    static func value(of text: DuckDBText) -> Int32? {
        if text.count == 10, let day = usual(text) { return day }
        return value(of: PlainText.trimmed(text.bytes))
    }

    /// What nearly all are, `YYYY-MM-DD`: eight bytes up to the second dash, which become 0 as digits do, and two more.
    @inline(__always)
    private static func usual(_ text: DuckDBText) -> Int32? {
        let dashes: UInt64 = 0xFF00_00FF_0000_0000
        let begin = text.firstEight ^ 0x2D30_302D_3030_3030
        guard begin & dashes == 0, let begin = EightDigits(values: begin)?.pairs,
            let end = EightDigits(text.bytesEightToTwelve, count: 2)?.number
        else { return nil }
        let year = Int(begin & 0xFF) * 100 + Int(begin >> 16 & 0xFF)
        return days(year: year, month: Int(begin >> 40 & 0xFF), day: Int(end))
    }

    /// The day that a text without spaces around it is, however it is written.
    static func value(of text: Swift.Slice<UnsafeRawBufferPointer>) -> Int32? {
        let dash = UInt8(ascii: "-")
        let parts = text.split(
            separator: text.contains(dash) ? dash : UInt8(ascii: "/"),
            omittingEmptySubsequences: false
        )
        guard parts.count == 3, parts.allSatisfy({ (1...6).contains($0.count) && $0.allSatisfy(PlainText.isDigit) })
        else { return nil }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
        return days(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// The days from 1970-01-01 to one of the Gregorian calendar, however long ago; nil where its month does not have it.
    ///
    /// DuckDB has more years than `Day`.
    /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so that the day a year may
    /// have more is its last.
    @inline(__always)
    private static func days(year: Int, month: Int, day: Int) -> Int32? {
        guard 1...12 ~= month, day >= 1, day <= length(ofMonth: month, year) else { return nil }
        let isEarly = month <= 2
        // Four centuries more, so that no year is below 0.
        let years = year + 400 - (isEarly ? 1 : 0)
        let days = (153 * (month + (isEarly ? 9 : -3)) + 2) / 5 + day - 1
        return Int32(years * 365 + years / 4 - years / 100 + years / 400 + days - daysBefore1970)
    }

    /// From the first of March of the year -400.
    private static let daysBefore1970 = 719_468 + 146_097

    @inline(__always)
    private static func length(ofMonth month: Int, _ year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return 30 + (month + month >> 3) & 1
    }
}
