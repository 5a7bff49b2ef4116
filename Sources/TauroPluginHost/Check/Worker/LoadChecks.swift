import Glibc
import TauroBasics
import TauroModel

/// The checks that load a plugin: L1 to L5.
struct LoadChecks {
    /// How long loading may take before people notice it.
    private static let longest = Duration.milliseconds(250)

    let path: String
    let plugins: PluginLoader

    /// Loads the plugin and says what one check found.
    func findings(_ check: PluginCheck) throws(NodeFailure) -> FindingsMessage {
        let clock = SystemMonotonicClock()
        let before = ProcessState.now()
        let start = clock.elapsedTime()
        let plugin = try plugins.plugin(.unread(path: path))
        let elapsed = clock.elapsedTime() - start
        fflush(nil)
        let changes = before.changes(until: ProcessState.now())
        switch check {
        case .loading:
            for signature in plugin.all { _ = try plugin.function(for: signature) }
            return FindingsMessage(observations: [], facts: [])
        case .loadTime: return FindingsMessage(observations: time(elapsed), facts: [])
        case .processState: return FindingsMessage(observations: self.changes(changes), facts: [])
        default:
            let files = ProcessState.mappedFiles().map { "maps \($0)" }
            return FindingsMessage(observations: [], facts: files + changes.map { "changes \($0)" })
        }
    }

    private func time(_ elapsed: Duration) -> [Observation] {
        guard elapsed > Self.longest else { return [] }
        return [
            Observation(
                .warning,
                "the plugin takes \(elapsed.shown) to load; expected at most \(Self.longest.shown)",
                cure: "do the work in the node, at its first call, and link fewer libraries"
            )
        ]
    }

    private func changes(_ changes: [String]) -> [Observation] {
        guard !changes.isEmpty else { return [] }
        let more = changes.count > 4 ? " and \(changes.count - 4) more" : ""
        return [
            Observation(
                .error,
                "loading the plugin changes \(changes.prefix(4).joined(separator: ", "))\(more)",
                cure: "change nothing of the process in a constructor; the host and other plugins share it"
            )
        ]
    }
}
