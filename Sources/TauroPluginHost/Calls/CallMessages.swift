import Synchronization
import TauroData
import TauroModel

/// What is left with a call while it runs: the error text, and the host's own last failure.
///
/// Safe from any thread.
final class CallMessages: Sendable {
    private struct State {
        var text: String?
        var failure: HostFailure?
        /// What a stored frame's stream last threw; of it, a C stream passes on the text alone.
        var streamError: (any Error)?
    }

    private let state = Mutex(State())

    /// The last text that was left.
    var text: String? { state.withLock { $0.text } }

    /// Leaves a text; an empty one leaves none.
    func leave(_ text: String) {
        let text = ForeignText.capped(text, limit: ForeignText.longestError)
        state.withLock { $0.text = text.isEmpty ? nil : text }
    }

    /// Leaves the text of a failure of the host.
    ///
    /// - Returns: the failure's status, for the node.
    func leave(_ error: any Error) -> Int32 {
        let failure = HostFailure(error)
        let text = ForeignText.capped(failure.text, limit: ForeignText.longestError)
        state.withLock { state in
            state.text = text
            state.failure = failure
        }
        return failure.status.rawValue
    }

    /// Remembers what the stream of a stored frame threw.
    func remember(_ error: any Error) {
        state.withLock { $0.streamError = HostFailure(error).underlying ?? error }
    }

    /// What a call that ended with `status`, which is not OK, failed of.
    ///
    /// The host's own error goes with it if the node returned that error's status.
    func failure(_ status: Int32) -> NodeFailure {
        let state = state.withLock { $0 }
        guard let known = NodeFailure.Status(rawValue: status) else {
            let said = state.text.map { "\($0) " } ?? ""
            return NodeFailure(.internal, "\(said)(returned \(status), which is no status of the tauro ABI)")
        }
        let text = state.text ?? "returned \(status) (\(known.headerName)) without a message"
        return NodeFailure(known, text, underlying: CallMessages.underlying(of: known, state))
    }

    private static func underlying(of status: NodeFailure.Status, _ state: State) -> (any Error)? {
        if status == .io, let error = state.streamError { return error }
        return state.failure?.status == status ? state.failure?.underlying : nil
    }
}

/// A stream that tells the call of what it throws, since a C stream carries the text alone.
final class RememberingStream: RecordBatchStream {
    private let stream: any RecordBatchStream
    private let messages: CallMessages

    init(_ stream: any RecordBatchStream, _ messages: CallMessages) {
        self.stream = stream
        self.messages = messages
    }

    var schema: Schema { stream.schema }

    func next() throws -> RecordBatch? {
        do {
            return try stream.next()
        } catch {
            messages.remember(error)
            throw error
        }
    }
}
