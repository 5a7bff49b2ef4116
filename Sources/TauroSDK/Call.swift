package import CTauro
import Glibc

/// One invocation of a node: who is called, and what it may ask of the host.
///
/// Safe from any thread until the node returns; threads that a node starts and that use its call must be joined before
/// that. Afterwards the call says that it is cancelled, and what can throw throws.
public struct Call: Sendable {
    /// The node's name in the project.
    public let node: String
    /// The run that the node belongs to.
    public let runID: String
    /// 1 for the first try.
    public let attempt: Int
    /// First day of the run, `YYYY-MM-DD`, inclusive; nil where the run has no dates.
    public let startDate: String?
    /// Last day of the run, `YYYY-MM-DD`, inclusive; nil where the run has no dates.
    public let endDate: String?
    /// Nanoseconds of the system's monotonic clock, 0 for no deadline.
    private let deadline: Int64
    package let scope: CallScope

    package init(
        _ call: UnsafePointer<tauro_call>,
        startDate: String?,
        endDate: String?,
        hostText: @escaping @Sendable () -> String? = { nil }
    ) {
        scope = CallScope(call, hostText: hostText)
        node = call.pointee.node.map { String(cString: $0) } ?? ""
        runID = call.pointee.run_id.map { String(cString: $0) } ?? ""
        attempt = Int(call.pointee.attempt)
        deadline = call.pointee.deadline_ns
        self.startDate = startDate
        self.endDate = endDate
    }

    /// How long the node still has, below zero when it is late; nil where it has no deadline.
    public var timeRemaining: Duration? {
        guard deadline != 0 else { return nil }
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return .nanoseconds(deadline) - .seconds(now.tv_sec) - .nanoseconds(now.tv_nsec)
    }

    /// Whether the node should stop.
    ///
    /// One atomic load: ask per batch, or ten times a second.
    public var isCancelled: Bool {
        guard let call = scope.ifActive else { return true }
        return call.pointee.host.pointee.cancelled(call)
    }

    /// Throws `CancellationError` if the node should stop.
    public func checkCancellation() throws {
        if isCancelled { throw CancellationError() }
    }
}
