import TauroBasics

/// A selector expression: groups apart by spaces add up, what commas join in a group must all be so of a node.
///
/// A selector is `[[depth]+][property:]pattern[+[depth]]`: a plus in front takes what the nodes depend on, a plus
/// behind what depends on them, a number how many steps far. `*` in a pattern stands for anything. The grammar is the
/// one that users of dbt know.
package struct SelectorExpression: Sendable, Hashable {
    /// The groups, each with at least one selector.
    package let groups: [[Selector]]

    /// Reads an expression.
    package init(_ text: String) throws(SelectorProblem) {
        var groups: [[Selector]] = []
        var start = 1
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !word.isEmpty { groups.append(try Self.group(word, at: start)) }
            start += word.count + 1
        }
        if groups.isEmpty {
            throw SelectorProblem(position: 1, message: "nothing is selected", cure: Self.cure)
        }
        self.groups = groups
    }

    private static let cure = "write a node's name, tag:NAME, output:NAME or function:NAME, with + before or behind it"

    private static func group(_ word: Substring, at start: Int) throws(SelectorProblem) -> [Selector] {
        var selectors: [Selector] = []
        var position = start
        for part in word.split(separator: ",", omittingEmptySubsequences: false) {
            selectors.append(try selector(part, at: position))
            position += part.count + 1
        }
        return selectors
    }

    private static func selector(_ part: Substring, at start: Int) throws(SelectorProblem) -> Selector {
        if part.isEmpty {
            throw SelectorProblem(position: start, message: "a selector is missing beside a comma", cure: cure)
        }
        var rest = part
        var upstream = Selector.Reach.none
        var downstream = Selector.Reach.none
        let depth = rest.prefix { $0.isASCII && $0.isNumber }
        if rest.dropFirst(depth.count).first == "+", rest.count > depth.count + 1 {
            upstream = try reach(depth, at: start)
            rest = rest.dropFirst(depth.count + 1)
        }
        if let plus = rest.lastIndex(of: "+"), plus > rest.startIndex {
            let steps = rest[rest.index(after: plus)...]
            if steps.allSatisfy({ $0.isASCII && $0.isNumber }) {
                downstream = try reach(steps, at: start + part.distance(from: part.startIndex, to: plus) + 1)
                rest = rest[..<plus]
            }
        }
        let position = start + part.distance(from: part.startIndex, to: rest.startIndex)
        let (property, pattern) = try property(rest, at: position)
        return Selector(
            property,
            String(pattern),
            upstream: upstream,
            downstream: downstream,
            position: start + part.distance(from: part.startIndex, to: pattern.startIndex)
        )
    }

    private static func reach(_ digits: Substring, at position: Int) throws(SelectorProblem) -> Selector.Reach {
        if digits.isEmpty { return .all }
        if let steps = Int(digits) { return .steps(steps) }
        throw SelectorProblem(
            position: position,
            message: "\(digits) is too far",
            cure: "leave the number out to go all the way"
        )
    }

    private static func property(
        _ text: Substring,
        at position: Int
    ) throws(SelectorProblem) -> (Selector.Property, Substring) {
        if text.allSatisfy({ $0 == "+" }) {
            throw SelectorProblem(position: position, message: "a name is missing beside '+'", cure: cure)
        }
        guard let colon = text.firstIndex(of: ":") else { return (.name, text) }
        let word = String(text[..<colon])
        guard let property = Selector.Property(rawValue: word) else {
            let words = Selector.Property.allCases.map(\.rawValue)
            let question = NearestName.nearest(to: word, in: words).map { "did you mean '\($0):'? " } ?? ""
            throw SelectorProblem(
                position: position,
                message: "'\(word):' is nothing to select by",
                cure: question + "There are \(words.map { "\($0):" }.joined(separator: ", ")); "
                    + "a node whose name holds a colon, comma, plus or space is taken by --node"
            )
        }
        let pattern = text[text.index(after: colon)...]
        if pattern.isEmpty {
            throw SelectorProblem(position: position, message: "a name is missing behind '\(word):'", cure: cure)
        }
        return (property, pattern)
    }
}
