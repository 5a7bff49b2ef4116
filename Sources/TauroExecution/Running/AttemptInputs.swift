import Synchronization
import TauroModel

/// The results that an attempt reads, for it to take once, so that nobody else keeps them while it goes on.
///
/// Safe from any thread.
final class AttemptInputs: Sendable {
    private let results: Mutex<[Int: HeldResult]>

    /// Keeps the results, by their producers' places in the plan.
    init(_ results: [Int: HeldResult]) {
        self.results = Mutex(results)
    }

    /// Hands the results over; after that there are none.
    func take() -> [Int: HeldResult] {
        results.withLock { results in
            defer { results = [:] }
            return results
        }
    }
}
