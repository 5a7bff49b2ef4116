import TauroBasics
import TauroData
import TauroModel

/// One call in a worker, from the message that asks for it to what came of it.
final class WorkerCall {
    /// How a call left its worker.
    enum Outcome {
        /// The worker waits for the next call.
        case returned(Result<Dataset?, any Error>)
        /// The worker is gone.
        case lost(any Error)
    }

    private let invocation: NodeInvocation
    private let directory: String
    private let exchange: WorkerExchange

    init(_ worker: Worker, _ invocation: NodeInvocation, _ services: CallServices, grace: Duration) {
        self.invocation = invocation
        directory = services.artifacts.path
        exchange = WorkerExchange(
            worker,
            services,
            spool: invocation.spool,
            cancellation: invocation.cancellation,
            timeout: invocation.execution.timeout,
            grace: grace,
            report: invocation.report
        )
    }

    /// Makes the call and waits for its end.
    func run() -> Outcome {
        do {
            switch try exchange.run(message().envelope, receive) {
            case .answered(let result):
                if let reason = exchange.lifecycle.stopReason { return .returned(.failure(stopped(reason))) }
                return .returned(result)
            case .lost(let words):
                if let reason = exchange.lifecycle.stopReason { return .lost(stopped(reason)) }
                return .lost(failure(words))
            }
        } catch {
            let failure = HostFailure(error)
            return .returned(
                .failure(NodeFailure(failure.status, failure.text, underlying: failure.underlying ?? error))
            )
        }
    }

    private func message() throws -> CallMessage {
        CallMessage(
            number: exchange.number,
            function: invocation.signature.name,
            node: invocation.node,
            runID: invocation.runID,
            attempt: invocation.attempt,
            deadline: exchange.deadline?.nanoseconds ?? invocation.deadline,
            inputs: try invocation.inputs.map { input in
                switch input {
                case .frame(let frame): .frame(try exchange.requests.frames.add(frame))
                case .artifact(let artifact): .artifact(try ArtifactContent(artifact))
                }
            },
            dates: invocation.dates,
            parameters: invocation.parameters,
            ml: invocation.ml,
            directory: directory,
            frameLimit: frameLimit
        )
    }

    /// What frames may hold in the worker: as much as in this process, but not more than half of what it may take at all.
    private var frameLimit: Int64? {
        guard let spool = invocation.spool else { return nil }
        return min(Int64(clamping: spool.limit), (invocation.execution.workerMemoryLimit ?? .max) / 2)
    }

    private func receive(_ envelope: Envelope) throws -> WorkerExchange.Reception<Result<Dataset?, any Error>> {
        envelope.kind == .result ? .answer(try result(try ResultMessage(envelope))) : .unexpected
    }

    // MARK: - Results

    private func result(_ message: ResultMessage) throws -> Result<Dataset?, any Error> {
        switch (message.outcome, invocation.signature.result) {
        case (.failure(let status, let text), _):
            return .failure(
                exchange.requests.failure(status, ForeignText.capped(text, limit: ForeignText.longestError))
            )
        case (.nothing, .nothing): return .success(nil)
        case (.artifact(let content), .artifact): return .success(.artifact(try checked(content).artifact()))
        case (.frame(.host(let number)), .frame): return .success(.frame(try exchange.requests.frames.frame(number)))
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
    private func checked(_ artifact: ArtifactContent) throws(ProtocolError) -> ArtifactContent {
        guard case .file(let path) = artifact.form else { return artifact }
        guard FilePath.parent(FilePath.normalized(path)) == directory else {
            throw ProtocolError("it returned a file from outside of its directory")
        }
        return artifact
    }

    // MARK: - Endings

    private func failure(_ words: String) -> NodeFailure {
        NodeFailure(
            .internal,
            "\(invocation.signature.plugin.words) \(words), after \(exchange.elapsed.shown), "
                + "attempt \(invocation.attempt)\(exchange.lastLines.sentence)"
        )
    }

    private func stopped(_ reason: CallLifecycle.StopReason) -> any Error {
        let end =
            exchange.lifecycle.wasKilled ? "; told to stop, it did not return, and its worker process was killed" : ""
        switch reason {
        case .cancelled: return NodeFailure(.cancelled, "the run was told to stop\(end)")
        case .timedOut:
            let limit = invocation.execution.timeout?.shown ?? ""
            return TimeoutError(
                operation: "call \(invocation.signature.name)",
                message: "timed out after \(limit)\(end)\(exchange.lastLines.sentence)",
                node: invocation.node
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
