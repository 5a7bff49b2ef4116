import Glibc
import Synchronization
import TauroBasics
import TauroData
import TauroModel

/// One call in a worker, from the message that asks for it to what came of it.
///
/// The thread that runs it waits for messages, output, the worker's end, cancellation and time; queries are answered
/// on the worker's service thread meanwhile.
final class WorkerCall {
    /// How a call left its worker.
    enum Outcome {
        /// The worker waits for the next call.
        case returned(Result<Dataset?, any Error>)
        /// The worker is gone.
        case lost(any Error)
    }

    private let worker: Worker
    private let invocation: NodeInvocation
    private let directory: String
    private let requests: WorkerRequests
    private let conversation: WorkerConversation
    private var lifecycle: CallLifecycle
    private let clock = SystemMonotonicClock()
    private let start: Duration

    init(_ worker: Worker, _ invocation: NodeInvocation, _ services: CallServices, grace: Duration) {
        self.worker = worker
        self.invocation = invocation
        directory = services.artifacts.path
        start = clock.elapsedTime()
        requests = WorkerRequests(worker, services)
        conversation = WorkerConversation(worker, report: invocation.report)
        lifecycle = CallLifecycle(deadline: invocation.execution.timeout.map { [start] in start + $0 }, grace: grace)
    }

    /// Makes the call and waits for its end.
    func run() -> Outcome {
        // Nothing of this call may go on when it is over.
        defer { requests.end() }
        do {
            let message = try message()
            return try invocation.cancellation.withHandler { [wakeup = worker.wakeup] in
                wakeup.wake()
            } _: {
                try message.envelope.send(on: worker.socket)
                return try wait()
            }
        } catch let error as ProtocolError {
            worker.end()
            conversation.drain()
            return .lost(failure("disturbed its worker process: \(error.reason)"))
        } catch let error as SystemError where error.code == EPIPE || error.code == ECONNRESET {
            return lost()
        } catch {
            let failure = HostFailure(error)
            return .returned(
                .failure(NodeFailure(failure.status, failure.text, underlying: failure.underlying ?? error))
            )
        }
    }

    private func message() throws -> CallMessage {
        let deadline = invocation.execution.timeout.map { (start + $0).nanoseconds }
        return CallMessage(
            function: invocation.signature.name,
            node: invocation.node,
            runID: invocation.runID,
            attempt: invocation.attempt,
            deadline: deadline ?? invocation.deadline,
            inputs: try invocation.inputs.map { input in
                switch input {
                case .frame(let frame): .frame(try requests.frames.add(frame))
                case .artifact(let artifact): .artifact(artifact)
                }
            },
            dates: invocation.dates,
            parameters: invocation.parameters,
            ml: invocation.ml,
            directory: directory
        )
    }

    private func wait() throws -> Outcome {
        while true {
            if invocation.cancellation.isCancelled { obey(lifecycle.cancel(now: clock.elapsedTime())) }
            switch try conversation.next(until: lifecycle.nextMoment) {
            case .moment: obey(lifecycle.wake(now: clock.elapsedTime()))
            case .woken: continue
            case .ended: return lost()
            case .message(let envelope):
                if let outcome = try handle(envelope) { return outcome }
            }
        }
    }

    private func obey(_ action: CallLifecycle.Action?) {
        switch action {
        case .tellToStop:
            requests.cancel()
            // One that can not even take this message is killed when its time is over.
            try? Envelope(.cancel).send(on: worker.socket)
        case .kill: worker.process.killGroup()
        case nil: break
        }
    }

    private func handle(_ envelope: Envelope) throws -> Outcome? {
        switch envelope.kind {
        case .log, .metric, .progress:
            if let report = try ReportMessage.report(envelope)?.checked { invocation.report(report) }
        case .request:
            let request = try RequestMessage(envelope)
            guard let service = worker.service else { throw ProtocolError("the host has no thread to answer it") }
            service.submit { [requests] in requests.answer(request) }
        case .release: requests.frames.remove(try envelope.read { try $0.bytes.number() })
        case .result: return .returned(try result(try ResultMessage(envelope)))
        case .threadEnded: return lost(threadEnded: true)
        default: throw ProtocolError("it sent a message that only a host sends")
        }
        return nil
    }

