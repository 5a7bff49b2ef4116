/// A plugin's file is not loaded, because it can not be trusted to be what was checked.
public struct PluginError: ExecutionError {
    /// `PluginError`.
    public static let typeName = "PluginError"
    /// What happened and what to do.
    public let message: String
    /// What was being done.
    public let operation: String
    /// Absolute path of the plugin's file.
    public let path: String

    /// Creates an error.
    public init(path: String, message: String) {
        self.path = path
        self.message = message
        self.operation = "load the plugin \(path)"
    }
}
