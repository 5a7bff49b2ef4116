import TauroModel

/// Holds a run to its promise that no function is called again once everything that it made is stored, unless something
/// that it depends on has changed.
final class RerunLedger: @unchecked Sendable {
    // Used by the one thread that plays the history.

    private let nodes: [Scenario.Node]
    /// The generations up to which nodes may be made anew.
    private var excused: [Int: Int] = [:]
    /// Whether nothing is promised any more.
    var isOff = false

    init(_ scenario: Scenario) { nodes = scenario.nodes }

    /// Something has befallen what the nodes have made, or what they depend on.
    func excuse(_ places: some Sequence<Int>, _ storage: SimulatedStorage) {
        for place in places { excused[place] = storedGeneration(place, storage) ?? 0 }
    }

    /// A node's function is called.
    func begin(_ place: Int, _ storage: SimulatedStorage, _ world: World) {
        let node = nodes[place]
        guard !isOff, !node.outputs.isEmpty, let generation = storedGeneration(place, storage) else { return }
        let isStored = node.outputs.allSatisfy {
            storage.commit(of: node.name, in: $0.id)?.identity.generation == generation
        }
        world.expect(
            !isStored || (excused[place] ?? -1) >= generation,
            "\(node.name) was called again after everything that it made had been stored"
        )
    }

    private func storedGeneration(_ place: Int, _ storage: SimulatedStorage) -> Int? {
        let node = nodes[place]
        return node.outputs.compactMap { storage.commit(of: node.name, in: $0.id)?.identity.generation }.max()
    }
}
