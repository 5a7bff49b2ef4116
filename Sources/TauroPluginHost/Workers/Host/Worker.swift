import Glibc
import TauroBasics
import TauroModel

/// The host's end of one worker process, which serves one plugin.
///
/// One thread at a time uses it; the fleet hands it from one to the next.
final class Worker: @unchecked Sendable {
    /// What the worker is for; workers of one purpose are interchangeable.
    struct Purpose: Hashable, Sendable {
        let plugin: NodeSignature.Plugin
        let memoryLimit: Int64?
    }

    let purpose: Purpose
    let process: ChildProcess
    let socket: MessageSocket
    /// What the plugin writes to its standard output and its standard error.
    let output: ReadingPipe
    let errors: ReadingPipe
    /// Wakes the thread that waits for the worker.
    let wakeup: ReadingPipe
    /// Messages are received into this.
    let buffer: UnsafeMutableRawBufferPointer
    /// Answers requests, so that the thread that waits for the worker sees its end at once.
    var service: WorkerPool? {
        if startedService == nil { startedService = try? WorkerPool(count: 1, name: "tauro-service") }
        return startedService
    }
    private var startedService: WorkerPool?
    private let isThere = OneTimeFlag()
    /// How many calls it has served.
    var callCount = 0
    var memory: WorkerMemory

    /// Starts a worker process; it has not said a word yet.
    ///
    /// It gets the variables of `environment` that a worker may have.
    init(_ purpose: Purpose, program: String, environment: [String: String]) throws(SystemError) {
        let (hostEnd, workerEnd) = try MessageSocket.pair()
        output = try ReadingPipe()
        errors = try ReadingPipe()
        wakeup = try ReadingPipe()
        let nothing = try Self.openNothing()
        defer { close(nothing) }
        for pipe in [output, errors] { pipe.letWritersWait() }
        let request = ChildProcess.Request(
            program: program,
            arguments: ["worker", "--host", "\(getpid())", "--open-files", "\(ProcessLimits.openFilesAtStart)"],
            environment: Self.passedOn(environment),
            descriptors: [nothing, output.writing, errors.writing, workerEnd.descriptor]
        )
        process = try Self.starter.run { () throws(SystemError) in try ChildProcess(starting: request) }
        for pipe in [output, errors] { pipe.closeWriting() }
        socket = hostEnd
        self.purpose = purpose
        memory = WorkerMemory(limit: purpose.memoryLimit)
        buffer = .allocate(byteCount: MessageSocket.longestMessage, alignment: 16)
    }

    deinit {
        // What is read for a worker that is gone may take its time, and nobody waits for it any more.
        startedService?.leave()
        buffer.deallocate()
    }

    /// Whether the process is there and has nothing to say, as one that waits for a call.
    var isIdle: Bool {
        var descriptors = [
            pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: process.endDescriptor, events: Int16(POLLIN), revents: 0),
        ]
        return poll(&descriptors, 2, 0) == 0
    }

    /// Ends the process, however it stands, and reaps it, the first time this is called.
    ///
    /// - Parameter patience: how long it may take to end by itself, which it has begun to do.
    /// - Returns: how it ended by itself; nil if it had to be killed.
    @discardableResult
    func end(patience: Duration = .zero) -> ChildProcess.Ending? {
        guard isThere.take() else { return nil }
        let endsItself = process.endsWithin(patience)
        process.killGroup()
        let ending = process.wait()
        return endsItself ? ending : nil
    }

    /// A worker ends with the thread that started it, so that thread must last as long as the host.
    private static let starter = Starter()

    private static func openNothing() throws(SystemError) -> Int32 {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError(operation: "open", path: "/dev/null", code: errno) }
        return descriptor
    }

    /// The host's variables without those that change what the loader loads, and with short Swift backtraces where
    /// nobody asked for others.
    private static func passedOn(_ environment: [String: String]) -> [String: String] {
        let variables = environment.filter { !$0.key.hasPrefix("LD_") }
        let backtrace =
            "enable=yes,color=no,interactive=no,images=none,registers=none,threads=crashed,limit=16,cache=no"
        return variables.merging(["SWIFT_BACKTRACE": backtrace]) { asked, _ in asked }
    }
}

/// Starts processes on one thread that lasts as long as the host.
private final class Starter: Sendable {
    private let thread = try? WorkerPool(count: 1, name: "tauro-starter")

    func run(_ body: @escaping @Sendable () throws(SystemError) -> ChildProcess) throws(SystemError) -> ChildProcess {
        let outcome = Monitor<Result<ChildProcess, SystemError>?>(nil)
        let isSubmitted = thread?.submit {
            let result = Result { () throws(SystemError) in try body() }
            outcome.withLockNotifyingAll { $0 = result }
        }
        guard isSubmitted == true else { throw SystemError(operation: "start", path: "a thread", code: EAGAIN) }
        return try outcome.awaitValue { $0 }.get()
    }
}
