/// The keys of one part of the configuration.
package struct ConfigKeySet: Sendable {
    /// What is done about keys that are not in the set.
    package enum Openness: Sendable {
        /// They are errors.
        case closed
        /// They are people's own; one that is nearly a key of the set draws a warning.
        case open
    }

    /// Which of several keys have to be there.
    package struct Choice: Sendable {
        /// The keys, by their documented names.
        package let names: [String]
        /// Whether only one of them may be there.
        package let isExclusive: Bool

        /// Exactly one of the keys.
        static func one(of names: String...) -> Choice { Choice(names: names, isExclusive: true) }

        /// One of the keys or several.
        static func some(of names: String...) -> Choice { Choice(names: names, isExclusive: false) }
    }

    /// What has these keys, for example `a node`.
    package let title: String
    /// The keys in the order they are documented.
    package let keys: [ConfigKey]
    /// What is done about others.
    package let openness: Openness
    /// Which of several keys have to be there; nil where each counts for itself.
    package let choice: Choice?
    private let positions: [String: Int]

    package init(_ title: String, openness: Openness = .closed, choice: Choice? = nil, _ keys: [ConfigKey]) {
        self.title = title
        self.keys = keys
        self.openness = openness
        self.choice = choice
        var positions: [String: Int] = [:]
        for (position, key) in keys.enumerated() {
            for name in key.spellings { positions[name] = position }
        }
        self.positions = positions
    }

    /// Where in `keys` a spelling belongs.
    func position(of spelling: String) -> Int? { positions[spelling] }

    /// Every spelling, in order.
    var spellings: [String] { keys.flatMap(\.spellings) }
}
