@preconcurrency import Glibc
import Synchronization
import TauroBasics
import TauroData
import TauroModel

/// Makes a worker's calls on a thread of their own, so that the worker can be told to stop meanwhile.
///
/// Safe from any thread.
final class WorkerCaller: Sendable {
    private struct State {
        var plugin: LoadedPlugin?
        var cancellation = CancellationToken()
    }

    private let connection: HostConnection
    private let thread: WorkerPool
    private let state = Mutex(State())

    init(_ connection: HostConnection) throws(SystemError) {
        self.connection = connection
        thread = try WorkerPool(count: 1, name: "tauro-node")
        thread.submit { ThreadEnd.watch(connection) }
    }

    /// Loads the plugin; its constructors run now.
    func load(_ message: LoadMessage) {
        thread.submit { [self] in
            if let limit = message.memoryLimit { ProcessLimits.limitMemory(limit + MemoryUse.ofThisProcess) }
            do throws(NodeFailure) {
                let plugin = try PluginLoader().plugin(at: message.plugin)
                state.withLock { $0.plugin = plugin }
                connection.send(ResultMessage(.nothing).envelope(as: .loaded))
            } catch {
                connection.send(
                    ResultMessage(.failure(status: error.status, text: error.message)).envelope(as: .loaded)
                )
            }
        }
    }

    /// Makes a call, and sends what came of it.
    func call(_ message: CallMessage) {
        let cancellation = CancellationToken()
        state.withLock { $0.cancellation = cancellation }
        thread.submit { [self] in
            let dispositions = SignalDispositions()
            let result = Result { try invoke(message, cancellation) }
            let outcome = Self.outcome(of: result)
            fflush(nil)
            let left = dispositions.restore()
            if !left.isEmpty {
                let text = "left a handler behind for \(left.joined(separator: ", ")); it was taken away"
                connection.send(ReportMessage.envelope(.log(level: .warning, text: text)))
            }
            connection.send(outcome.envelope())
        }
    }

    /// Tells the running call to stop.
    func cancel() { state.withLock { $0.cancellation }.cancel() }

    private static func outcome(of result: Result<Dataset?, any Error>) -> ResultMessage {
        do {
            switch try result.get() {
            case nil: return ResultMessage(.nothing)
            case .artifact(let artifact): return ResultMessage(.artifact(artifact))
            case .frame(let frame): return try message(for: frame)
            }
        } catch {
            let failure = HostFailure(error)
            return ResultMessage(.failure(status: failure.status, text: failure.text))
        }
    }

    private static func message(for frame: Frame) throws -> ResultMessage {
        do {
            if case .source(let source as RemoteSource) = frame.content { source.handOver() }
            return ResultMessage(.frame(try FrameReference(frame)))
        } catch let error as ArrowError {
            throw NodeFailure(.schema, "the frame that it returned is not sound: \(error.message)")
        }
    }

    private func invoke(_ message: CallMessage, _ cancellation: CancellationToken) throws -> Dataset? {
        guard let plugin = state.withLock({ $0.plugin }), let signature = plugin.signature(message.function) else {
            throw NodeFailure(.internal, "the plugin has no function '\(message.function)'")
        }
        let invocation = NodeInvocation(
            signature: signature,
            node: message.node,
            runID: message.runID,
            attempt: message.attempt,
            inputs: try message.inputs.map(dataset),
            dates: message.dates,
            parameters: message.parameters,
            ml: message.ml,
            cancellation: cancellation,
            deadline: message.deadline,
            report: { [connection] in connection.send(ReportMessage.envelope($0)) }
        )
        let services = CallServices(
            sql: RemoteSQLRunner(connection: connection),
            artifacts: ArtifactDirectory(path: message.directory),
            delivery: { $0 }
        )
        return try PluginCall(invocation, services).run(try plugin.function(for: signature))
    }

    private func dataset(_ input: CallMessage.Input) throws -> Dataset {
        switch input {
        case .artifact(let artifact): .artifact(artifact)
        case .frame(let frame): .frame(Frame(source: try RemoteSource(frame, connection, isReleased: false)))
        }
    }
}

/// Notices when a node function ends the thread it was called on.
private enum ThreadEnd {
    /// Sends a message when the calling thread ends, and then ends the process: nobody else would finish the call.
    static func watch(_ connection: HostConnection) {
        var key = pthread_key_t()
        let code = pthread_key_create(&key) { value in
            guard let value else { return }
            Unmanaged<HostConnection>.fromOpaque(value).takeUnretainedValue().send(Envelope(.threadEnded))
            WorkerExit.threadEnded.end()
        }
        if code == 0 { pthread_setspecific(key, Unmanaged.passRetained(connection).toOpaque()) }
    }
}

/// How much memory this process holds.
private enum MemoryUse {
    /// Private memory that can be written, in bytes: what RLIMIT_DATA counts (`/proc/self/statm`, sixth number, pages).
    static var ofThisProcess: Int64 {
        let fields = ((try? FileSystem.readText("/proc/self/statm")) ?? "").split(separator: " ")
        guard fields.count > 5, let pages = Int64(fields[5]) else { return 0 }
        return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
