import Glibc

/// A thread of the host's own, from its start to its join.
///
/// For work that blocks or calls foreign code, which must not sit on Swift's cooperative pool.
package struct WorkerThread: Sendable {
    /// What the new thread gets: retained by `init`, released by the thread.
    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    /// The stack of a thread in bytes: what C code expects of a main thread.
    package static let defaultStackSize = 8 << 20

    private let identifier: pthread_t

    /// Starts a thread that runs `body` and ends.
    ///
    /// `name` is what debuggers and `top` show, cut to the system's 15 bytes; `stackSize` is in bytes.
    ///
    /// - Throws: `SystemError` when the system gives no more threads.
    package init(
        name: String,
        stackSize: Int = defaultStackSize,
        body: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        let start = Unmanaged.passRetained(Start(name: name, body: body))
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
                start.body()
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
    package func join() {
        if pthread_equal(identifier, pthread_self()) != 0 {
            detach()
        } else {
            pthread_join(identifier, nil)
        }
    }

    /// Lets the thread end alone.
    ///
    /// To be called once, in place of `join`.
    package func detach() { pthread_detach(identifier) }
}
