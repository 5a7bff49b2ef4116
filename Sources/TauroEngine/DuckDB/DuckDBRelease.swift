import Glibc

/// How DuckDB lets go of what a query scanned: on any thread, also on one of its own, and after the query's end.
///
/// A task counts as done before its last references go: whoever waited for the query can have closed the connection by then.
enum DuckDBRelease {
    /// Nil where the system has no keys left.
    private static let key: pthread_key_t? = {
        var key = pthread_key_t()
        return pthread_key_create(&key, nil) == 0 ? key : nil
    }()

    /// Lets go of an object that DuckDB has had.
    static func release(_ object: Unmanaged<some AnyObject>) {
        guard let key else { return object.release() }
        // One release can lead to another: a scan of a dataset ends a query of its own.
        let outer = pthread_getspecific(key)
        pthread_setspecific(key, object.toOpaque())
        object.release()
        pthread_setspecific(key, outer)
    }

    /// Whether it does so on this thread now, which may be one of DuckDB's own.
    static var isRunning: Bool { key.map { pthread_getspecific($0) != nil } ?? true }
}
