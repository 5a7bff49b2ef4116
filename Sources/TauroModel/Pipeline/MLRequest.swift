/// What a call says for the ML nodes of its run, above all configuration.
package struct MLRequest: Sendable {
    /// Values for hyperparameters.
    package var hyperparameters: [String: ConfigValue]
    /// The version of the model.
    package var modelVersion: String?

    package init(hyperparameters: [String: ConfigValue] = [:], modelVersion: String? = nil) {
        self.hyperparameters = hyperparameters
        self.modelVersion = modelVersion
    }
}
