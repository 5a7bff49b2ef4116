import Synchronization

/// A flag that says "stop", shared by whoever asks and whatever runs; once set, it stays so.
///
/// Safe from any thread. Handlers run once, on the thread that cancels, or at once if the token is already cancelled.
public final class CancellationToken: Sendable {
    private struct Waiting {
        var nextIdentifier = 0
        var handlers: [Int: @Sendable () -> Void] = [:]
    }

    private let flag = Atomic<Bool>(false)
    private let waiting = Mutex(Waiting())

    /// Creates a token that says nothing yet.
    public init() {}

    /// Whether `cancel()` was called.
    ///
    /// One relaxed atomic load.
    public var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// Sets the flag and runs every handler that is still registered.
    ///
    /// Not for signal handlers: it takes a lock.
    public func cancel() {
        let handlers = waiting.withLock { waiting in
            flag.store(true, ordering: .releasing)
            defer { waiting.handlers = [:] }
            return waiting.handlers.values.map { $0 }
        }
        for handler in handlers { handler() }
    }

    /// Runs `body` with `handler` registered for its duration.
    package func withHandler<Result>(
        _ handler: @escaping @Sendable () -> Void,
        _ body: () throws -> Result
    ) rethrows
        -> Result
    {
        let identifier = register(handler)
        defer { unregister(identifier) }
        return try body()
    }

    private func register(_ handler: @escaping @Sendable () -> Void) -> Int? {
        let identifier: Int? = waiting.withLock { waiting in
            if flag.load(ordering: .acquiring) { return nil }
            waiting.nextIdentifier += 1
            waiting.handlers[waiting.nextIdentifier] = handler
            return waiting.nextIdentifier
        }
        if identifier == nil { handler() }
        return identifier
    }

    private func unregister(_ identifier: Int?) {
        guard let identifier else { return }
        waiting.withLock { _ = $0.handlers.removeValue(forKey: identifier) }
    }
}
