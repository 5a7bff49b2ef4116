package import TauroModel

/// One node's call, made and ready: execute it and get the result.
package protocol Command: Sendable {
    /// Calls the function once and returns what it emitted; nil for a function that returns nothing.
    ///
    /// - Throws: `NodeFailure`.
    func execute() throws -> Dataset?
}

/// A standard node: inputs, days and typed parameters.
package struct NodeCommand: Command {
    private let invoker: any NodeInvoker
    private let invocation: NodeInvocation

    package init(invoker: any NodeInvoker, invocation: NodeInvocation) {
        self.invoker = invoker
        self.invocation = invocation
    }

    package func execute() throws -> Dataset? { try invoker.invoke(invocation) }
}
