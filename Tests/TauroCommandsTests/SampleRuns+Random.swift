import TauroBasics
import TauroModel
import TauroTesting

extension SampleRuns {
    /// Random dependencies: each node needs up to three of the few dozen before it.
    static func dependencies(count: Int, seed: UInt64) -> [[Int]] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { place in
            guard place > 0 else { return [] }
            let near = max(0, place - 60)..<place
            return Array(
                Set((0..<Int.random(in: 0...3, using: &random)).map { _ in Int.random(in: near, using: &random) })
            )
        }
    }

    /// A completed run of many nodes on eight workers, in the order of their places.
    static func large(_ count: Int, seed: UInt64 = 7) -> RunHistory {
        var random = SeededGenerator(seed: seed)
        let dependencies = Self.dependencies(count: count, seed: seed)
        var workers = [Double](repeating: 0, count: 8)
        var ends: [Double] = []
        let nodes = dependencies.enumerated().map { place, needed in
            let worker = workers.indices.min { workers[$0] < workers[$1] } ?? 0
            let start = needed.map { ends[$0] }.reduce(workers[worker], max)
            let end = start + Double.random(in: 0.02...0.5, using: &random)
            workers[worker] = end
            ends.append(end)
            return completed("node_\(place)", [attempt(from: start, computed: (start + end * 3) / 4, to: end)])
        }
        let plan = dependencies.enumerated().map { place, needed in
            planned("node_\(place)", needed.map { "node_\($0)" })
        }
        let last = ends.max() ?? 0
        return history(record(plan), .completed, nodes, ending: ending(.completed, at: last), last: last)
    }
}
