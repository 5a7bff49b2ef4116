import Synchronization
import TauroModel

extension PluginCall {
    /// The hyperparameter called `name`, if the run has an ML context with one.
    func hyperparameter(_ name: UnsafePointer<CChar>?) -> ConfigValue.Content? {
        guard let name = ForeignText.exact(name) else { return nil }
        return invocation.ml?.hyperparameters[name]?.content
    }

    /// The text of a hyperparameter, the same pointer however often the node asks.
    func hyperparameterText(_ name: UnsafePointer<CChar>?) -> CText? {
        guard let key = ForeignText.exact(name), case .string(let text) = hyperparameter(name), !text.utf8.contains(0)
        else { return nil }
        return hyperparameterTexts.withLock { texts in
            if let known = texts[key] { return known }
            let copy = CText(text)
            texts[key] = copy
            return copy
        }
    }
}
