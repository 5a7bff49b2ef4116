import TauroBasics

/// A database that nobody has any more, which is still to be closed.
///
/// Sendable because whoever closes it is the only one that has it.
struct DuckDBClosing: @unchecked Sendable {
    private let handle: Handle
    private let functions: DuckDBFunctions
    /// What has to be there until the database is closed.
    private let kept: any Sendable

    init(_ handle: Handle, _ functions: DuckDBFunctions, keeping kept: any Sendable) {
        self.handle = handle
        self.functions = functions
        self.kept = kept
    }

    /// Closes the database, which waits for its threads: on a thread of its own where this one may be one of those, since
    /// a thread that waits for itself ends the process.
    func run() {
        guard DuckDBRelease.isRunning else { return close() }
        // Without a thread it stays open: it has no queries, and its threads sleep.
        guard let thread = try? WorkerThread(name: "tauro-close", body: close) else { return }
        thread.detach()
    }

    private func close() {
        var handle = handle
        functions.close(&handle)
        extendLifetime(kept)
    }
}
