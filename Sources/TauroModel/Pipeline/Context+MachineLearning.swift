extension Context {
    /// The hyperparameters of an ML node: its own over its pipeline's over `ml_info`'s over the global settings'.
    package func hyperparameters(of node: NodeDefinition, in pipeline: PipelineDefinition) -> [String: ConfigValue] {
        globalSettings.hyperparameters
            .merging(mlInfo.hyperparameters(of: pipeline.name)) { _, nearer in nearer }
            .merging(pipeline.hyperparameters) { _, nearer in nearer }
            .merging(node.hyperparameters) { _, nearer in nearer }
    }

    /// The version of a pipeline's model: its own, else that of `ml_info`, else that of the global settings.
    package func modelVersion(of pipeline: PipelineDefinition) -> String? {
        pipeline.modelVersion ?? mlInfo.modelVersion(of: pipeline.name) ?? globalSettings.modelVersion
    }
}
