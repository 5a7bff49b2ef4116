/// How a node is executed, with every layer of configuration merged.
///
/// Copies share their contents until one of them is changed, and all that say nothing share one.
package struct PlannedExecution: Sendable, Hashable {
    private var storage: Storage

    /// Where the function is called.
    package var isolation: NodeIsolation {
        get { storage.contents.isolation }
        set { change { $0.isolation = newValue } }
    }
    /// How long one attempt may take; nil for as long as it likes.
    package var timeout: Duration? { storage.contents.timeout }
    /// How much memory of its own a worker process may take, in bytes; nil for as much as there is.
    package var workerMemoryLimit: Int64? { storage.contents.workerMemoryLimit }
    /// What happens to the run when the node fails.
    package var onFailure: FailurePolicy { storage.contents.onFailure }
    /// Whether and when it is tried again.
    package var retry: RetryPolicy {
        get { storage.contents.retry }
        set { change { $0.retry = newValue } }
    }
    /// Among nodes that are ready those of a higher one start first.
    package var priority: Int {
        get { storage.contents.priority }
        set { change { $0.priority = newValue } }
    }
    /// The pool whose limit it counts against besides that of all workers; nil for none.
    package var pool: String? {
        get { storage.contents.pool }
        set { change { $0.pool = newValue } }
    }
    /// How many bytes of memory it says it needs while it runs; nil where it says nothing.
    package var memory: Int64? {
        get { storage.contents.memory }
        set { change { $0.memory = newValue } }
    }
    /// What it shares with others and can be out of order, each with a circuit breaker: names of the plan's `breakers`.
    package var resources: [String] {
        get { storage.contents.resources }
        set { change { $0.resources = newValue } }
    }

    /// Seconds beyond which a limit is none, some 30 years: moments so far off still count in whole nanoseconds.
    static let longestSeconds = 1e9

    /// Takes the merged layers, and the built-in defaults for what none of them says.
    package init(_ settings: ExecutionSettings = ExecutionSettings()) {
        let contents = Contents(settings)
        storage = contents == Storage.builtIn.contents ? .builtIn : Storage(contents)
    }

    private mutating func change(_ edit: (inout Contents) -> Void) {
        var contents = storage.contents
        edit(&contents)
        // What is set to what it was stays shared.
        if contents != storage.contents { storage = Storage(contents) }
    }
}

extension PlannedExecution {
    private final class Storage: Sendable, Hashable {
        static let builtIn = Storage(Contents(ExecutionSettings()))

        let contents: Contents

        init(_ contents: Contents) { self.contents = contents }

        static func == (left: Storage, right: Storage) -> Bool { left === right || left.contents == right.contents }

        func hash(into hasher: inout Hasher) { hasher.combine(contents) }
    }

    private struct Contents: Sendable, Hashable {
        var isolation: NodeIsolation
        let timeout: Duration?
        let workerMemoryLimit: Int64?
        let onFailure: FailurePolicy
        var retry: RetryPolicy
        var priority: Int
        var pool: String?
        var memory: Int64?
        var resources: [String] = []

        init(_ settings: ExecutionSettings) {
            isolation = settings.isolation ?? .inProcess
            timeout = settings.timeoutSeconds.map {
                .nanoseconds(Int64(min($0, PlannedExecution.longestSeconds) * 1e9))
            }
            workerMemoryLimit = settings.workerMemoryLimit
            onFailure = settings.onFailure ?? .stop
            retry = settings.retry.policy
            priority = settings.priority ?? 0
            pool = settings.pool?.value
            memory = settings.memory?.value
        }
    }
}
