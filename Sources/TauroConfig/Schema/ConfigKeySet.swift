/// The keys of one part of the configuration.
package struct ConfigKeySet: Sendable {
    /// What is done about keys that are not in the set.
    package enum Openness: Sendable {
        /// They are errors.
        case closed
        /// They are people's own; one that is nearly a key of the set draws a warning.
        case open
    }

    /// What has these keys, for example `a node`.
    package let title: String
    /// The keys in the order they are documented.
    package let keys: [ConfigKey]
    /// What is done about others.
    package let openness: Openness
    private let positions: [String: Int]

    package init(_ title: String, openness: Openness = .closed, _ keys: [ConfigKey]) {
        self.title = title
        self.keys = keys
        self.openness = openness
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
