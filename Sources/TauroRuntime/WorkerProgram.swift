package import Glibc
import TauroPluginHost

/// The program of worker processes, which `tauro-host` starts from its own executable.
package enum WorkerProgram {
    /// Serves the host with the process id `host` until it is gone; does not return.
    ///
    /// The process may have `openFiles` descriptors open.
    package static func run(host: pid_t, openFiles: UInt) -> Never {
        WorkerProcess.run(host: host, openFiles: openFiles)
    }
}
