import Glibc
import Synchronization
import TauroBasics
import TauroModel

/// The worker processes of a host: started when they are needed, kept warm, and ended when they were used long enough,
/// or when the fleet goes.
///
/// One worker serves one plugin, one call at a time; several calls of a plugin at once have several workers. Safe from
/// any thread.
package final class WorkerFleet: Sendable {
    /// Calls after which a worker is replaced, so that what it leaks is bounded.
    private static let mostCalls = 5_000
    /// Most workers that wait for a call.
    private static let mostIdle = 16
    /// How long loading a plugin may take.
    private static let longestLoading = Duration.seconds(60)

    private let program: String?
    private let environment: [String: String]
    /// Those that wait for a call, the one used last at the end.
    private let idle = Mutex<[Worker]>([])

    /// Creates a fleet without workers.
    ///
    /// - Parameters:
    ///   - program: absolute path of `tauro-host`; nil where it is not known.
    ///   - environment: what workers get of variables: those of now, since functions that run in this process later may
    ///     change them at any moment.
    package init(program: String?, environment: [String: String] = ProcessEnvironment.variables()) {
        self.program = program
        self.environment = environment
    }

    deinit {
        for worker in idle.withLock({ $0 }) { worker.end() }
    }

    /// A worker that has loaded the plugin and waits for a call.
    ///
    /// - Throws: `NodeFailure`, `ResourceError`.
    func worker(
        for purpose: Worker.Purpose,
        _ invocation: NodeInvocation,
        _ services: CallServices
    ) throws -> Worker {
        while let worker = takeIdle(purpose) {
            if worker.isIdle { return worker }
            // It died, or said something that nobody asked for, since its last call.
            worker.end()
        }
        return try start(purpose, invocation, services)
    }

    /// Takes back a worker whose call has returned.
    func put(back worker: Worker) {
        worker.callCount += 1
        guard worker.callCount < Self.mostCalls else {
            worker.end()
            return
        }
        let surplus = idle.withLock { idle in
            idle.append(worker)
            return idle.count > Self.mostIdle ? idle.removeFirst() : nil
        }
        surplus?.end()
    }

    private func takeIdle(_ purpose: Worker.Purpose) -> Worker? {
        idle.withLock { idle in
            idle.lastIndex { $0.purpose == purpose }.map { idle.remove(at: $0) }
        }
    }

    private func start(
        _ purpose: Worker.Purpose,
        _ invocation: NodeInvocation,
        _ services: CallServices
    ) throws -> Worker {
        guard let program else {
            throw ResourceError(
                operation: "start a worker process",
                message: "isolation: process needs the program tauro-host, which is not beside this program; "
                    + "name it in TAURO_HOST_PROGRAM, or use isolation: in_process"
            )
        }
        let worker: Worker
        do throws(SystemError) {
            worker = try Worker(purpose, program: program, environment: environment)
        } catch {
            throw ResourceError(operation: "start a worker process", message: error.description)
        }
        let loading = WorkerLoading(worker, invocation, services, longest: Self.longestLoading)
        do {
            try loading.run()
        } catch {
            worker.end()
            throw error
        }
        return worker
    }
}
