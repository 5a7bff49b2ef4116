import TauroBasics

/// A thread that a run has started: the system's, or in a simulation one of which it only looks so.
protocol RunThread: Sendable {
    /// Waits until it has ended.
    func join()
    /// Lets it go: nobody waits for it any more.
    func detach()
}

extension WorkerThread: RunThread {}
