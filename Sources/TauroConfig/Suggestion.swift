import TauroBasics

/// The end of a sentence about an unknown name: what was probably meant.
enum Suggestion {
    /// `; did you mean …?`, or nil where no known name is near.
    static func question(
        for name: String,
        in known: some Sequence<String>,
        as quoted: (String) -> String = { "`\($0)`" }
    ) -> String? {
        NearestName.nearest(to: name, in: known).map { "; did you mean \(quoted($0))?" }
    }

    /// The question, or a full stop where no known name is near.
    static func end(
        for name: String,
        in known: some Sequence<String>,
        as quoted: (String) -> String = { "`\($0)`" }
    ) -> String {
        question(for: name, in: known, as: quoted) ?? "."
    }

    /// The known key that was probably meant: one that has `name` as some of its words, or differs from it by a plural,
    /// else the nearest.
    static func key(for name: String, in known: [String]) -> String? {
        let wanted = singular(name.lowercased())
        return known.first { singular($0) == wanted }
            ?? known.first { $0.hasPrefix(wanted + "_") || $0.hasSuffix("_" + wanted) }
            ?? NearestName.nearest(to: name, in: known)
    }

    private static func singular(_ word: String) -> String {
        if word.hasSuffix("ies") { return word.dropLast(3) + "y" }
        return word.hasSuffix("s") ? String(word.dropLast()) : word
    }
}
