/// A reproducible source of chance (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A random graph: node `i` depends on some of the nodes before it.
    mutating func graph(nodes: Int) -> [[Int]] {
        (0..<nodes).map { node in
            guard node > 0 else { return [] }
            return (0..<Int.random(in: 0...3, using: &self)).map { _ in Int.random(in: 0..<node, using: &self) }
        }
    }
}
