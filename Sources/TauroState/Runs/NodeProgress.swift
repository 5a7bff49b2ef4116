import TauroBasics
import TauroModel

/// A node's history while it is put together.
struct NodeProgress {
    private struct Attempt {
        let number: Int
        let host: Int
        let startedAt: Timestamp
        var computedAt: Timestamp?
        var endedAt: Timestamp?
        var outcome = AttemptHistory.Outcome.running
        var error: RunError?

        var history: AttemptHistory {
            AttemptHistory(
                number: number,
                host: host,
                startedAt: startedAt,
                computedAt: computedAt,
                endedAt: endedAt,
                outcome: outcome,
                error: error
            )
        }
    }

    let name: String
    private var status = NodeStatus.pending
    private var attempts: [Attempt] = []
    private var reason: String?
    private var isRestored = false
    private var generation = 0
    private var completion: NodeCompletion?
    private var copy: FileSeal?

    init(name: String) { self.name = name }

    /// Takes in an entry about this node, which the run's host of that number made.
    mutating func add(_ entry: JournalEntry, host: Int) {
        switch entry {
        case .nodeStarted(_, let attempt, let generation, let at):
            start(attempt, generation, host, at)
        case .nodeComputed(_, _, let copy, let at):
            if let last = attempts.indices.last { attempts[last].computedAt = at }
            self.copy = copy
        case .nodeInvalidated(_, let generation, let reason, _):
            status = .pending
            completion = nil
            copy = nil
            isRestored = false
            self.generation = generation
            self.reason = reason
        case .nodeCompleted(_, let completion):
            closeAttempt(completion.attempt, host, .completed, at: completion.at)
            status = .completed
            self.completion = completion
        case .nodeRestored:
            status = .completed
            isRestored = true
        case .nodeRetrying(_, let attempt, let error, _, let at):
            closeAttempt(attempt, host, .failed, error, at: at)
            status = .retrying
        case .nodeFailed(_, let attempt, let error, let at):
            closeAttempt(attempt, host, .failed, error, at: at)
            status = .failed
        case .nodeCancelled(_, let reason, let at):
            closeRunning(.cancelled, at: at)
            status = .cancelled
            self.reason = reason
        case .hostBegan, .breakerChanged, .runEnded: break
        }
    }

    /// Another host takes the run: what was under way is lost, what did not complete is to be done again.
    mutating func leaveHost() {
        closeRunning(.lost, at: nil)
        if status == .completed { return }
        status = .pending
        reason = nil
    }

    /// The run is in nobody's hands any more.
    mutating func end(with status: RunHistory.Status) {
        closeRunning(status == .dead ? .lost : .cancelled, at: nil)
        if self.status == .running || self.status == .retrying { self.status = .pending }
    }

    var history: NodeHistory {
        NodeHistory(
            name: name,
            status: status,
            attempts: attempts.map(\.history),
            reason: reason,
            isRestored: isRestored,
            generation: generation,
            completion: completion,
            copy: copy
        )
    }

    private mutating func start(_ attempt: Int, _ generation: Int, _ host: Int, _ at: Timestamp) {
        closeRunning(.lost, at: nil)
        attempts.append(Attempt(number: attempt, host: host, startedAt: at))
        status = .running
        // A result that is made once more, only because nobody kept it, is the same one.
        if generation != self.generation { completion = nil }
        self.generation = generation
        reason = nil
        isRestored = false
    }

    /// Ends the attempt; one whose start was not told of, since a newer version may tell it otherwise, is added.
    private mutating func closeAttempt(
        _ number: Int,
        _ host: Int,
        _ outcome: AttemptHistory.Outcome,
        _ error: RunError? = nil,
        at moment: Timestamp
    ) {
        let isUnderWay = attempts.last.map { $0.outcome == .running && $0.number == number } ?? false
        if !isUnderWay { attempts.append(Attempt(number: number, host: host, startedAt: moment)) }
        closeRunning(outcome, error, at: moment)
    }

    private mutating func closeRunning(
        _ outcome: AttemptHistory.Outcome,
        _ error: RunError? = nil,
        at moment: Timestamp?
    ) {
        guard let last = attempts.indices.last, attempts[last].outcome == .running else { return }
        attempts[last].outcome = outcome
        attempts[last].error = error
        attempts[last].endedAt = moment
    }
}
