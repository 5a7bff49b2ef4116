/// What a project says for all its ML nodes (`ml_info`): above the global settings, below pipelines and nodes.
public struct MLInfo: Sendable {
    /// What one source says.
    public struct Layer: Sendable {
        /// The only pipeline it is for; nil for all.
        public var pipeline: String?
        /// Values for hyperparameters.
        public var hyperparameters: [String: ConfigValue]
        /// The version of the model.
        public var modelVersion: String?

        /// Creates a layer.
        public init(
            pipeline: String? = nil,
            hyperparameters: [String: ConfigValue] = [:],
            modelVersion: String? = nil
        ) {
            self.pipeline = pipeline
            self.hyperparameters = hyperparameters
            self.modelVersion = modelVersion
        }
    }

    /// The sources; a later one wins over those before it.
    public var layers: [Layer]

    /// Creates a value.
    public init(_ layers: [Layer] = []) {
        self.layers = layers
    }

    /// Values for hyperparameters of the pipeline's ML nodes.
    public func hyperparameters(of pipeline: String) -> [String: ConfigValue] {
        layers(of: pipeline).reduce(into: [:]) { merged, layer in
            merged.merge(layer.hyperparameters) { _, later in later }
        }
    }

    /// The version of the pipeline's model.
    public func modelVersion(of pipeline: String) -> String? {
        layers(of: pipeline).last { $0.modelVersion != nil }?.modelVersion
    }

    private func layers(of pipeline: String) -> [Layer] {
        layers.filter { $0.pipeline == nil || $0.pipeline == pipeline }
    }
}
