package import TauroBasics

/// One selector of an expression: nodes that match a pattern, and how far around them.
package struct Selector: Sendable, Hashable {
    /// What of a node the pattern is held against.
    package enum Property: String, Sendable, Hashable, CaseIterable {
        case name
        case tag
        case output
        case function
    }

    /// How far from the matching nodes others are taken too.
    package enum Reach: Sendable, Hashable {
        case steps(Int)
        case all

        /// Nothing but the matching nodes.
        package static let none = Reach.steps(0)
    }

    /// What the pattern is held against.
    package let property: Property
    /// The pattern.
    package let pattern: GlobPattern
    /// How far towards what they depend on.
    package let upstream: Reach
    /// How far towards what depends on them.
    package let downstream: Reach
    /// Where the pattern stands in the expression, in characters from 1.
    package let position: Int

    package init(
        _ property: Property,
        _ pattern: String,
        upstream: Reach = .none,
        downstream: Reach = .none,
        position: Int = 1
    ) {
        self.property = property
        self.pattern = GlobPattern(pattern)
        self.upstream = upstream
        self.downstream = downstream
        self.position = position
    }
}

/// Why a text is no selector expression.
package struct SelectorProblem: Error, Sendable, Hashable {
    /// Where, in characters from 1.
    package let position: Int
    /// What is wrong, as a sentence without its end.
    package let message: String
    /// What to do.
    package let cure: String
}
