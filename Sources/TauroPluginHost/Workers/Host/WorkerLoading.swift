import TauroBasics
import TauroModel

/// The first words between host and worker: who it is, and the plugin it is to load.
struct WorkerLoading {
    private let worker: Worker
    private let cancellation: CancellationToken
    private let conversation: WorkerConversation
    private let clock = SystemMonotonicClock()
    private let start: Duration
    private let longest: Duration

    init(_ worker: Worker, _ invocation: NodeInvocation, longest: Duration) {
        self.worker = worker
        cancellation = invocation.cancellation
        self.longest = longest
        start = clock.elapsedTime()
        conversation = WorkerConversation(worker, report: invocation.report)
    }

    /// Waits until the plugin is loaded.
    ///
    /// - Throws: `NodeFailure`, after which the worker is to be ended.
    func run() throws {
        let file = try checkedFile()
        let message = LoadMessage(file: file.path, stamp: file.stamp, memoryLimit: worker.purpose.memoryLimit)
        do {
            try message.envelope.send(on: worker.socket)
            try cancellation.withHandler { [wakeup = worker.wakeup] in
                wakeup.wake()
            } _: {
                try wait()
            }
        } catch let error as ProtocolError {
            throw NodeFailure(.internal, "its worker process could not be used: \(error.reason)")
        } catch is SystemError {
            throw lost()
        }
    }

    /// The file as this process has checked it; that it is still the same is for the worker to see.
    private func checkedFile() throws(NodeFailure) -> VerifiedPluginFile {
        do throws(PluginError) {
            return try PluginFileLoader.ofThisProcess.open(worker.purpose.plugin)
        } catch {
            throw NodeFailure(.invalid, error.message, underlying: error)
        }
    }

    private func wait() throws {
        while true {
            if cancellation.isCancelled { throw NodeFailure(.cancelled, "the run was told to stop") }
            switch try conversation.next(until: start + longest) {
            case .woken: continue
            case .moment:
                throw NodeFailure(
                    .internal,
                    "\(worker.purpose.plugin.words) was not loaded within \(longest.shown), and its worker "
                        + "process was killed\(conversation.lastLines.sentence)"
                )
            case .ended: throw lost()
            case .message(let envelope):
                if try isLoaded(envelope) { return }
            }
        }
    }

    private func isLoaded(_ envelope: Envelope) throws -> Bool {
        switch envelope.kind {
        case .hello:
            try HelloMessage(envelope).check()
            return false
        case .loaded:
            let message = try LoadedMessage(envelope)
            if let failure = message.failure { throw failure }
            worker.memory.baseline = message.peakMemory
            conversation.drain()
            return true
        case .threadEnded: throw lost(threadEnded: true)
        default: throw ProtocolError("it spoke before it was asked")
        }
    }

    private func lost(threadEnded: Bool = false) -> NodeFailure {
        let ending = worker.end(patience: .seconds(2))
        conversation.drain()
        let words = ending.map {
            WorkerEnding(ending: $0, memory: worker.memory, threadEnded: threadEnded).words
        }
        return NodeFailure(
            .internal,
            "while it was loaded, \(worker.purpose.plugin.words) "
                + "\(words ?? WorkerEnding.lostConnection)"
                + conversation.lastLines.sentence
        )
    }
}
