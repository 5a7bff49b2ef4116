package import CTauro
import Synchronization

/// The span of one invocation: everything that the host handed out lives exactly as long.
///
/// Frames, artifacts and contexts keep their scope and ask it for the host's pointer, so that one that outlives its
/// node meets an error instead of memory that is gone.
///
/// Sendable because what `call` points to is immutable until the scope ends, and `hasEnded` is atomic.
package final class CallScope: @unchecked Sendable {
    private let call: UnsafePointer<tauro_call>
    private let ended = Atomic<Bool>(false)
    /// The text that the host left with the call, where the host is in this program; a plugin's host keeps it.
    private let hostText: @Sendable () -> String?

    package init(_ call: UnsafePointer<tauro_call>, hostText: @escaping @Sendable () -> String?) {
        self.call = call
        self.hostText = hostText
    }

    /// What a function of the host returned as an error.
    func failure(_ status: Int32, _ operation: String) -> NodeError {
        NodeError(hostStatus: status, operation, text: hasEnded ? nil : hostText())
    }

    /// Whether the node has returned.
    package var hasEnded: Bool { ended.load(ordering: .acquiring) }

    /// Marks everything that belongs to the invocation as gone.
    package func end() { ended.store(true, ordering: .releasing) }

    /// The host's pointer, or nil after the node has returned.
    package var ifActive: UnsafePointer<tauro_call>? { hasEnded ? nil : call }

    /// The host's pointer.
    ///
    /// - Throws: `NodeError` after the node has returned; `what` names the thing that was kept too long.
    package func pointer(for what: String) throws(NodeError) -> UnsafePointer<tauro_call> {
        guard !hasEnded else {
            throw NodeError(
                .internal,
                "this \(what) belongs to a node that has returned; take what is needed from it before that"
            )
        }
        return call
    }
}
