import Glibc

/// State behind a lock, with threads that wait for it to change.
///
/// Safe from any thread. Waiting blocks the thread, so never wait on Swift's cooperative pool.
package final class Monitor<State>: @unchecked Sendable {
    // `storage`, `mutex` and `changed` live at fixed addresses, as pthreads demands, and everything in `storage` is
    // touched only while `mutex` is held: that is what makes sharing an instance safe.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let storage = UnsafeMutablePointer<State>.allocate(capacity: 1)
    private let tries: Int

    /// Creates a monitor; a thread tries `tries` times to get the lock before it sleeps till it is free, which is worth it
    /// where the lock is wanted all the time, and held for less than sleeping and waking take.
    package init(_ state: sending State, tries: Int = 0) {
        self.tries = tries
        storage.initialize(to: state)
        mutex.initialize(to: pthread_mutex_t())
        changed.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // Time limits are told by the clock that nobody sets.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        storage.deinitialize(count: 1)
        storage.deallocate()
        changed.deallocate()
        mutex.deallocate()
    }

    private func lock() {
        for _ in 0..<tries where pthread_mutex_trylock(mutex) == 0 { return }
        pthread_mutex_lock(mutex)
    }

    /// Reads or changes the state.
    ///
    /// `body` must be short and must not use this monitor.
    package func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        lock()
        defer { pthread_mutex_unlock(mutex) }
        return try body(&storage.pointee)
    }

    /// Changes the state and wakes one waiting thread.
    package func withLockNotifyingOne<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        lock()
        defer {
            pthread_cond_signal(changed)
            pthread_mutex_unlock(mutex)
        }
        return try body(&storage.pointee)
    }

    /// Changes the state and wakes every waiting thread.
    package func withLockNotifyingAll<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        lock()
        defer {
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(mutex)
        }
        return try body(&storage.pointee)
    }

    /// Wakes as many waiting threads, where there are so many.
    package func notify(_ count: Int) {
        for _ in 0..<count { pthread_cond_signal(changed) }
    }

    /// Wakes every waiting thread.
    package func notifyAll() { pthread_cond_broadcast(changed) }

    /// Blocks until `body` gives a value, but not after `moment`, in nanoseconds of the monotonic clock; nil then.
    ///
    /// It is asked at once, then after every notification, and once more at the end.
    package func awaitValue<Result>(until moment: Int64, _ body: (inout State) -> Result?) -> Result? {
        var time = timespec(tv_sec: Int(moment / 1_000_000_000), tv_nsec: Int(moment % 1_000_000_000))
        lock()
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&storage.pointee) { return result }
            if pthread_cond_timedwait(changed, mutex, &time) == ETIMEDOUT { return body(&storage.pointee) }
        }
    }

    /// Blocks until `body` gives a value; it is asked at once and then after every notification.
    package func awaitValue<Result>(_ body: (inout State) -> Result?) -> Result {
        lock()
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&storage.pointee) { return result }
            pthread_cond_wait(changed, mutex)
        }
    }

    /// Blocks until `condition` holds; it is asked at once and then after every notification.
    package func wait(until condition: (State) -> Bool) {
        lock()
        defer { pthread_mutex_unlock(mutex) }
        while !condition(storage.pointee) { pthread_cond_wait(changed, mutex) }
    }
}
