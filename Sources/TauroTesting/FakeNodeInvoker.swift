import Synchronization
package import TauroModel

/// Plays node functions with closures, and remembers the calls.
package final class FakeNodeInvoker: NodeInvoker {
    /// What a function does when it is called.
    package typealias Behavior = @Sendable (NodeInvocation) throws -> Dataset?

    private struct State {
        var behaviors: [String: Behavior] = [:]
        var calls: [String] = []
        var running = 0
        var mostAtOnce = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Sets what the function of `node` does; functions without a behaviour return an empty frame.
    package func when(_ node: String, _ behavior: @escaping Behavior) {
        state.withLock { $0.behaviors[node] = behavior }
    }

    /// The nodes that were called, in the order their calls began.
    package var calls: [String] { state.withLock { $0.calls } }

    /// The largest number of calls that overlapped.
    package var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

    package func invoke(_ invocation: NodeInvocation) throws -> Dataset? {
        let behavior = state.withLock { state in
            state.calls.append(invocation.node)
            state.running += 1
            state.mostAtOnce = max(state.mostAtOnce, state.running)
            return state.behaviors[invocation.node]
        }
        defer { state.withLock { $0.running -= 1 } }
        if let behavior { return try behavior(invocation) }
        return .frame(.rows(0))
    }
}
