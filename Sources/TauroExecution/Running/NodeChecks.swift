import Synchronization
import TauroModel

/// What came of the checks of one node, in the order they were made.
///
/// Safe from any thread.
final class NodeChecks: Sendable {
    private let results = Mutex<[CheckResult]>([])

    /// Takes note of a result.
    func note(_ result: CheckResult) { results.withLock { $0.append(result) } }

    /// All results.
    var all: [CheckResult] { results.withLock { $0 } }
}
