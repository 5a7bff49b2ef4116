package import TauroBasics

/// A run whose host died inside a call of a function.
package struct DeadRun: Sendable, Hashable {
    /// One call that was under way when the host died.
    package struct Call: Sendable, Hashable {
        /// The node's name; its beginning where it is very long.
        package let node: String
        /// The dotted name of its function.
        package let function: String
        /// The plugin file.
        package let plugin: String
        /// When the call began.
        package let beganAt: Timestamp
        /// What the host saw of its end; nil if it saw none.
        package let cause: Cause?

        package init(node: String, function: String, plugin: String, beganAt: Timestamp, cause: Cause? = nil) {
            self.node = node
            self.function = function
            self.plugin = plugin
            self.beganAt = beganAt
            self.cause = cause
        }
    }

    /// How a host dies, as far as it can still tell.
    package enum Cause: Sendable, Hashable {
        /// A signal of a fault, by its number.
        case signal(Int32)
        /// The function ended the process, for example with `exit(0)`.
        case exit
        /// The function ended its thread.
        case threadExit
    }

    /// The run's id.
    package let id: String
    /// The pipeline it ran.
    package let pipeline: String
    /// When it began.
    package let startedAt: Timestamp
    /// Where it died: the call whose thread the cause came from, else all that were under way.
    ///
    /// Never empty.
    package let calls: [Call]
    /// Nodes that hosts of the runs before it died in, if it was itself a run that resumed one.
    package let earlierNodes: [String]
    /// Whether nobody has been told of it before.
    package let isNew: Bool

    package init(
        id: String,
        pipeline: String,
        startedAt: Timestamp,
        calls: [Call],
        earlierNodes: [String] = [],
        isNew: Bool
    ) {
        self.id = id
        self.pipeline = pipeline
        self.startedAt = startedAt
        self.calls = calls
        self.earlierNodes = earlierNodes
        self.isNew = isNew
    }

    /// The nodes not to be called in the host's process again, each once.
    package var suspects: [String] {
        var seen: Set<String> = []
        return (calls.map(\.node) + earlierNodes).filter { seen.insert($0).inserted }
    }
}

/// What a project's records say about runs whose hosts died.
package struct DeadRuns: Sendable {
    /// The runs, oldest first.
    package let runs: [DeadRun]
    /// Records that can not be understood: path and reason, which completes the sentence "the record …".
    package let unreadable: [(path: String, reason: String)]

    package init(runs: [DeadRun], unreadable: [(path: String, reason: String)]) {
        self.runs = runs
        self.unreadable = unreadable
    }
}
