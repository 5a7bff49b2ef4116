import Glibc

/// A fixed number of threads that run closures in the order they were given.
///
/// For work that blocks or calls foreign code, which must not sit on Swift's cooperative pool. Safe from any thread.
package final class WorkerPool: Sendable {
    /// A piece of work.
    package typealias Work = @Sendable () -> Void

    private let queue = BlockingQueue<Work>()
    private let threads: Monitor<[WorkerThread]>

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - count: how many, at least one.
    ///   - name: what debuggers and `top` show, with the thread's number after it; cut to the system's 15 bytes.
    ///   - stackSize: the stack of each thread in bytes.
    /// - Throws: `SystemError` when the system gives no more threads; those already started are stopped again.
    package init(count: Int, name: String, stackSize: Int = WorkerThread.defaultStackSize) throws(SystemError) {
        precondition(count > 0, "a worker pool needs a thread")
        var started: [WorkerThread] = []
        for number in 0..<count {
            do {
                let thread = try WorkerThread(name: "\(name)-\(number)", stackSize: stackSize) { [queue] in
                    while let work = queue.pop() { work() }
                }
                started.append(thread)
            } catch {
                queue.close()
                for thread in started { thread.join() }
                throw error
            }
        }
        threads = Monitor(started)
    }

    deinit { shutdown() }

    /// Queues a piece of work.
    ///
    /// Never blocks on the work itself.
    ///
    /// - Returns: false after `shutdown()`; the work will not run then.
    @discardableResult
    package func submit(_ work: @escaping Work) -> Bool { queue.push(work) }

    /// Lets the threads finish everything that is queued and waits for their end.
    ///
    /// A second call finds nothing to do.
    ///
    /// Called from one of the pool's own threads it does not wait for that thread, which ends by itself.
    package func shutdown() {
        queue.close()
        for thread in takeThreads() { thread.join() }
    }

    /// Lets the threads finish everything that is queued and end alone, without waiting for them.
    ///
    /// A `shutdown()` after it finds nothing to wait for.
    package func leave() {
        queue.close()
        for thread in takeThreads() { thread.detach() }
    }

    private func takeThreads() -> [WorkerThread] {
        threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
    }
}
