import TauroBasics
import Testing

@Suite("Days and moments")
struct TimeTests {
    @Test("days that exist", arguments: ["2026-01-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
    func days(_ text: String) { #expect(Day(text)?.description == text) }

    @Test(
        "what is no day",
        arguments: [
            "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00", "0000-01-01",
            "2026-1-01",
            "2026-01-1", " 2026-01-01", "2026-01-01T", "2026/01/01", "20260101", "+026-01-01", "２026-01-0", "",
        ]
    )
    func noDays(_ text: String) { #expect(Day(text) == nil) }

    @Test("days in order, and days later")
    func arithmetic() throws {
        let day = try #require(Day("2024-02-28"))
        #expect(day.adding(days: 1)?.description == "2024-02-29")
        #expect(day.adding(days: 2)?.description == "2024-03-01")
        #expect(day.adding(days: -59)?.description == "2023-12-31")
        #expect(day.adding(days: 366)?.description == "2025-02-28")
        #expect(day.adding(days: .max) == nil)
        #expect(Day("9999-12-31")?.adding(days: 1) == nil)
        #expect(Day("0001-01-01")?.adding(days: -1) == nil)
        #expect(Day("1970-01-01")?.daysSinceEpoch == 0)
        let next = try #require(Day("2024-02-29"))
        #expect(day < next)
    }

    @Test("every day of nine millennia, there and back")
    func everyDay() throws {
        let first = try #require(Day("0001-01-01")).daysSinceEpoch
        let last = try #require(Day("9999-12-31")).daysSinceEpoch
        var previous: Day?
        for count in stride(from: first, through: last, by: 97) {
            let day = try #require(Day(daysSinceEpoch: count))
            #expect(day.daysSinceEpoch == count)
            if let previous { #expect(previous < day) }
            previous = day
        }
    }

    @Test(
        "moments as text",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_769_853_600_123, "2026-01-31T10:00:00.123Z"),
            (-1, "1969-12-31T23:59:59.999Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (.max, "9223372036854775807ms"),
        ] as [(Int64, String)]
    )
    func timestamps(_ milliseconds: Int64, _ expected: String) {
        #expect(Timestamp(millisecondsSinceEpoch: milliseconds).description == expected)
    }

    @Test("the system's clocks go forward")
    func clocks() {
        let clock = SystemMonotonicClock()
        let start = clock.elapsedTime()
        #expect(clock.elapsedTime() >= start)
        #expect(SystemWallClock().wallTime() > Timestamp(millisecondsSinceEpoch: 1_700_000_000_000))
    }
}
