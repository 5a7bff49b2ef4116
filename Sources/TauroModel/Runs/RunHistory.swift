package import TauroBasics

/// Everything that is known of a run, put together from its journal: for people, and to resume it.
package struct RunHistory: Sendable {
    /// Where a run stands.
    package enum Status: String, Sendable, CaseIterable {
        /// A host that lives has it.
        case running
        case completed
        case failed
        case cancelled
        /// Its host died before it came to an end.
        case dead
    }

    /// What was asked for.
    package let record: RunRecord
    package let status: Status
    /// The hosts that had it, the first one first; never empty.
    package let hosts: [RunHost]
    /// How it came to its end in the last host's hands; nil while it runs, and where the host died.
    package let ending: RunEnding?
    /// The nodes in execution order.
    package let nodes: [NodeHistory]
    /// Every change of a circuit breaker.
    package let breakers: [BreakerChange]
    /// The moment of the last entry of the journal.
    package let lastEntryAt: Timestamp
    /// How many lines of the journal this version of the host does not understand, because a newer one wrote them.
    package let unknownLines: Int

    package init(
        record: RunRecord,
        status: Status,
        hosts: [RunHost],
        ending: RunEnding?,
        nodes: [NodeHistory],
        breakers: [BreakerChange],
        lastEntryAt: Timestamp,
        unknownLines: Int = 0
    ) {
        self.record = record
        self.status = status
        self.hosts = hosts
        self.ending = ending
        self.nodes = nodes
        self.breakers = breakers
        self.lastEntryAt = lastEntryAt
        self.unknownLines = unknownLines
    }
}

/// Everything that is known of a node of a run.
package struct NodeHistory: Sendable {
    package let name: String
    /// Where it stands; `pending` too where what was under way is lost with its host, or another host will do it again.
    package let status: NodeStatus
    /// Every attempt, in the hands of all hosts, in order.
    package let attempts: [AttemptHistory]
    /// Why it never ran or was stopped.
    package let reason: String?
    /// Whether its completion was taken over by a later host.
    package let isRestored: Bool
    /// How often its result was made anew after one was completed; 0 where it never began.
    package let generation: Int
    /// What came of it; nil where it did not complete.
    package let completion: NodeCompletion?
    /// The copy of its last result in the run's directory, where one was kept.
    package let copy: FileSeal?

    package init(
        name: String,
        status: NodeStatus,
        attempts: [AttemptHistory],
        reason: String?,
        isRestored: Bool,
        generation: Int,
        completion: NodeCompletion?,
        copy: FileSeal? = nil
    ) {
        self.copy = copy
        self.name = name
        self.status = status
        self.attempts = attempts
        self.reason = reason
        self.isRestored = isRestored
        self.generation = generation
        self.completion = completion
    }

    /// Why its last attempt failed.
    package var error: RunError? { attempts.last?.error }
}

/// One attempt of a node.
package struct AttemptHistory: Sendable, Hashable {
    /// How an attempt ended.
    package enum Outcome: String, Sendable, CaseIterable {
        case running
        case completed
        case failed
        case cancelled
        /// Its host died.
        case lost
    }

    /// 1 for the first try.
    package let number: Int
    /// Which host made it: a place in the run's hosts.
    package let host: Int
    package let startedAt: Timestamp
    /// When the function had returned and storing began; nil where it did not come to that.
    package let computedAt: Timestamp?
    /// nil while it runs, and where its host died.
    package let endedAt: Timestamp?
    package let outcome: Outcome
    /// Why it failed.
    package let error: RunError?

    package init(
        number: Int,
        host: Int,
        startedAt: Timestamp,
        computedAt: Timestamp?,
        endedAt: Timestamp?,
        outcome: Outcome,
        error: RunError?
    ) {
        self.number = number
        self.host = host
        self.startedAt = startedAt
        self.computedAt = computedAt
        self.endedAt = endedAt
        self.outcome = outcome
        self.error = error
    }
}

/// A change of a circuit breaker.
package struct BreakerChange: Sendable, Hashable {
    package let resource: String
    package let state: BreakerState
    /// How many failures in a row it has counted.
    package let failures: Int
    package let at: Timestamp

    package init(resource: String, state: BreakerState, failures: Int, at: Timestamp) {
        self.resource = resource
        self.state = state
        self.failures = failures
        self.at = at
    }
}
