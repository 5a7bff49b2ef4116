package import Glibc

/// A program that was started in a process group of its own, from its start until it was reaped.
///
/// Safe from any thread, except that one thread at a time waits.
package final class ChildProcess: Sendable {
    /// How a process ended.
    package struct Ending: Sendable, Hashable {
        package enum Cause: Sendable, Hashable {
            case exited(code: Int32)
            case killed(signal: Int32)
        }

        package let cause: Cause
        /// The most memory it ever held, in bytes.
        package let peakMemory: Int64
    }

    /// What a new process gets.
    package struct Request {
        /// Absolute path of the program.
        package var program: String
        /// The arguments, without the program's own name.
        package var arguments: [String]
        /// All environment variables.
        package var environment: [String: String]
        /// What its descriptors 0, 1, 2, … are: descriptors of this process.
        package var descriptors: [Int32]

        package init(program: String, arguments: [String], environment: [String: String], descriptors: [Int32]) {
            self.program = program
            self.arguments = arguments
            self.environment = environment
            self.descriptors = descriptors
        }
    }

    /// The process's id, which is its group's too.
    package let identifier: pid_t
    /// Becomes readable when the process has ended.
    package let endDescriptor: Int32

    /// Starts a program.
    ///
    /// It has no signal blocked and none ignored, and no descriptor beyond those named.
    ///
    /// - Throws: `SystemError`.
    package init(starting request: Request) throws(SystemError) {
        guard let pidfdOpen = GNUFunctions.pidfdOpen else {
            throw SystemError(operation: "start", path: request.program, code: ENOSYS)
        }
        let identifier = try Self.spawn(request)
        let descriptor = pidfdOpen(identifier, 0)
        guard descriptor >= 0 else {
            let code = errno
            kill(-identifier, SIGKILL)
            waitpid(identifier, nil, 0)
            throw SystemError(operation: "watch", path: request.program, code: code)
        }
        self.identifier = identifier
        self.endDescriptor = descriptor
    }

    deinit { close(endDescriptor) }

    /// Ends the process and everything it started, without asking.
    ///
    /// To be called before `wait`: afterwards the id may be another's.
    package func killGroup() { kill(-identifier, SIGKILL) }

    /// Waits at most `patience` for the process's end, whatever signals this thread handles meanwhile.
    ///
    /// - Returns: whether it has ended; it is not reaped yet.
    package func endsWithin(_ patience: Duration) -> Bool {
        let clock = SystemMonotonicClock()
        let end = clock.elapsedTime() + patience
        var descriptor = pollfd(fd: endDescriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let left = max(.zero, end - clock.elapsedTime())
            // Rounded up: a wait that is cut to nothing would come back at once.
            let count = poll(&descriptor, 1, Int32(clamping: Int64((left / .milliseconds(1)).rounded(.up))))
            if count >= 0 || errno != EINTR { return count > 0 }
        }
    }

    /// Waits until the process has ended, and reaps it.
    ///
    /// What it started and left behind in its group is killed.
    ///
    /// To be called once.
    package func wait() -> Ending {
        // The group is killed while the process is not reaped yet, so that its id can not be another's.
        var information = siginfo_t()
        while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
        killGroup()
        var status: Int32 = 0
        var usage = rusage()
        while wait4(identifier, &status, 0, &usage) < 0 && errno == EINTR {}
        let signal = status & 0x7f
        return Ending(
            cause: signal == 0 ? .exited(code: (status >> 8) & 0xff) : .killed(signal: signal),
            peakMemory: Int64(usage.ru_maxrss) * 1024
        )
    }
}

extension ChildProcess {
    private static func spawn(_ request: Request) throws(SystemError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // First out of the way of the numbers they will get, so that none is overwritten before it was moved.
        let free = (request.descriptors.max() ?? 0) + Int32(request.descriptors.count) + 1
        for (number, descriptor) in request.descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, free + Int32(number))
        }
        for number in request.descriptors.indices {
            posix_spawn_file_actions_adddup2(&actions, free + Int32(number), Int32(number))
        }
        _ = GNUFunctions.addCloseFrom?(&actions, Int32(request.descriptors.count))
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        setSignalsAndGroup(&attributes)
        return try withCStrings([request.program] + request.arguments) { arguments throws(SystemError) in
            let variables = request.environment.map { "\($0.key)=\($0.value)" }
            return try withCStrings(variables) { environment throws(SystemError) in
                var identifier: pid_t = 0
                let code = posix_spawn(&identifier, request.program, &actions, &attributes, arguments, environment)
                if code != 0 { throw SystemError(operation: "start", path: request.program, code: code) }
                return identifier
            }
        }
    }

    private static func setSignalsAndGroup(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    private static func withCStrings<Result>(
        _ texts: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) throws(SystemError) -> Result
    ) throws(SystemError) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return try body(copies + [nil])
    }
}
