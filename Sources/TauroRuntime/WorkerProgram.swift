package import Glibc
import TauroPluginHost

/// The program of worker processes, which `tauro-host` starts from its own executable.
package enum WorkerProgram {
    /// Serves the host with the process id `host` until it is gone; does not return.
    package static func run(host: pid_t) -> Never { WorkerProcess.run(host: host) }
}
