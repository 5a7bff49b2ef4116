import Foundation
import TauroBasics
import TauroData
import TauroModel

/// A stored frame whose stream gives nothing until it is stopped, or cancelled if it heeds that, or has waited for long.
final class SlowSource: FrameSource {
    /// Why a stream came to its end.
    enum End: Sendable {
        case cancelled
        case stopped
        case gaveUp
    }

    private struct State {
        var isStopped = false
        var end: End?
    }

    private let heedsToken: Bool
    private let state = Monitor(State())

    init(heedsToken: Bool) { self.heedsToken = heedsToken }

    var rowCount: Int64? { nil }

    /// How the stream ended, once it has.
    var end: End? { state.withLock { $0.end } }

    func schema() throws -> Schema { Numbers.schema }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream {
        SlowStream { [self] in
            let end = waitForEnd(cancellation)
            state.withLockNotifyingAll { $0.end = end }
            throw NodeFailure(.cancelled, "the rows never came")
        }
    }

    /// Ends streams that wait.
    func stop() { state.withLock { $0.isStopped = true } }

    /// Waits for a stream's end.
    func awaitEnd() -> End { state.awaitValue { $0.end } }

    private func waitForEnd(_ cancellation: CancellationToken) -> End {
        for _ in 0..<10_000 {
            if heedsToken && cancellation.isCancelled { return .cancelled }
            if state.withLock({ $0.isStopped }) { return .stopped }
            usleep(1_000)
        }
        return .gaveUp
    }
}

private final class SlowStream: RecordBatchStream {
    let schema = Numbers.schema
    private let wait: () throws -> Never

    init(_ wait: @escaping () throws -> Never) { self.wait = wait }

    func next() throws -> RecordBatch? { try wait() }
}
