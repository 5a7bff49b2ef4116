/// "Did you mean" for many names in one go: after so many comparisons a name gets no answer.
///
/// Every answer looks at all known names; where all names of a large file are wrong, answers for each would take far
/// longer than everything else, and people read the first few.
package struct NearestNames {
    /// How many comparisons are left; the last answer may take more.
    private var comparisons: Int

    package init(comparisons: Int = 100_000) { self.comparisons = comparisons }

    /// The nearest of `candidates`, if one is near enough; these are asked for only where there is an answer.
    package mutating func nearest(to name: String, in candidates: @autoclosure () -> [String]) -> String? {
        answer(candidates()) { NearestName.nearest(to: name, in: $0) } ?? nil
    }

    /// Up to three of `candidates` that are near enough, nearest first.
    package mutating func nearestFew(to name: String, in candidates: @autoclosure () -> [String]) -> [String] {
        answer(candidates()) { NearestName.nearestFew(to: name, in: $0) } ?? []
    }

    private mutating func answer<Answer>(
        _ candidates: @autoclosure () -> [String],
        _ find: ([String]) -> Answer
    ) -> Answer? {
        if comparisons <= 0 { return nil }
        let names = candidates()
        comparisons -= names.count
        return find(names)
    }
}
