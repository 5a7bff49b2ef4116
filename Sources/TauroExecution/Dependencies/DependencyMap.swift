/// The nodes of a pipeline, each with the nodes that depend on it.
///
/// Nodes and dependents are in the order of the file; a node that nobody depends on has none.
public struct DependencyMap: Sendable, Hashable {
    /// The nodes' names.
    public let nodes: [String]
    private let dependents: [String: [String]]

    /// The nodes that depend on `node`; nil where there is no such node.
    public subscript(node: String) -> [String]? { dependents[node] }

    /// Creates a map; of a node that is given twice the first counts.
    public init(_ entries: some Sequence<(String, [String])>) {
        var nodes: [String] = []
        var dependents: [String: [String]] = [:]
        for (node, ofNode) in entries where dependents[node] == nil {
            nodes.append(node)
            dependents[node] = ofNode
        }
        self.nodes = nodes
        self.dependents = dependents
    }
}

extension DependencyMap: ExpressibleByDictionaryLiteral {
    /// Creates a map from its entries in order.
    public init(dictionaryLiteral elements: (String, [String])...) { self.init(elements) }
}

extension DependencyMap: CustomStringConvertible {
    /// One node after the other: `a: [b, c], b: [], c: []`.
    public var description: String {
        nodes.map { "\($0): [\((dependents[$0] ?? []).joined(separator: ", "))]" }.joined(separator: ", ")
    }
}
