import TauroData
import TauroModel
import Testing

@testable import TauroEngine

/// What a profile says of columns.
@Suite struct ProfileTests {
    private let engine = EngineFixture.engine()

    private func figures(_ expression: String, rows: Int = 100) throws -> DatasetProfile.Figures {
        let frame = try engine.sql("SELECT \(expression) AS c FROM range(\(rows)) AS r(i)")
        let profile = try FrameProfiler(engine).profile(frame)
        #expect(profile.rows == Int64(rows))
        return try #require(profile.columns.first)
    }

    @Test func numbersHaveEverything() throws {
        let found = try figures("CASE WHEN i % 10 = 0 THEN NULL ELSE i END")
        #expect(found.nulls == 10)
        #expect((80...90).contains(found.distinct), "an estimate: \(found.distinct)")
        #expect((found.minimum, found.maximum) == ("1", "99"))
        #expect(found.mean == 50)
        #expect(found.histogram?.count == 12)
        #expect(found.histogram?.reduce(0, +) == 90)
        #expect(found.notANumber == nil)
    }

    @Test func aFewWholeNumbersGetAStepEach() throws {
        #expect(try figures("i % 4").histogram == [25, 25, 25, 25])
        #expect(try figures("i = 7").histogram == [99, 1])
        #expect(try figures("7").histogram == [100])
    }

    @Test func nanAndInfinityDoNotSpoilTheRest() throws {
        let expression = "CASE i WHEN 0 THEN 'NaN'::DOUBLE WHEN 1 THEN 'inf'::DOUBLE WHEN 2 THEN NULL ELSE 2.5 END"
        let found = try figures(expression, rows: 5)
        #expect(found.notANumber == 1)
        #expect(found.nulls == 1)
        #expect((found.minimum, found.maximum) == ("2.5", "inf"))
        #expect(found.mean == 2.5)
        #expect(found.histogram == [2])
        let none = try figures("'NaN'::FLOAT", rows: 3)
        #expect((none.minimum, none.mean, none.histogram) == (nil, nil, nil))
    }

    @Test(arguments: [
        "DATE '2024-01-01' + i::INTEGER", "TIMESTAMP '2024-01-01' + to_hours(i)", "make_timestamp_ns(i * 1000000000)",
        "to_timestamp(i * 60)", "TIME '00:00:00' + to_minutes(i)", "(i / 7)::DECIMAL(18, 3)", "i::UBIGINT * 1000000",
        "sqrt(i)::FLOAT",
    ])
    func whatLiesOnALineHasAHistogram(expression: String) throws {
        let found = try figures(expression)
        #expect(found.histogram?.count == 12)
        #expect(found.histogram?.reduce(0, +) == 100)
        #expect(found.minimum != nil && found.maximum != nil)
    }

    @Test func daysBeyondTimestampsAreLeftOutOfTheHistogram() throws {
        let found = try figures(
            "CASE i WHEN 0 THEN DATE 'infinity' WHEN 1 THEN DATE '5877642-06-25 (BC)' ELSE '2024-01-01' END",
            rows: 3
        )
        #expect(found.histogram == [1])
        #expect(found.maximum == "infinity")
    }

    @Test(arguments: ["[i]", "{'a': i}", "MAP {'k': i}", "('x' || i)::BLOB", "to_days(i::INTEGER)"])
    func whatHasNoOrderIsOnlyCounted(expression: String) throws {
        let found = try figures(expression)
        #expect((85...100).contains(found.distinct))
        #expect(found.minimum == nil && found.mean == nil && found.histogram == nil)
    }

    @Test func textHasARangeAlone() throws {
        let found = try figures("'w' || (i % 3)")
        #expect((found.minimum, found.maximum, found.distinct) == ("w0", "w2", 3))
        #expect(found.mean == nil && found.histogram == nil)
    }

    @Test(arguments: ["NULL::BIGINT", "NULL::VARCHAR", "NULL::DOUBLE", "NULL::DATE", "NULL::BIGINT[]"])
    func nullsAloneHaveNoFigures(expression: String) throws {
        let found = try figures(expression, rows: 4)
        #expect((found.nulls, found.distinct) == (4, 0))
        #expect(found.minimum == nil && found.mean == nil && found.histogram == nil)
    }

    @Test func emptyAndWideTablesAndOddNames() throws {
        #expect(try figures("i", rows: 0).histogram == nil)
        let columns = (0..<450).map { "i + \($0) AS \"c \"\"\($0)\"" }
        let frame = try engine.sql("SELECT \(columns.joined(separator: ", ")) FROM range(5) AS r(i)")
        let profile = try FrameProfiler(engine).profile(frame)
        #expect(profile.columns.map(\.column.name) == (0..<450).map { "c \"\($0)" })
        #expect(profile.columns.map(\.mean) == (0..<450).map { Double($0 + 2) })
        #expect(try FrameProfiler(engine).profile(Frame(schema: Schema([]), batches: [])).columns.isEmpty)
    }

    @Test func theExtremesOfInt64AreCounted() throws {
        let found = try figures("CASE i WHEN 0 THEN -9223372036854775807 - 1 ELSE 9223372036854775807 END", rows: 2)
        #expect(found.histogram == [1] + Array(repeating: 0, count: 10) + [1])
        #expect((found.minimum, found.maximum) == ("-9223372036854775808", "9223372036854775807"))
    }
}
