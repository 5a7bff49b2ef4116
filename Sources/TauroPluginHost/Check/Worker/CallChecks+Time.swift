import CTauro
import TauroBasics
import TauroModel

extension CallChecks {
    /// How long a node may go on after it was told to stop.
    private static let patience = Duration.seconds(2)

    /// Whether the node returns soon after it was told to stop: before it began, and while it runs.
    func cancellation() throws -> [Observation] {
        let token = CancellationToken()
        token.cancel()
        var before = node.base
        before.words = "its declared defaults, told to stop before it began"
        if let late = try waitForEnd(before, token) { return [late] }
        var during = node.base
        during.words = "its declared defaults, told to stop while it ran"
        let other = CancellationToken()
        return try waitForEnd(during, other).map { [$0] } ?? []
    }

    private func waitForEnd(_ given: CheckCase, _ token: CancellationToken) throws -> Observation? {
        node.begin(given.words)
        let end = Monitor<CallOutcome?>(nil)
        let thread = try WorkerPool(count: 1, name: "tauro-check")
        let node = node
        thread.submit {
            let outcome = node.callQuietly(given, cancellation: token)
            end.withLockNotifyingAll { $0 = outcome }
        }
        if !token.isCancelled, wait(for: end, .milliseconds(50)) == nil { token.cancel() }
        guard let outcome = wait(for: end, Self.patience) else {
            // Its thread goes with the process, which the host ends after this.
            _ = Unmanaged.passRetained(thread)
            return Observation(
                .error,
                "did not return within \(Self.patience.shown) of being told to stop, called with \(given.words)",
                cure: "ask tauro_cancelled(call) at every batch or ten times a second, and return TAURO_E_CANCELLED"
            )
        }
        return outcome.misconduct?.about(given)
    }

    private func wait(for end: Monitor<CallOutcome?>, _ longest: Duration) -> CallOutcome? {
        let clock = SystemMonotonicClock()
        let last = clock.elapsedTime() + longest
        while clock.elapsedTime() < last {
            if let outcome = end.withLock({ $0 }) { return outcome }
            Pause.milliseconds(1)
        }
        return end.withLock { $0 }
    }

    /// Whether the failure of an input reaches whoever called.
    func failingInput() throws -> [Observation] {
        guard !node.frameInputs.isEmpty else { return skipped("the node takes no frame") }
        var observations: [Observation] = []
        for place in node.frameInputs {
            guard case .frame(let frame) = node.samples[place] else { continue }
            let source = FailingFrame(frame)
            let name = node.name(ofInput: place)
            let given = node.base.with(
                "'\(name)' failing after its first batch",
                input: place,
                .frame(Frame(source: source))
            )
            let outcome = node.call(given)
            if let misconduct = outcome.misconduct { observations.append(misconduct.about(given)) }
            guard source.wasMet, outcome.isSuccess else { continue }
            observations.append(
                Observation(
                    .error,
                    "returned TAURO_OK although reading '\(name)' failed",
                    cure: "check what get_next and tauro_sql return, and pass the error on"
                )
            )
        }
        return observations
    }

    /// Calls from another thread than before, and from two at once.
    func threads() throws -> [Observation] {
        let first = node.call(node.base)
        if let misconduct = first.misconduct { return [misconduct.about(node.base)] }
        var given = node.base
        given.words = "its declared defaults on another thread"
        var observations = try outcomes(given, threads: 1).compactMap { $0.misconduct?.about(given) }
        if node.signature.plugin.isSerial { return observations }
        given.words = "its declared defaults on two threads at once"
        for _ in 0..<10 {
            let outcomes = try outcomes(given, threads: 2)
            observations += outcomes.compactMap { $0.misconduct?.about(given) }
            if let other = outcomes.first(where: { $0.isSuccess != first.isSuccess }) {
                observations.append(
                    Observation(
                        .error,
                        "answered \(other.words), called with \(given.words), and \(first.words) alone",
                        cure: "keep nothing in global variables, or say TAURO_PLUGIN_SERIAL"
                    )
                )
            }
            if !observations.isEmpty { break }
        }
        return observations
    }

    private func outcomes(_ given: CheckCase, threads count: Int) throws -> [CallOutcome] {
        node.begin(given.words)
        let all = Monitor<[CallOutcome]>([])
        let pool = try WorkerPool(count: count, name: "tauro-check")
        let node = node
        for _ in 0..<count {
            pool.submit {
                let outcome = node.callQuietly(given)
                all.withLockNotifyingAll { $0.append(outcome) }
            }
        }
        pool.shutdown()
        return all.withLock { $0 }
    }

    /// Whether the node, or a thread that it left behind, uses a call that is over.
    func afterReturn() -> [Observation] {
        node.begin(node.base.words)
        _ = node.callQuietly(node.base) { call in
            AfterReturn.take(call)
            // Never freed: what still uses it must find it.
            _ = Unmanaged.passRetained(call)
        }
        node.begin("its declared defaults, after it had returned")
        Pause.milliseconds(300)
        let used = AfterReturn.usedFunctions
        if used.isEmpty { return [] }
        return [
            Observation(
                .error,
                "used \(used.joined(separator: ", ")) after it had returned",
                cure: "join every thread that uses the call before the node returns, and keep no pointer of it"
            )
        ]
    }
}
