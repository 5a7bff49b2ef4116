import TauroBasics
import Testing

@Suite struct GlobPatternTests {
    @Test(arguments: [
        ("a", "a"), ("*", ""), ("*", "anything"), ("a*", "a"), ("a*c", "abc"), ("a*c", "abcabc"), ("**", "x"),
        ("bronze.*", "bronze.flights.daily"), ("*_fl*hts", "extract_flights"), ("*ab", "aab"), ("é*", "élan"),
    ]) func standsFor(pattern: String, name: String) {
        #expect(GlobPattern(pattern).matches(name))
    }

    @Test(arguments: [
        ("a", "b"), ("a", "ab"), ("", "a"), ("a*c", "ab"), ("*b", "abc"), ("bronze.*", "bronze"), ("a*b*c", "acb"),
        ("A*", "abc"),
    ]) func doesNotStandFor(pattern: String, name: String) {
        #expect(!GlobPattern(pattern).matches(name))
    }

    @Test func manyStarsStayQuick() {
        let pattern = GlobPattern(String(repeating: "a*", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 5_000)))
    }
}
