import Synchronization
import TauroModel

/// The last value of each metric a node reported.
///
/// Safe from any thread.
final class NodeMetrics: Sendable {
    private let latest = Mutex<[String: Double]>([:])

    /// Takes note of a report if it is a metric.
    func note(_ report: NodeReport) {
        guard case .metric(let name, let value) = report else { return }
        latest.withLock { $0[name] = value }
    }

    /// The last value of each metric.
    var values: [String: Double] { latest.withLock { $0 } }
}
