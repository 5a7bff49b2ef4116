import TauroNodeTesting
import Testing

@testable import FlightsSwift

@Suite("The demonstration's nodes in Swift")
struct FlightsNodeTests {
    @Test("delays by hour: mean of those that departed, no mean where nobody did")
    func byHour() throws {
        let bench = try NodeTestBench([
            "flights": Frame(["hour", "dep_delay"], rows: [[6, 10], [5, nil], [6, nil], [6, -4]])
        ])
        let result = try delaysByHour(bench.frame("flights"), call: bench.call)
        #expect(try result.rows == [[5, 1, nil], [6, 3, 3.0]])
    }

    @Test("delays by hour: columns that are missing, of another type or out of range are named")
    func byHourErrors() throws {
        let bench = try NodeTestBench([
            "no_delay": Frame(["hour"], rows: [[6]]),
            "text_hour": Frame(["hour", "dep_delay"], rows: [["six", 1]]),
            "late_hour": Frame(["hour", "dep_delay"], rows: [[24, 1]]),
        ])
        #expect(throws: ArrowError(.unknownColumn, "no column 'dep_delay' among 'hour'")) {
            try delaysByHour(bench.frame("no_delay"), call: bench.call)
        }
        #expect(throws: ArrowError(.typeMismatch, "column 'hour' is utf8, but a number is expected")) {
            try delaysByHour(bench.frame("text_hour"), call: bench.call)
        }
        #expect(throws: NodeError.invalid("a flight's hour is 24.0, not 0 to 23")) {
            try delaysByHour(bench.frame("late_hour"), call: bench.call)
        }
    }

    @Test("delays by carrier")
    func byCarrier() throws {
        let rows: [[SQLValue]] = [["UA", 1, 10], ["AA", 2, 0], ["AA", 4, 10], ["AA", nil, nil]]
        let bench = try NodeTestBench(["flights": Frame(["carrier", "dep_delay", "arr_delay"], rows: rows)])
        let result = try delaysByCarrier(bench.frame("flights"), call: bench.call)
        #expect(
            try result.schema.fields.map(\.name) == [
                "carrier", "flights", "mean_dep_delay", "mean_arr_delay", "p90_arr_delay",
            ]
        )
        #expect(try result.rows == [["AA", 3, 3.0, 5.0, 9.0], ["UA", 1, 1.0, 10.0, 10.0]])
    }

    @Test("every flight once, with the earlier of two observations")
    func weather() throws {
        let keys = ["origin", "year", "month", "day", "hour"]
        let measured = ["temp", "dewp", "humid", "wind_dir", "wind_speed", "wind_gust", "precip", "pressure", "visib"]
        func observation(_ hour: SQLValue, _ temp: SQLValue, _ time: SQLValue) -> [SQLValue] {
            ["JFK", 2013, 11, 3, hour, temp] + Array(repeating: 0, count: 8) + [time]
        }
        let weather = try Frame(
            keys + measured + ["time_hour"],
            rows: [observation(1, 52.0, "06:00"), observation(1, 51.0, "05:00"), observation(2, 50.0, "07:00")]
        )
        let flights = try Frame(
            keys + ["flight"],
            rows: [["JFK", 2013, 11, 3, 1, 7], ["JFK", 2013, 11, 3, 1, 8], ["JFK", 2013, 11, 3, 9, 9]]
        )
        let bench = try NodeTestBench(["flights": flights, "weather": weather])
        let result = try joinWeather(bench.frame("flights"), bench.frame("weather"), call: bench.call)
        let sorted = try result.sql("SELECT flight, temp FROM this ORDER BY flight", call: bench.call)
        #expect(try sorted.rows == [[7, 51.0], [8, 51.0], [9, nil]])
        #expect(try result.schema.fields.map(\.name) == keys + ["flight"] + measured)
    }
}
