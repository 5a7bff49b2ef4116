import Glibc

/// One thread of a pool, from its start to its join.
struct WorkerThread: Sendable {
    /// What the new thread gets: retained by `init`, released by the thread.
    private final class Start: Sendable {
        let name: String
        let queue: BlockingQueue<WorkerPool.Work>

        init(name: String, queue: BlockingQueue<WorkerPool.Work>) {
            self.name = name
            self.queue = queue
        }
    }

    private let identifier: pthread_t

    /// Starts a thread that drains `queue` and ends.
    init(name: String, stackSize: Int, queue: BlockingQueue<WorkerPool.Work>) throws(SystemError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        let start = Unmanaged.passRetained(Start(name: name, queue: queue))
        var identifier = pthread_t()
        let code = pthread_create(
            &identifier,
            &attributes,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                _ = GNUFunctions.setThreadName?(
                    pthread_self(),
                    String(decoding: start.name.utf8.prefix(15), as: UTF8.self)
                )
                while let work = start.queue.pop() { work() }
                return nil
            },
            start.toOpaque()
        )
        if code != 0 {
            start.release()
            throw SystemError(operation: "start the thread", path: name, code: code)
        }
        self.identifier = identifier
    }

    /// Waits for the thread's end, or lets it end alone where it is the caller.
    ///
    /// To be called once.
    func join() {
        if pthread_equal(identifier, pthread_self()) != 0 {
            detach()
        } else {
            pthread_join(identifier, nil)
        }
    }

    /// Lets the thread end alone.
    ///
    /// To be called once, in place of `join`.
    func detach() { pthread_detach(identifier) }
}
