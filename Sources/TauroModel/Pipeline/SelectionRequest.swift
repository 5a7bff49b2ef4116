/// Which of a pipeline's nodes a person wants, as the call says it; nothing said is all of them.
///
/// Several of one kind add up. A node must be in every kind that is given, and in no exclusion.
package struct SelectionRequest: Sendable, Hashable {
    /// Expressions of the selector grammar, `--select`.
    package var expressions: [String]
    /// Expressions whose nodes are left out, `--exclude`.
    package var exclusions: [String]
    /// Nodes to take with everything that depends on them, `--from-node`.
    package var fromNodes: [String]
    /// Nodes to take with everything they depend on, `--to-node`.
    package var toNodes: [String]
    /// Nodes to take alone, `--node`.
    package var nodes: [String]
    /// Tags whose nodes to take, `--tag`.
    package var tags: [String]

    package init(
        expressions: [String] = [],
        exclusions: [String] = [],
        fromNodes: [String] = [],
        toNodes: [String] = [],
        nodes: [String] = [],
        tags: [String] = []
    ) {
        self.expressions = expressions
        self.exclusions = exclusions
        self.fromNodes = fromNodes
        self.toNodes = toNodes
        self.nodes = nodes
        self.tags = tags
    }

    /// Whether all nodes are wanted.
    package var isEmpty: Bool { self == SelectionRequest() }
}
