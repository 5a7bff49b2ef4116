@preconcurrency package import Glibc
import TauroBasics
import TauroModel

/// The program of a worker process: loads one plugin and calls its functions for the host, one call at a time.
///
/// It can crash, hang or leak without harming the run: the host sees only what arrives on the socket, and believes
/// none of it unchecked.
package enum WorkerProcess {
    /// The descriptor of the socket to the host.
    static let socketDescriptor: Int32 = 3

    /// Serves the host until it is gone; does not return.
    ///
    /// - Parameters:
    ///   - host: the process id of the host.
    ///   - openFiles: how many descriptors may be open, whatever the host may have.
    package static func run(host: pid_t, openFiles: UInt) -> Never {
        guard isSocket(socketDescriptor) else {
            FileOutput.standardError("tauro-host worker: this command is for tauro-host itself, which starts it\n")
            _exit(2)
        }
        if !ProcessLimits.endWithParent(host) { WorkerExit.lostConnection.end() }
        ProcessLimits.writeNoCore()
        ProcessLimits.limitOpenFiles(openFiles)
        ProcessLimits.refuseNewPrivileges()
        // What a node printed before it crashed is the best hint there is, so lines go out as they are written.
        setvbuf(stdout, nil, _IOLBF, 0)
        _ = fcntl(socketDescriptor, F_SETFD, FD_CLOEXEC)
        let connection = HostConnection(MessageSocket(taking: socketDescriptor))
        connection.send(HelloMessage.own.envelope)
        let server = WorkerServer(connection)
        guard let threads = try? WorkerPool(count: WorkerServer.threadCount, name: "tauro-node") else {
            WorkerExit.lostConnection.end()
        }
        for _ in 0..<WorkerServer.threadCount { threads.submit { server.serve() } }
        threads.shutdown()
        WorkerExit.lostConnection.end()
    }

    private static func isSocket(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
}

/// Writing past everything else of a process.
enum FileOutput {
    static func standardError(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    }
}
