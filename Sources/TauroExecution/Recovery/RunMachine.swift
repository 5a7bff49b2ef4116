import TauroModel

/// Decides everything about a run but what its nodes do: which runs when, what follows from a failure, when a node has had
/// its time.
///
/// A pure state machine: events in, actions out, no threads and no clock. Moments are nanoseconds of a steady clock, and
/// never go back. Whoever drives it sends `tick` when `nextMoment` has come.
package struct RunMachine: Sendable {
    /// What happened.
    package enum Event: Sendable, Equatable {
        case start
        /// What the machine last decided of the node, to compute it or to store it, has begun; its time runs from here.
        ///
        /// Needs to be told only of nodes that have a limit: see `waitsForBegin`.
        case begun(Int)
        /// The node's result is there.
        case computed(Int)
        /// The node's result is stored.
        case completed(Int)
        /// The node's attempt failed: while it was computed, or while its result was stored.
        case failed(Int, FailureKind)
        /// Time has passed.
        case tick
        /// The run was told to stop.
        case stop
    }

    /// Why a node did not run to its end.
    package enum CancelReason: Sendable, Equatable {
        case scheduler(Scheduler.CancelReason)
        case breaker(BreakerBoard.Refusal)
    }

    /// What to do, or to take note of.
    package enum Action: Sendable, Equatable {
        /// Begin an attempt.
        case run(Int, attempt: Int)
        /// Store what was computed.
        case store(Int, attempt: Int)
        /// The attempt of that number failed, and there will be another at that moment.
        case retry(Int, attempt: Int, at: Int64)
        /// The attempt of that number failed, and there will be none after it.
        case fail(Int, attempt: Int)
        case cancel(Int, CancelReason)
        /// The attempt's time is over: tell it to stop.
        case expire(Int, attempt: Int)
        /// The attempt did not stop: nobody waits for it any more. What follows from that failure comes next.
        case abandon(Int, attempt: Int)
        case breaker(BreakerBoard.Change)
        /// Nothing runs and nothing will.
        case finish
    }

    /// An attempt whose time is limited.
    private struct Timed {
        let attempt: Int
        /// When its time is over; nil while it waits for its turn, or until what it builds on is stored, which costs it none.
        var end: Int64?
        /// How much of its time was left when it began to wait.
        var left: Int64
        var isStoring = false
        /// Whether it was told that its time is over.
        var isTold = false
    }

    private var scheduler: Scheduler
    private var board: BreakerBoard
    private let rules: RecoveryRules
    private var chance: Chance
    private var attempts: [Int32]
    private var timed: [Int: Timed] = [:]
    private var alarms = MinHeap<Alarm>()
    /// Nodes that wait for probes to end.
    private var askers: [Int] = []
    /// Nodes whose next attempt only stores what they have computed.
    private var computedBefore: Set<Int> = []
    private var steps: [Scheduler.Action] = []

    /// Creates a machine; `seed` is where the jitter of retries comes from.
    package init(scheduler: Scheduler, rules: RecoveryRules = RecoveryRules(), seed: UInt64 = 0) {
        self.scheduler = scheduler
        self.rules = rules
        board = BreakerBoard(rules.breakers, needs: rules.resources)
        chance = Chance(seed: seed)
        attempts = [Int32](repeating: 0, count: scheduler.graph.count)
    }

    /// Whether the run was told to stop before anything failed.
    package var wasStopped: Bool { scheduler.wasStopped }

    /// The circuit breaker that a summary shows; nil where there is none.
    package var worstBreaker: BreakerBoard.Change? { board.worst }

    /// When to send the next `tick`; nil for not at all as things are.
    package var nextMoment: Int64? { alarms.first?.moment }

    /// A node that was completed before does not run; to be said before `start`.
    package mutating func restore(_ node: Int) { scheduler.restore(node) }

    /// Takes an event and adds what to do about it, in order.
    package mutating func handle(_ event: Event, at now: Int64, into actions: inout [Action]) {
        switch event {
        case .start: drive(.start, now, &actions)
        case .stop: drive(.stop, now, &actions)
        case .begun(let node): goOn(node, now)
        case .computed(let node):
            if !timed.isEmpty { pause(node, now) }
            drive(.computed(node), now, &actions)
            // Who waits is no probe: what it waits for may have to be let through before.
            if !rules.resources.isEmpty, scheduler.isParked(node) { giveBack(node, .other, now, &actions) }
        case .completed(let node):
            leave(node, .success, now, &actions)
            drive(.completed(node), now, &actions)
        case .failed(let node, let kind): fail(node, kind, now, &actions)
        case .tick: tick(now, &actions)
        }
    }

    // MARK: - Failures

    private mutating func fail(_ node: Int, _ kind: FailureKind, _ now: Int64, _ actions: inout [Action]) {
        leave(node, kind.countsAgainstResources ? .failure : .other, now, &actions)
        let policy = rules.retry(of: node)
        let attempt = Int(attempts[node])
        guard let cause = kind.retryCause, policy.causes.contains(cause), attempt <= policy.maxRetries,
            !scheduler.isEnding
        else {
            actions.append(.fail(node, attempt: attempt))
            drive(.failed(node), now, &actions)
            return
        }
        if scheduler.isComputed(node) { computedBefore.insert(node) }
        let seconds = policy.delay(afterAttempt: attempt, chance: chance.next())
        let moment = now + Int64(min(seconds, 1e9) * 1e9)
        actions.append(.retry(node, attempt: attempt, at: moment))
        alarms.push(Alarm(moment: moment, node: node, attempt: attempt, purpose: .due))
        drive(.rests(node), now, &actions)
    }

    /// A node's attempt has ended, and it gives its resources back.
    private mutating func leave(
        _ node: Int,
        _ ending: BreakerBoard.Ending,
        _ now: Int64,
        _ actions: inout [Action]
    ) {
        if !timed.isEmpty { timed[node] = nil }
        giveBack(node, ending, now, &actions)
    }

    private mutating func giveBack(
        _ node: Int,
        _ ending: BreakerBoard.Ending,
        _ now: Int64,
        _ actions: inout [Action]
    ) {
        guard !rules.resources.isEmpty, rules.resources[node] != nil else { return }
        var changes: [BreakerBoard.Change] = []
        board.end(node, ending, at: now, &changes)
        actions += changes.map { .breaker($0) }
        for asker in askers { alarms.push(Alarm(moment: now, node: asker, attempt: 0, purpose: .due)) }
        askers = []
    }

    // MARK: - Time

    private mutating func tick(_ now: Int64, _ actions: inout [Action]) {
        while let alarm = alarms.first, alarm.moment <= now {
            _ = alarms.pop()
            switch alarm.purpose {
            case .due: drive(.due(alarm.node), now, &actions)
            case .expiry: expire(alarm, now, &actions)
            case .abandonment: abandon(alarm, now, &actions)
            }
        }
    }

    /// Whether the time of a node runs from when it begins, which it has not.
    func waitsForBegin(_ node: Int) -> Bool {
        if timed.isEmpty { return false }
        return timed[node].map { $0.end == nil } ?? false
    }

    private mutating func goOn(_ node: Int, _ now: Int64) {
        guard let attempt = timed[node], attempt.end == nil else { return }
        let end = now + attempt.left
        timed[node]?.end = end
        alarms.push(Alarm(moment: end, node: node, attempt: attempt.attempt, purpose: .expiry))
    }

    /// What a node returned is there, and it can not be abandoned any more.
    private mutating func pause(_ node: Int, _ now: Int64) {
        guard let attempt = timed[node], let end = attempt.end else { return }
        timed[node]?.end = nil
        timed[node]?.left = end - now
        timed[node]?.isStoring = true
    }

    private mutating func expire(_ alarm: Alarm, _ now: Int64, _ actions: inout [Action]) {
        guard let attempt = timed[alarm.node], attempt.attempt == alarm.attempt, attempt.end == alarm.moment,
            !attempt.isTold
        else { return }
        timed[alarm.node]?.isTold = true
        actions.append(.expire(alarm.node, attempt: alarm.attempt))
        let moment = now + rules.grace
        alarms.push(Alarm(moment: moment, node: alarm.node, attempt: alarm.attempt, purpose: .abandonment))
    }

    /// Storing ends by itself when it is told to, and what it has put in place must be known.
    private mutating func abandon(_ alarm: Alarm, _ now: Int64, _ actions: inout [Action]) {
        guard let attempt = timed[alarm.node], attempt.attempt == alarm.attempt, !attempt.isStoring else { return }
        actions.append(.abandon(alarm.node, attempt: alarm.attempt))
        fail(alarm.node, .timeout, now, &actions)
    }

    // MARK: - Steps

    /// Hands an event to the scheduler, and does what it says as far as breakers allow.
    private mutating func drive(_ event: Scheduler.Event, _ now: Int64, _ actions: inout [Action]) {
        steps.removeAll(keepingCapacity: true)
        scheduler.handle(event, into: &steps)
        var next = 0
        while next < steps.count {
            switch steps[next] {
            case .run(let node): begin(node, now, &actions)
            case .store(let node): store(node, now, &actions)
            case .cancel(let node, let reason):
                actions.append(.cancel(node, .scheduler(reason)))
                // It may have passed its breakers, as one whose result can not be stored.
                leave(node, .other, now, &actions)
            case .finish: actions.append(.finish)
            }
            next += 1
        }
    }

    private mutating func begin(_ node: Int, _ now: Int64, _ actions: inout [Action]) {
        guard isAdmitted(node, now, &actions) else { return }
        attempts[node] += 1
        let attempt = Int(attempts[node])
        if !rules.timeouts.isEmpty, let timeout = rules.timeouts[node] {
            timed[node] = Timed(attempt: attempt, left: timeout)
        }
        actions.append(.run(node, attempt: attempt))
    }

    private mutating func store(_ node: Int, _ now: Int64, _ actions: inout [Action]) {
        if !computedBefore.isEmpty, computedBefore.contains(node) {
            guard isAdmitted(node, now, &actions) else { return }
            computedBefore.remove(node)
            attempts[node] += 1
        }
        actions.append(.store(node, attempt: Int(attempts[node])))
    }

    /// Whether the breakers of a node's resources let it through; if not, it waits or is held back.
    private mutating func isAdmitted(_ node: Int, _ now: Int64, _ actions: inout [Action]) -> Bool {
        guard !rules.resources.isEmpty, rules.resources[node] != nil else { return true }
        var changes: [BreakerBoard.Change] = []
        let refusal = board.enter(node, at: now, &changes)
        actions += changes.map { .breaker($0) }
        guard let refusal else { return true }
        switch refusal.notBefore {
        case .some(let moment) where attempts[node] > 0:
            alarms.push(Alarm(moment: moment, node: node, attempt: Int(attempts[node]), purpose: .due))
            scheduler.handle(.rests(node), into: &steps)
        case .some:
            actions.append(.cancel(node, .breaker(refusal)))
            scheduler.handle(.heldBack(node), into: &steps)
        case .none:
            askers.append(node)
            scheduler.handle(.rests(node), into: &steps)
        }
        return false
    }
}

/// A moment at which something may have to be done about a node.
private struct Alarm: Comparable, Sendable {
    enum Purpose: Sendable {
        case due
        case expiry
        case abandonment
    }

    let moment: Int64
    let node: Int
    let attempt: Int
    let purpose: Purpose

    static func < (left: Alarm, right: Alarm) -> Bool { (left.moment, left.node) < (right.moment, right.node) }
}
