extension Context {
    /// The hyperparameters of an ML node: the call's over its own over its pipeline's over `ml_info`'s over the global
    /// settings'.
    package func hyperparameters(
        of node: NodeDefinition,
        in pipeline: PipelineDefinition,
        _ request: MLRequest = MLRequest()
    ) -> [String: ConfigValue] {
        globalSettings.hyperparameters
            .merging(mlInfo.hyperparameters(of: pipeline.name)) { _, nearer in nearer }
            .merging(pipeline.hyperparameters) { _, nearer in nearer }
            .merging(node.hyperparameters) { _, nearer in nearer }
            .merging(request.hyperparameters) { _, nearer in nearer }
    }

    /// The version of a pipeline's model: the call's, else its own, else that of `ml_info`, else that of the global settings.
    package func modelVersion(of pipeline: PipelineDefinition, _ request: MLRequest = MLRequest()) -> String? {
        request.modelVersion ?? pipeline.modelVersion ?? mlInfo.modelVersion(of: pipeline.name)
            ?? globalSettings.modelVersion
    }
}
