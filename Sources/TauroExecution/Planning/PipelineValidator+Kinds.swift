public import TauroModel

extension PipelineValidator {
    /// Checks how the batch and the streaming nodes of a pipeline go together, whatever its type says.
    ///
    /// - Parameters:
    ///   - pipeline: the pipeline; nodes that are not configured are passed over (`validateNodeConfigs` finds them).
    ///   - context: where its nodes and their outputs are described.
    ///   - formatPolicy: the formats of streaming nodes; those of the context's settings if nil.
    /// - Returns: which nodes belong to which phase, and every finding.
    public static func validateHybridPipeline(
        _ pipeline: PipelineDefinition,
        in context: Context,
        formatPolicy: FormatPolicy? = nil
    ) -> HybridValidation {
        HybridValidator.validation(of: pipeline, in: context, formatPolicy ?? context.globalSettings.formatPolicy)
    }

    /// Checks that only nodes of streaming and hybrid pipelines read and write streams.
    static func validateBatchNodes(_ nodes: [NodeDefinition], of pipeline: PipelineDefinition) -> [Diagnostic] {
        nodes.flatMap { node in
            [("input", node.streamInput), ("output", node.streamOutput)].compactMap { side, endpoint in
                endpoint.map { endpoint in
                    Diagnostic(
                        .error,
                        .validation,
                        "Node '\(node.name)' has a map as '\(side)', which only streaming nodes have, but pipeline "
                            + "'\(pipeline.name)' is of type \(pipeline.kind.rawValue)",
                        at: endpoint.location ?? node.location,
                        notes: ["give the pipeline `type: streaming` or `type: hybrid`, or list ids under `\(side)`"]
                    )
                }
            }
        }
    }

    /// Says that a streaming or hybrid pipeline can be checked, but not run: an error where it is asked to run.
    static func validateRunnable(_ pipeline: PipelineDefinition, isToRun: Bool) -> [Diagnostic] {
        guard pipeline.kind == .streaming || pipeline.kind == .hybrid else { return [] }
        return [
            Diagnostic(
                isToRun ? .error : .warning,
                .validation,
                "Pipeline '\(pipeline.name)' is of type \(pipeline.kind.rawValue), which this version does not run",
                at: pipeline.location,
                notes: ["this version checks such pipelines, and runs the types batch and ml"]
            )
        ]
    }
}
