/// Closures waiting for a thread, first in, first out, until it is closed.
///
/// Safe from any thread.
final class WorkQueue: Sendable {
    private struct State {
        /// Work from `first` on is waiting; what is before it was taken.
        var work: [WorkerPool.Work?] = []
        var first = 0
        var isClosed = false

        mutating func takeFirst() -> WorkerPool.Work? {
            guard first < work.count else { return nil }
            let taken = work[first]
            work[first] = nil
            first += 1
            if first == work.count {
                work.removeAll(keepingCapacity: true)
                first = 0
            }
            return taken
        }
    }

    private enum Next {
        case work(WorkerPool.Work)
        case end
    }

    private let state = Monitor(State())

    /// Queues work; false when the queue is closed.
    func append(_ work: @escaping WorkerPool.Work) -> Bool {
        state.withLockNotifyingOne { state in
            if state.isClosed { return false }
            state.work.append(work)
            return true
        }
    }

    /// Refuses further work; what waits is still given out.
    func close() {
        state.withLockNotifyingAll { $0.isClosed = true }
    }

    /// Runs work on the calling thread until the queue is closed and empty.
    func drain() {
        while case .work(let work) = next() { work() }
    }

    private func next() -> Next {
        state.wait { state in
            if let work = state.takeFirst() { return .work(work) }
            return state.isClosed ? .end : nil
        }
    }
}
