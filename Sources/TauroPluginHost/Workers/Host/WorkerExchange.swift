import Glibc
import TauroBasics
import TauroModel

/// One question to a worker and the wait for its answer.
///
/// Serves what the worker asks meanwhile, and waits for messages, output, the worker's end, cancellation and time;
/// queries are answered on the worker's service thread. Used by one thread, for one question.
final class WorkerExchange {
    /// What a message of the worker is to the one who asked.
    enum Reception<Answer> {
        case answer(Answer)
        case more
        /// The same, and its time begins anew.
        case moreTime
        /// No message that a worker sends now.
        case unexpected
    }

    /// How an exchange ended.
    enum End<Answer> {
        /// The worker waits for the next question.
        case answered(Answer)
        /// The worker is gone; what it did, as the predicate of a sentence.
        case lost(words: String)
    }

    /// What the worker knows the exchange by, where it is a call.
    let number: UInt64
    let requests: WorkerRequests
    private let worker: Worker
    private let cancellation: CancellationToken
    private let report: @Sendable (NodeReport) -> Void
    private let conversation: WorkerConversation
    private(set) var lifecycle: CallLifecycle
    private let clock = SystemMonotonicClock()
    private let start: Duration
    private let timeout: Duration?
    private let grace: Duration
    /// When the answer has to be there, on the monotonic clock; nil where it has time.
    let deadline: Duration?

    /// Begins an exchange now.
    ///
    /// The answer may take as long as `timeout`, and as much longer as `grace` once the worker was told to stop.
    init(
        _ worker: Worker,
        _ services: CallServices,
        spool: FrameSpool? = nil,
        cancellation: CancellationToken = CancellationToken(),
        timeout: Duration?,
        grace: Duration,
        report: @escaping @Sendable (NodeReport) -> Void
    ) {
        self.worker = worker
        number = UInt64(worker.callCount)
        self.cancellation = cancellation
        self.report = report
        self.timeout = timeout
        self.grace = grace
        start = clock.elapsedTime()
        deadline = timeout.map { [start] in start + $0 }
        requests = WorkerRequests(worker, services, spool: spool)
        conversation = WorkerConversation(worker, report: report)
        lifecycle = CallLifecycle(deadline: deadline, grace: grace)
    }

    /// The last lines that the plugin wrote.
    var lastLines: LastLines { conversation.lastLines }

    /// How long it has lasted.
    var elapsed: Duration { clock.elapsedTime() - start }

    /// Asks and waits until `receive` has the answer.
    ///
    /// - Throws: what `receive` throws, `ProtocolError` aside, which costs the worker its life.
    func run<Answer>(
        _ question: Envelope,
        _ receive: (Envelope) throws -> Reception<Answer>
    ) throws -> End<Answer> {
        // Nothing of this exchange may go on when it is over.
        defer { requests.end() }
        do {
            return try cancellation.withHandler { [wakeup = worker.wakeup] in
                wakeup.wake()
            } _: {
                try question.send(on: worker.socket)
                return try wait(receive)
            }
        } catch let error as ProtocolError {
            worker.end()
            conversation.drain()
            return .lost(words: error.isShortage ? error.reason : "disturbed its worker process: \(error.reason)")
        } catch let error as SystemError where error.code == EPIPE || error.code == ECONNRESET {
            return .lost(words: ending())
        }
    }

    private func wait<Answer>(_ receive: (Envelope) throws -> Reception<Answer>) throws -> End<Answer> {
        while true {
            if cancellation.isCancelled { obey(lifecycle.cancel(now: clock.elapsedTime())) }
            switch try conversation.next(until: lifecycle.nextMoment) {
            case .moment: obey(lifecycle.wake(now: clock.elapsedTime()))
            case .woken: continue
            case .ended: return .lost(words: ending())
            case .message(let envelope):
                if envelope.kind == .threadEnded { return .lost(words: ending(threadEnded: true)) }
                if try serve(envelope) { continue }
                switch try receive(envelope) {
                case .answer(let answer):
                    noteShared()
                    // An answer that was on its way when the worker was killed does not bring it back.
                    if lifecycle.wasKilled { return .lost(words: ending()) }
                    conversation.finishLines()
                    return .answered(answer)
                case .more: continue
                case .moreTime:
                    lifecycle = CallLifecycle(deadline: timeout.map { clock.elapsedTime() + $0 }, grace: grace)
                case .unexpected: throw ProtocolError("it sent a message that only a host sends")
                }
            }
        }
    }

    private func obey(_ action: CallLifecycle.Action?) {
        switch action {
        case .tellToStop:
            requests.cancel()
            // One that can not even take this message, which nobody waits for, is killed when its time is over.
            try? CancelMessage(call: number).envelope.send(on: worker.socket, wait: false)
        case .kill: worker.process.killGroup()
        case nil: break
        }
    }

    /// Does what the worker asks for; false for a message that is not for this.
    private func serve(_ envelope: Envelope) throws -> Bool {
        switch envelope.kind {
        case .log, .metric, .progress:
            if let known = try ReportMessage.report(envelope)?.checked { report(known) }
        case .request:
            let request = try RequestMessage(envelope)
            guard let service = worker.service else { throw ProtocolError("the host has no thread to answer it") }
            service.submit { [requests] in requests.answer(request) }
        case .release: requests.frames.remove(try envelope.read { try $0.bytes.number() })
        default: return false
        }
        return true
    }

    private func noteShared() {
        worker.memory.mostShared = max(worker.memory.mostShared, requests.frames.sharedBytes)
    }

    /// Ends the worker and says what became of it.
    private func ending(threadEnded: Bool = false) -> String {
        let ending = worker.end(patience: .seconds(2))
        conversation.drain()
        noteShared()
        guard let ending else { return WorkerEnding.lostConnection }
        return WorkerEnding(ending: ending, memory: worker.memory, threadEnded: threadEnded).words
    }
}

extension NodeReport {
    /// The report as it may go on; nil for a metric that is no number.
    fileprivate var checked: NodeReport? {
        switch self {
        case .log(let level, let text):
            .log(level: level, text: ForeignText.capped(text, limit: ForeignText.longestLine))
        case .metric(let name, let value): value.isNaN || name.isEmpty ? nil : .metric(name: name, value: value)
        case .progress(let fraction, let text):
            .progress(
                fraction: fraction.flatMap { $0 >= 0 ? min($0, 1) : nil },
                text: text.map { ForeignText.capped($0, limit: ForeignText.longestError) }
            )
        }
    }
}