    // MARK: - Results

    private func result(_ message: ResultMessage) throws -> Result<Dataset?, any Error> {
        conversation.finishLines()
        if let reason = lifecycle.stopReason { return .failure(stopped(reason)) }
        switch (message.outcome, invocation.signature.result) {
        case (.failure(let status, let text), _):
            return .failure(requests.failure(status, ForeignText.capped(text, limit: ForeignText.longestError)))
        case (.nothing, .nothing): return .success(nil)
        case (.artifact(let artifact), .artifact): return .success(.artifact(try checked(artifact)))
        case (.frame(.host(let number)), .frame): return .success(.frame(try requests.frames.frame(number)))
        case (.frame(.made(let content)), .frame): return opened(content)
        default: throw ProtocolError("it returned something else than its note says")
        }
    }

    private func opened(_ content: FrameContent) -> Result<Dataset?, any Error> {
        do {
            return .success(.frame(try content.frame()))
        } catch {
            let failure = HostFailure(error)
            return .failure(
                NodeFailure(.schema, "the frame that it returned is not sound: \(failure.text)", underlying: error)
            )
        }
    }

    /// A file that a worker returns must be one that it put into the call's own directory.
    private func checked(_ artifact: Artifact) throws(ProtocolError) -> Artifact {
        guard case .file(let path) = artifact.content else { return artifact }
        guard FilePath.parent(FilePath.normalized(path)) == directory else {
            throw ProtocolError("it returned a file from outside of its directory")
        }
        return artifact
    }

    // MARK: - Endings

    private func lost(threadEnded: Bool = false) -> Outcome {
        let ending = worker.end(patience: .seconds(2))
        conversation.drain()
        if let reason = lifecycle.stopReason { return .lost(stopped(reason)) }
        guard let ending else {
            return .lost(failure(WorkerEnding.lostConnection))
        }
        let words = WorkerEnding(
            ending: ending,
            memoryLimit: invocation.execution.workerMemoryLimit,
            threadEnded: threadEnded
        ).words
        return .lost(failure(words))
    }

    private func failure(_ words: String) -> NodeFailure {
        NodeFailure(
            .internal,
            "\(invocation.signature.plugin.words) \(words), after \(elapsed), attempt \(invocation.attempt)"
                + conversation.lastLines.sentence
        )
    }

    private func stopped(_ reason: CallLifecycle.StopReason) -> any Error {
        let end = lifecycle.wasKilled ? "; told to stop, it did not return, and its worker process was killed" : ""
        switch reason {
        case .cancelled: return NodeFailure(.cancelled, "the run was told to stop\(end)")
        case .timedOut:
            let limit = invocation.execution.timeout?.shown ?? ""
            return TimeoutError(
                operation: "call \(invocation.signature.name)",
                message: "timed out after \(limit)\(end)\(conversation.lastLines.sentence)",
                node: invocation.node
            )
        }
    }

    private var elapsed: String { (clock.elapsedTime() - start).shown }
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

extension FrameContent {
    /// The table as a frame, which other workers share.
    func frame() throws -> Frame {
        let (schema, batches) = try open()
        let isDeliverable = schema.fields.allSatisfy { $0.type.isDeliverable }
        guard case .sealed(let memory) = self, isDeliverable else { return Frame(schema: schema, batches: batches) }
        return Frame(schema: schema, batches: batches, sealed: memory)
    }
}

extension LastLines {
    /// The lines as the end of a message; empty without any.
    var sentence: String {
        lines.isEmpty ? "" : "; the last lines it wrote:\n" + lines.map { "    \($0)" }.joined(separator: "\n")
    }
}

extension NodeSignature.Plugin {
    /// The plugin in a sentence.
    var words: String { "the plugin \(name)\(version.isEmpty ? "" : " \(version)") (\(path))" }
}

extension Duration {
    /// The duration for people: `1.2 s`, `34 ms`.
    var shown: String {
        let milliseconds = nanoseconds / 1_000_000
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        let tenths = (milliseconds + 50) / 100
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }

    /// The duration in whole nanoseconds.
    var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
