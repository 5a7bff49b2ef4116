extension Context {
    /// The node called `name` as it is in a pipeline: with the tags of the nearest level that has some.
    package func node(_ name: String, in pipeline: PipelineDefinition) -> NodeDefinition? {
        guard var node = node(name) else { return nil }
        for level in SettingsLevel.nearestFirst where node.tags.isEmpty {
            switch level {
            case .node, .mlInfo: break
            case .pipeline: if !pipeline.tags.isEmpty { node.tags = pipeline.tags }
            case .globalSettings: if !globalSettings.tags.isEmpty { node.tags = globalSettings.tags }
            }
        }
        return node
    }
}
