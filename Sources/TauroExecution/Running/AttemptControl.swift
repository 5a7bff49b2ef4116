import Synchronization
import TauroModel

/// How an attempt whose time is limited is told that it is over.
///
/// Safe from any thread.
final class AttemptControl: Sendable {
    /// What the attempt is told to stop through; it is not the run's, so that nobody else stops.
    let cancellation = CancellationToken()
    private let expired = Atomic<Bool>(false)

    /// Whether the attempt's time was over before it ended.
    var isExpired: Bool { expired.load(ordering: .acquiring) }

    /// The attempt's time is over.
    func expire() {
        expired.store(true, ordering: .releasing)
        cancellation.cancel()
    }
}
