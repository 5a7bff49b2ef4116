import TauroModel

@testable import TauroExecution

/// What threads do.
extension SimulatedHost {
    /// A thread begins a step.
    func begin(_ step: PipelineBook.Step, _ thread: Int) {
        var job: Job
        state.book.checks.begin(step)
        switch step {
        case .compute(let attempt):
            job = Job(step: step, attempt: attempt)
            job.fate = setting.fate(of: attempt)
            job.isStubborn = setting.isTroubled && world.chance(30)
            check(attempt, thread, isStoring: false)
            setting.ledger.begin(attempt.index, setting.storage, world)
        case .store(let attempt, _, _):
            job = Job(step: step, attempt: attempt)
            check(attempt, thread, isStoring: true)
        }
        job.serial = nextSerial()
        jobs[thread] = job
        if case .store(_, _, keepsCopy: true) = step {
            events.add(.copyDue(thread), at: world.now + setting.stepDuration(), world)
        } else if case .hanging = job.fate {
            // Told in time it may stop; else it comes back when nobody waits for it any more, or never.
            if job.isStubborn, world.chance(50) { endLater(thread, in: world.duration(3_000...30_000)) }
            hearExpiries()
        } else {
            endLater(thread, in: setting.stepDuration())
            hearExpiries()
        }
    }

    private func check(_ attempt: NodeAttempt, _ thread: Int, isStoring: Bool) {
        steps.begin(
            thread,
            attempt.index,
            attempt: attempt.number,
            isStoring: isStoring,
            computed: state.book.checks.computed
        )
    }

    private func endLater(_ thread: Int, in duration: Int64) {
        guard let job = jobs[thread] else { return }
        events.add(.stepEnds(thread, serial: job.serial), at: world.now + duration, world)
    }

    /// Functions that were told to stop do so, those that listen.
    func hearExpiries() {
        for (thread, job) in jobs.sorted(by: { $0.key < $1.key }) where !job.hasHeard && !job.isStubborn {
            guard cancellation.isCancelled || job.attempt.control?.isExpired ?? false else { continue }
            jobs[thread]?.hasHeard = true
            guard case .compute = job.step else { continue }
            if world.chance(70) { jobs[thread]?.fate = .hanging }
            jobs[thread]?.serial = nextSerial()
            // Sometimes too late.
            endLater(thread, in: world.duration(0...2_500))
        }
    }

    /// A step comes to its end.
    func endStep(_ job: Job, _ thread: Int) {
        let (attempt, place) = (job.attempt, job.attempt.index)
        switch job.step {
        case .compute:
            setting.functions.fate = job.fate
            switch attempt.compute(report: { _ in }, checked: { _ in }) {
            case .success(let result):
                end(thread, .computed(place)) { $0.book.book.computed(place, result, spent: 1) }
            case .failure(let error): fail(thread, place, error)
            }
        case .store(_, let result, _):
            let outcome = attempt.store(result)
            if world.isDead { return }
            switch outcome {
            case .success(let outputs):
                end(thread, .completed(place)) { state in
                    state.book.book.completed(place, outputs, copy: job.copy, spent: 1, &state.entries)
                }
            case .failure(let error): fail(thread, place, error)
            }
        }
    }

    private func fail(_ thread: Int, _ place: Int, _ error: any Error) {
        end(thread, .failed(place, FailureKind(error))) { $0.book.book.failed(place, error, spent: 1) }
    }

    private func end(_ thread: Int, _ event: RunMachine.Event, _ note: (inout State) -> Void) {
        steps.end(thread)
        if state.isDismissed(thread) { return takeStep(thread) }
        state.lay(down: thread)
        note(&state)
        take(event)
        settle(.node(thread))
    }

    // MARK: - Copies

    /// Copies a result, and has that written, before it is stored.
    func keepCopy(_ thread: Int) {
        guard let job = jobs[thread], case .store(let attempt, let result?, _) = job.step else { return }
        do {
            let copy = try attempt.executor.describing("keep a copy of the result", attempt.node) {
                try setting.storage.keep(result.dataset, of: attempt.node.name, cancellation: cancellation)
            }
            jobs[thread]?.copy = copy
            let now = VirtualClock(world: world).wallTime()
            record([.nodeComputed(node: attempt.node.name, rows: nil, copy: copy, at: now)], thread)
        } catch {
            if world.isDead { return }
            jobs[thread] = nil
            fail(thread, attempt.index, error)
        }
    }

    private func record(_ entries: [JournalEntry], _ thread: Int) {
        if state.failure != nil { return stopRecording(thread) }
        state.entries += entries
        recorders[thread] = state.entriesTaken + state.entries.count
        settle(.recorder(thread))
    }

    /// A thread that waits for its entries goes on once they are written.
    func goOnIfRecorded(_ thread: Int) {
        guard let number = recorders[thread], state.failure != nil || state.entriesWritten >= number else { return }
        recorders[thread] = nil
        if state.failure == nil { endLater(thread, in: setting.stepDuration()) } else { stopRecording(thread) }
    }

    private func stopRecording(_ thread: Int) {
        guard let job = jobs.removeValue(forKey: thread) else { return }
        fail(thread, job.attempt.index, NodeFailure(.cancelled, "the run can not go on"))
    }
}
