import TauroTesting

extension SeededGenerator {
    /// A random graph: node `i` depends on some of the nodes before it.
    mutating func graph(nodes: Int) -> [[Int]] {
        (0..<nodes).map { node in
            guard node > 0 else { return [] }
            return (0..<Int.random(in: 0...3, using: &self)).map { _ in Int.random(in: 0..<node, using: &self) }
        }
    }
}
