/// A graph whose nodes do nothing, so that what is left is what deciding about them costs.
enum GraphShape: String, CaseIterable {
    /// Every node waits for the one before it: there is never a choice, and never work for two.
    case chain
    /// One node, on which all others wait, and one that waits for those.
    case fan
    /// A square, in which each node waits for its left and its upper neighbour.
    case lattice
    /// Layers of 100 nodes, each of which waits for up to three nodes of the layer before, drawn by chance.
    case layered

    private static let layer = 100

    /// The nodes that each node waits for, ascending and before it; the same ones each time.
    func dependencies(count: Int) -> [[Int]] {
        switch self {
        case .chain: (0..<count).map { $0 == 0 ? [] : [$0 - 1] }
        case .fan: (0..<count).map { $0 == 0 ? [] : $0 < count - 1 ? [0] : Array(1..<count - 1) }
        case .lattice: GraphShape.lattice(count)
        case .layered: GraphShape.layered(count)
        }
    }

    private static func lattice(_ count: Int) -> [[Int]] {
        let side = max(1, Int(Double(count).squareRoot()))
        return (0..<count).map { node in
            let upper = node >= side ? [node - side] : []
            return upper + (node % side > 0 ? [node - 1] : [])
        }
    }

    private static func layered(_ count: Int) -> [[Int]] {
        var state: UInt64 = 1
        func draw() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % layer
        }
        return (0..<count).map { node in
            guard node >= layer else { return [] }
            let first = (node / layer - 1) * layer
            return Set((0..<3).map { _ in first + draw() }).sorted()
        }
    }
}
