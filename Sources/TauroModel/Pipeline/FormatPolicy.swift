/// Which formats streaming nodes read and write, and which stored formats they can follow.
///
/// The lists of the original unless `format_policy` of global settings replaces some of them.
public struct FormatPolicy: Sendable, Hashable {
    /// Formats that streaming nodes read; a node whose `input` is a map with one of them is a streaming node.
    public var supportedInputs: [String]
    /// Formats that streaming nodes write.
    public var supportedOutputs: [String]
    /// For the format of a batch output, the formats a streaming node can read it as.
    public var compatibility: [String: [String]]
    /// Formats whose readers must say where they keep their progress.
    public var checkpointRequiredInputs: [String]

    /// Creates a policy; what is left out is as the original has it.
    public init(
        supportedInputs: [String] = ["kafka", "kinesis", "delta_stream", "file_stream", "socket", "rate", "memory"],
        supportedOutputs: [String] = ["kafka", "memory", "console", "delta", "parquet", "json", "csv"],
        compatibility: [String: [String]] = [
            "parquet": ["file_stream"], "delta": ["delta_stream"], "json": ["file_stream"], "csv": ["file_stream"],
            "kafka": ["kafka"],
        ],
        checkpointRequiredInputs: [String] = ["kafka", "kinesis", "delta_stream"]
    ) {
        self.supportedInputs = supportedInputs
        self.supportedOutputs = supportedOutputs
        self.compatibility = compatibility
        self.checkpointRequiredInputs = checkpointRequiredInputs
    }

    /// Whether streaming nodes read `format`.
    public func isSupportedInput(_ format: String) -> Bool { supportedInputs.contains(format) }

    /// Whether streaming nodes write `format`.
    public func isSupportedOutput(_ format: String) -> Bool { supportedOutputs.contains(format) }

    /// Whether what a batch node stores as `batch` can be read as `streaming`.
    public func areCompatible(batch: String, streaming: String) -> Bool {
        compatibility[batch]?.contains(streaming) ?? false
    }

    /// Whether a reader of `format` must say where it keeps its progress.
    public func requiresCheckpoint(_ format: String) -> Bool { checkpointRequiredInputs.contains(format) }
}
