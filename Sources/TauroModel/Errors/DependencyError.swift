/// Dependencies that can not be followed.
public struct DependencyError: ExecutionError {
    /// `DependencyError`.
    public static let typeName = "DependencyError"
    /// What happened and what to do.
    public let message: String
    /// What was being done.
    public let operation: String
    /// The node whose dependency it is.
    public let node: String?

    /// Creates an error.
    public init(message: String, node: String? = nil) {
        self.message = message
        self.operation = "resolve dependencies"
        self.node = node
    }
}

/// Nodes that wait for each other.
public struct CircularDependencyError: ExecutionError {
    /// `CircularDependencyError`.
    public static let typeName = "CircularDependencyError"
    /// What was being done.
    public let operation = "resolve dependencies"
    /// The nodes of the cycle in order, each depending on the one before it; the first is the earliest in the file.
    public let cycle: [String]

    /// `a <-> b` for two nodes, else the path that returns to its start.
    public var message: String {
        let path =
            cycle.count == 2 ? cycle.joined(separator: " <-> ") : (cycle + cycle.prefix(1)).joined(separator: " -> ")
        return "Circular dependency detected: \(path)"
    }

    /// Creates an error.
    public init(cycle: [String]) {
        self.cycle = cycle
    }
}
