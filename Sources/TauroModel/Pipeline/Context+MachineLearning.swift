extension Context {
    /// The hyperparameters of an ML node: the call's over those of each level.
    package func hyperparameters(
        of node: NodeDefinition,
        in pipeline: PipelineDefinition,
        _ request: MLRequest = MLRequest()
    ) -> [String: ConfigValue] {
        var merged = request.hyperparameters
        for level in SettingsLevel.nearestFirst {
            let farther =
                switch level {
                case .node: node.hyperparameters
                case .pipeline: pipeline.hyperparameters
                case .mlInfo: mlInfo.hyperparameters(of: pipeline.name)
                case .globalSettings: globalSettings.hyperparameters
                }
            merged.merge(farther) { nearer, _ in nearer }
        }
        return merged
    }

    /// The version of a pipeline's model: the call's, else that of the nearest level that has one.
    package func modelVersion(of pipeline: PipelineDefinition, _ request: MLRequest = MLRequest()) -> String? {
        if let version = request.modelVersion { return version }
        return SettingsLevel.nearestFirst.lazy.compactMap { level in
            switch level {
            case .node: nil
            case .pipeline: pipeline.modelVersion
            case .mlInfo: self.mlInfo.modelVersion(of: pipeline.name)
            case .globalSettings: self.globalSettings.modelVersion
            }
        }.first
    }
}
