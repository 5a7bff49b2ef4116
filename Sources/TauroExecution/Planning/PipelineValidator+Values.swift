public import TauroModel

extension PipelineValidator {
    /// Checks the value of a pipeline as it was read, before it is a `PipelineDefinition`, in the original's words.
    public static func validatePipelineConfig(_ pipeline: ConfigValue) -> [Diagnostic] {
        guard case .map = pipeline.content else {
            return [malformed("Pipeline configuration must be a dictionary", at: pipeline)]
        }
        guard let nodes = pipeline["nodes"] else {
            return [malformed("Pipeline must contain 'nodes' key", at: pipeline)]
        }
        switch nodes.content {
        case .null, .list([]), .map([]): return [malformed("Pipeline must have at least one node", at: nodes)]
        case .list, .map, .string, .integer: break
        default: return [malformed("Pipeline 'nodes' must be a list", at: nodes)]
        }
        do {
            _ = try DependencyResolver.extractPipelineNodes(nodes)
            return []
        } catch {
            return error.message.split(separator: "\n").map { malformed(String($0), at: nodes) }
        }
    }

    /// Checks that every name of `pipelineNodes` is configured, in the original's words.
    public static func validateNodeConfigs(
        _ pipelineNodes: [String],
        nodeConfigs: [String: NodeDefinition]
    ) -> [Diagnostic] {
        let missing = DependencyResolver.unique(pipelineNodes).filter { nodeConfigs[$0] == nil }
        if missing.isEmpty { return [] }
        return [
            Diagnostic(
                .error,
                .configuration,
                "Missing node configurations: \(missing.joined(separator: ", "))"
            )
        ]
    }

    private static func malformed(_ message: String, at value: ConfigValue) -> Diagnostic {
        Diagnostic(.error, .configuration, message, at: value.location)
    }
}
