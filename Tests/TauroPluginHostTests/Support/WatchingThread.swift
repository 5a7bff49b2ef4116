import Foundation

/// A thread that waits until something holds, at most ten seconds, and then does something.
final class WatchingThread: Sendable {
    private let done = DispatchSemaphore(value: 0)

    init(_ holds: @escaping @Sendable () -> Bool, then body: @escaping @Sendable () -> Void) throws {
        let done = done
        Thread.detachNewThread {
            for _ in 0..<10_000 where !holds() { usleep(1_000) }
            body()
            done.signal()
        }
    }

    func join() { done.wait() }
}
