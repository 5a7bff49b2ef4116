extension Context {
    /// How a node of a pipeline is executed, as far as any level says it.
    package func execution(of node: NodeDefinition, in pipeline: PipelineDefinition) -> ExecutionSettings {
        var settings = ExecutionSettings()
        for level in SettingsLevel.nearestFirst {
            switch level {
            case .node: settings = settings.merged(over: node.execution)
            case .pipeline: settings = settings.merged(over: pipeline.execution)
            case .mlInfo: break
            case .globalSettings: settings = settings.merged(over: globalSettings.execution)
            }
        }
        return settings
    }
}
