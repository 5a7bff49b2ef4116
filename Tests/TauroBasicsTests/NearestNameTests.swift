import Testing

@testable import TauroBasics

@Suite("Did you mean")
struct NearestNameTests {
    private let keys = ["function", "format", "filepath", "input", "output", "mlops", "pool"]

    @Test(
        "the nearest name",
        arguments: [
            ("functoin", "function"), ("funtion", "function"), ("FUNCTION", "function"), ("inptu", "input"),
            ("pol", "pool"), ("file_path", "filepath"), ("fromat", "format"),
        ]
    )
    func nearest(_ name: String, _ expected: String) { #expect(NearestName.nearest(to: name, in: keys) == expected) }

    @Test("nothing is near", arguments: ["colour", "x", "", "formation_of_x"])
    func none(_ name: String) { #expect(NearestName.nearest(to: name, in: keys) == nil) }

    @Test("several near names, nearest first")
    func few() {
        #expect(
            NearestName.nearestFew(to: "extract", in: ["extract2", "extract", "extra", "load"]) == [
                "extract", "extract2", "extra",
            ]
        )
        #expect(NearestName.nearestFew(to: "extract", in: ["extract2", "extract"], count: 1) == ["extract"])
    }

    @Test("of many names only the first are answered, and then the known ones are not even listed")
    func many() {
        var names = NearestNames(comparisons: 10)
        let answers = ["inptu", "fromat", "poool"].map { names.nearest(to: $0, in: keys) }
        #expect(answers == ["input", "format", nil])
        var listed = 0
        func known() -> [String] {
            listed += 1
            return keys
        }
        #expect(names.nearestFew(to: "pol", in: known()).isEmpty && listed == 0)
    }

    @Test(
        "the distance counts insertions, deletions, replacements and swaps",
        arguments: [("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("kitten", "sitting", 3), ("abcdef", "badcfe", 3)]
    )
    func distance(_ left: String, _ right: String, _ expected: Int) {
        #expect(NearestName.distance(Array(left.utf8), Array(right.utf8), atMost: 9) == expected)
        #expect(NearestName.distance(Array(right.utf8), Array(left.utf8), atMost: expected) == expected)
        #expect(NearestName.distance(Array(left.utf8), Array(right.utf8), atMost: expected - 1) == nil)
    }
}
