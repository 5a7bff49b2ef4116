@preconcurrency import Glibc
import Synchronization
import TauroBasics
import TauroData
import TauroModel

/// Serves the host on two threads that both wait for messages.
///
/// Whichever gets a call makes it, without handing it on, and the other one hears meanwhile what the host has to say.
/// The host asks for one call at a time. Safe from any thread.
final class WorkerServer: Sendable {
    /// One to call, one to listen.
    static let threadCount = 2

    private struct State {
        var plugin: LoadedPlugin?
        /// How signals were handled once the plugin was loaded.
        var dispositions = SignalDispositions()
        var call = CurrentCall()
        /// The functions that were called at least once.
        var called: Set<String> = []
    }

    private let connection: HostConnection
    private let state = Mutex(State())
    /// Loads for checks, where loading is what is looked at.
    private let checkedPlugins = PluginLoader(.ofThisProcess)

    init(_ connection: HostConnection) {
        self.connection = connection
    }

    /// Handles messages until the host is gone; does not return.
    func serve() {
        ThreadEnd.watch(connection)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: MessageSocket.longestMessage, alignment: 16)
        while true {
            do {
                guard let envelope = try connection.receive(into: buffer) else { WorkerExit.lostConnection.end() }
                switch envelope.kind {
                case .load: load(try LoadMessage(envelope))
                case .call: call(try CallMessage(envelope))
                case .check: check(try CheckMessage(envelope))
                case .cancel: stop(try CancelMessage(envelope))
                case .reply: connection.take(try ReplyMessage(envelope))
                default: WorkerExit.badMessage.end()
                }
            } catch {
                FileOutput.standardError("tauro-host worker: \(error)\n")
                WorkerExit.badMessage.end()
            }
        }
    }

    /// Loads the plugin; its constructors run now.
    private func load(_ message: LoadMessage) {
        if let limit = message.memoryLimit {
            let (most, isBeyondAny) = limit.addingReportingOverflow(MemoryFigures.data)
            if !isBeyondAny { ProcessLimits.limitMemory(most) }
        }
        do throws(NodeFailure) {
            let plugin = try LoadedPlugin(message.plugin, .ofThisProcess)
            state.withLock { state in
                state.plugin = plugin
                state.dispositions = SignalDispositions()
            }
            connection.send(LoadedMessage(nil, .ofThisProcess).envelope)
        } catch {
            connection.send(LoadedMessage(error, .ofThisProcess).envelope)
        }
    }

    /// Makes a call, and sends what came of it.
    private func call(_ message: CallMessage) {
        let (cancellation, dispositions, isFirst) = state.withLock { state in
            (
                state.call.begin(message.number), state.dispositions,
                state.called.insert(message.function).inserted
            )
        }
        let outcome = outcome(of: Result { try invoke(message, cancellation) })
        fflush(nil)
        // A function that leaves a handler behind does so when it first runs; looking at all signals costs as much as
        // the rest of a call.
        let left = dispositions.restore(all: isFirst)
        connection.send(left.isEmpty ? outcome.envelope : Self.failure(leaving: left, outcome).envelope)
    }

    /// What becomes of a call that left handlers behind for these signals; its own failure comes first.
    private static func failure(leaving signals: [String], _ outcome: ResultMessage) -> ResultMessage {
        if case .failure = outcome.outcome { return outcome }
        let text =
            "left a handler behind for \(signals.joined(separator: ", ")), which was taken away: a function puts "
            + "back the handler that was there before"
        return ResultMessage(.failure(status: .internal, text: text))
    }

    /// Tells the function of a call to stop.
    private func stop(_ message: CancelMessage) { state.withLock { $0.call.stop(message.call) }?.cancel() }

    /// Makes a check, and sends what was found.
    private func check(_ message: CheckMessage) {
        let runner = CheckRunner(
            plugins: checkedPlugins,
            sql: RemoteSQLRunner(connection: connection),
            begin: { [connection] in connection.send(CheckProgress.began($0).envelope) }
        )
        FaultHandler.install(socket: WorkerProcess.socketDescriptor)
        connection.send(runner.run(message).envelope)
    }

    private func outcome(of result: Result<Dataset?, any Error>) -> ResultMessage {
        do {
            switch try result.get() {
            case nil: return ResultMessage(.nothing)
            case .artifact(let artifact): return ResultMessage(.artifact(try ArtifactContent(artifact)))
            case .frame(let frame): return try message(for: frame)
            }
        } catch {
            let failure = HostFailure(error)
            return ResultMessage(.failure(status: failure.status, text: failure.text))
        }
    }

    private func message(for frame: Frame) throws -> ResultMessage {
        do {
            if case .source(let source as RemoteSource) = frame.content { source.handOver() }
            return ResultMessage(.frame(try FrameReference(frame, connection)))
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
            spool: message.frameLimit.map { limit in
                FrameSpool(ledger: FrameLedger(limit: Int(clamping: limit)), directory: message.directory)
            },
            report: { [connection] in connection.send(ReportMessage.envelope($0)) }
        )
        let services = CallServices(
            sql: RemoteSQLRunner(connection: connection),
            artifacts: ArtifactDirectory(path: message.directory),
            delivery: { frame, _, _ in frame }
        )
        return try PluginCall(invocation, services).run(try plugin.function(for: signature))
    }

    private func dataset(_ input: CallMessage.Input) throws -> Dataset {
        switch input {
        case .artifact(let artifact): .artifact(try artifact.artifact())
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

extension WorkerMemory.Use {
    /// What this process holds.
    fileprivate static var ofThisProcess: WorkerMemory.Use {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return WorkerMemory.Use(resident: MemoryFigures.resident, peak: Int64(usage.ru_maxrss) * 1024)
    }
}

/// How much memory this process holds, in bytes (`/proc/self/statm`, in pages).
private enum MemoryFigures {
    /// What is in memory: the second number.
    static var resident: Int64 { figure(1) }
    /// Private memory that can be written, which RLIMIT_DATA counts: the sixth number.
    static var data: Int64 { figure(5) }

    private static func figure(_ place: Int) -> Int64 {
        let fields = ((try? FileSystem.readText("/proc/self/statm")) ?? "").split(separator: " ")
        guard fields.count > place, let pages = Int64(fields[place]) else { return 0 }
        return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
