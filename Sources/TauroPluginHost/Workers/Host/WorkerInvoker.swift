package import TauroModel

/// Calls node functions in worker processes, which can crash, hang or leak without harming this one.
///
/// Safe from any thread. There is no way back into this process: where no worker can be had, the call fails.
package final class WorkerInvoker: NodeInvoker {
    private let services: CallServices
    private let fleet: WorkerFleet
    private let grace: Duration

    /// Creates an invoker; no process is started yet.
    ///
    /// - Parameters:
    ///   - fleet: has the workers.
    ///   - sql: runs the queries of nodes, in this process.
    ///   - temporaryDirectory: absolute path of a directory for the content of artifacts; made when it is needed.
    ///   - grace: how long a function that was told to stop may take to return before its worker is killed.
    ///   - delivery: converts frames with columns that are not deliverable.
    package init(
        fleet: WorkerFleet,
        sql: any SQLRunner,
        temporaryDirectory: String,
        grace: Duration = .seconds(5),
        delivery: @escaping FrameDelivery
    ) {
        services = CallServices(
            sql: sql,
            artifacts: ArtifactDirectory(path: temporaryDirectory),
            delivery: delivery
        )
        self.fleet = fleet
        self.grace = grace
    }

    /// Calls the function once in a worker, and blocks until it returns, its worker ends, or its time is over.
    ///
    /// - Throws: `NodeFailure`; `TimeoutError`; `ResourceError` where no worker can be started.
    package func invoke(_ invocation: NodeInvocation) throws -> Dataset? {
        if invocation.cancellation.isCancelled { throw NodeFailure(.cancelled, "cancelled before it began") }
        let purpose = Worker.Purpose(
            plugin: invocation.signature.plugin,
            memoryLimit: invocation.execution.workerMemoryLimit
        )
        let worker = try fleet.worker(for: purpose, invocation, services)
        switch WorkerCall(worker, invocation, services, grace: grace).run() {
        case .returned(let result):
            fleet.put(back: worker)
            return try result.get()
        case .lost(let error): throw error
        }
    }
}

/// Calls each function where its node says: in this process, or in a worker.
package struct IsolatingInvoker: NodeInvoker {
    private let inProcess: any NodeInvoker
    private let workers: any NodeInvoker

    package init(inProcess: any NodeInvoker, workers: any NodeInvoker) {
        self.inProcess = inProcess
        self.workers = workers
    }

    package func invoke(_ invocation: NodeInvocation) throws -> Dataset? {
        switch invocation.execution.isolation {
        case .inProcess: try inProcess.invoke(invocation)
        case .process: try workers.invoke(invocation)
        }
    }
}
