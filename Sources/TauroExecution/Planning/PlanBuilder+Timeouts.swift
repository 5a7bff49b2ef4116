import TauroModel

extension PlanBuilder {
    /// A function in this process can not be ended from outside, so a time limit there would only look like one.
    ///
    /// Told where the limit is set: a limit for many nodes is told once.
    mutating func reportTimeouts(of definitions: [NodeDefinition], in pipeline: PipelineDefinition) {
        var levels: Set<SettingsLevel> = []
        for node in definitions {
            let execution = PlanAssembly.execution(of: node, in: pipeline, context, request)
            if execution.isolation != .inProcess || execution.timeout == nil { continue }
            if node.execution.timeoutSeconds != nil {
                reportTimeout("Node '\(node.name)'", "a function that is called", at: node.location)
            } else {
                levels.insert(pipeline.execution.timeoutSeconds != nil ? .pipeline : .globalSettings)
            }
        }
        if levels.contains(.pipeline) {
            reportTimeout("Pipeline '\(pipeline.name)'", "functions that are called", at: pipeline.location)
        }
        if levels.contains(.globalSettings) {
            let settings = context.globalSettings.all
            let value = settings["timeout_seconds"] ?? settings["node_timeout_seconds"]
            reportTimeout("Global settings", "functions that are called", at: value?.location)
        }
    }

    private mutating func reportTimeout(_ owner: String, _ what: String, at location: SourceLocation?) {
        diagnostics.append(
            Diagnostic(
                .warning,
                .validation,
                "\(owner): timeout_seconds has no effect on \(what) in this process",
                at: location,
                notes: ["set isolation: process for the node, its pipeline or the project"]
            )
        )
    }
}
