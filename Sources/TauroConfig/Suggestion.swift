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
}
