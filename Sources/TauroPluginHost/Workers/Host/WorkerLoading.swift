import TauroBasics
import TauroModel

/// The first words between host and worker: who it is, and the plugin it is to load.
struct WorkerLoading {
    private let worker: Worker
    private let exchange: WorkerExchange
    private let longest: Duration

    init(_ worker: Worker, _ invocation: NodeInvocation, _ services: CallServices, longest: Duration) {
        self.worker = worker
        self.longest = longest
        exchange = WorkerExchange(
            worker,
            services,
            cancellation: invocation.cancellation,
            timeout: longest,
            grace: .zero,
            report: invocation.report
        )
    }

    /// Waits until the plugin is loaded.
    ///
    /// - Throws: `NodeFailure`, `ResourceError`, after which the worker is to be ended.
    func run() throws {
        let file = try checkedFile()
        let question = LoadMessage(file: file.path, stamp: file.stamp, memoryLimit: worker.purpose.memoryLimit)
        switch try exchange.run(question.envelope, receive) {
        case .answered(let message):
            if let failure = message.failure { throw failure }
            worker.memory.atLoad = message.memory
        case .lost(let words): throw lost(words)
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

    private func receive(_ envelope: Envelope) throws -> WorkerExchange.Reception<LoadedMessage> {
        switch envelope.kind {
        case .hello:
            try HelloMessage(envelope).check()
            return .more
        case .loaded: return .answer(try LoadedMessage(envelope))
        default: return .unexpected
        }
    }

    private func lost(_ words: String) -> NodeFailure {
        switch exchange.lifecycle.stopReason {
        case .cancelled: NodeFailure(.cancelled, "the run was told to stop")
        case .timedOut:
            NodeFailure(
                .internal,
                "\(worker.purpose.plugin.words) was not loaded within \(longest.shown), and its worker process was "
                    + "killed\(exchange.lastLines.sentence)"
            )
        case nil:
            NodeFailure(
                .internal,
                "while it was loaded, \(worker.purpose.plugin.words) \(words)\(exchange.lastLines.sentence)"
            )
        }
    }
}
