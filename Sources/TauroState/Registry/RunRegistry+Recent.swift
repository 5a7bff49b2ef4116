package import TauroBasics
package import TauroModel

extension RunRegistry {
    /// How many of the newest runs are looked at.
    private static let recentRuns = 10

    /// How long the nodes of a pipeline took when it last completed, in seconds, by their names; empty where none of the
    /// newest runs says so.
    package func measuredSeconds(of pipeline: String) -> [String: Double] {
        // Ids of runs begin with the time.
        for name in recentNames() {
            guard let overview = try? directory(of: name).overview(), overview.pipeline == pipeline,
                overview.status == .completed, let history = try? directory(of: name).history()
            else { continue }
            let measured = history.nodes.compactMap { node in node.completion.map { (node.name, $0.seconds) } }
            return Dictionary(measured) { first, _ in first }
        }
        return [:]
    }

    /// The newest run of a pipeline, where it is among the newest of all.
    package func recentRun(of pipeline: String) -> RunOverview? {
        recentNames().lazy.compactMap { try? directory(of: $0).overview() }.first { $0.pipeline == pipeline }
    }

    /// The latest time in the id of a run; nil where none has one.
    package var newestTime: Timestamp? { recentNames().compactMap(RunIdentifier.time).max() }

    private func recentNames() -> [String] {
        let names = (try? FileSystem.list(root)) ?? []
        return names.filter { RunDirectory.isName($0) }.suffix(RunRegistry.recentRuns).reversed()
    }
}
