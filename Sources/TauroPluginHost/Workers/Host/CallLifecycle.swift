/// How far a call in a worker has come, and when patience ends.
///
/// A pure state machine: events in, actions out, no process and no clock. A call that should end is first told to stop,
/// then given time, then its worker is killed.
struct CallLifecycle {
    /// Why a call is to end before it ended by itself.
    enum StopReason: Sendable, Equatable {
        /// The run was told to stop.
        case cancelled
        /// Its time is over.
        case timedOut
    }

    /// What to do.
    enum Action: Equatable {
        /// Tell the function to stop.
        case tellToStop
        /// End the worker.
        case kill
    }

    private enum Phase {
        case running
        case stopping(StopReason, killAt: Duration)
        case killed(StopReason)
    }

    private let deadline: Duration?
    private let grace: Duration
    private var phase = Phase.running

    /// Creates the lifecycle of a call that begins now.
    ///
    /// - Parameters:
    ///   - deadline: when its time is over, on the monotonic clock.
    ///   - grace: how long a function that was told to stop may take to return.
    init(deadline: Duration?, grace: Duration) {
        self.deadline = deadline
        self.grace = grace
    }

    /// Why the call was told to stop, if it was.
    var stopReason: StopReason? {
        switch phase {
        case .running: nil
        case .stopping(let reason, _), .killed(let reason): reason
        }
    }

    /// Whether its worker was killed.
    var wasKilled: Bool { if case .killed = phase { true } else { false } }

    /// When `wake` is to be called next; nil where only an event can change anything.
    var nextMoment: Duration? {
        switch phase {
        case .running: deadline
        case .stopping(_, let killAt): killAt
        case .killed: nil
        }
    }

    /// The run was told to stop.
    mutating func cancel(now: Duration) -> Action? {
        guard case .running = phase else { return nil }
        phase = .stopping(.cancelled, killAt: now + grace)
        return .tellToStop
    }

    /// Time went by.
    mutating func wake(now: Duration) -> Action? {
        switch phase {
        case .running:
            guard let deadline, now >= deadline else { return nil }
            phase = .stopping(.timedOut, killAt: now + grace)
            return .tellToStop
        case .stopping(let reason, let killAt):
            guard now >= killAt else { return nil }
            phase = .killed(reason)
            return .kill
        case .killed: return nil
        }
    }
}
