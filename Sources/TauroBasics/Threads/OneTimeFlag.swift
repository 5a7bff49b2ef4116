import Synchronization

/// A flag that the first of many takers gets.
///
/// Safe from any thread.
package final class OneTimeFlag: Sendable {
    private let isTaken = Atomic<Bool>(false)

    package init() {}

    /// Whether nobody took it before.
    package func take() -> Bool { !isTaken.exchange(true, ordering: .acquiringAndReleasing) }
}
