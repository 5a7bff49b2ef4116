package import CTauro

/// The machine-learning context of a run.
///
/// Safe from any thread until the node returns; afterwards every question gets its default.
///
/// Sendable because what `pointer` points to is immutable while the scope is active.
public struct MLContext: @unchecked Sendable {
    private let pointer: UnsafePointer<tauro_ml>
    private let scope: CallScope

    package init(_ pointer: UnsafePointer<tauro_ml>, scope: CallScope) {
        self.pointer = pointer
        self.scope = scope
    }

    private var host: tauro_host? { scope.hasEnded ? nil : pointer.pointee.host.pointee }

    /// A whole number among the hyperparameters, or `otherwise` where there is none of that name and type.
    public func int64(_ name: String, default otherwise: Int64) -> Int64 {
        host?.hyperparam_i64(pointer, name, otherwise) ?? otherwise
    }

    /// A number among the hyperparameters, whole numbers too, or `otherwise`.
    public func double(_ name: String, default otherwise: Double) -> Double {
        host?.hyperparam_f64(pointer, name, otherwise) ?? otherwise
    }

    /// A flag among the hyperparameters, or `otherwise`.
    public func bool(_ name: String, default otherwise: Bool) -> Bool {
        host?.hyperparam_bool(pointer, name, otherwise) ?? otherwise
    }

    /// A text among the hyperparameters, or `otherwise`.
    public func string(_ name: String, default otherwise: String) -> String {
        guard let text = host?.hyperparam_str(pointer, name, nil) else { return otherwise }
        return String(cString: text)
    }

    /// The whole context as one JSON object.
    ///
    /// Its keys are hyperparams, model_version, node_config, pipeline_config, execution_metadata and engine.
    public var json: String {
        guard let text = host?.ml_json(pointer) else { return "{}" }
        return String(cString: text)
    }
}
