import ArgumentParser
import TauroModel
import TauroRuntime

/// What a call says for ML nodes.
struct MLOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Value of a hyperparameter of all ML nodes; repeatable.", valueName: "name=value"))
    var hyperparam: [HyperparameterOption] = []

    @Option(help: ArgumentHelp("Version of the model.", valueName: "version"))
    var modelVersion: String?

    /// The options as part of a request; of several values for one name the last counts.
    var request: MLRequest {
        let values = hyperparam.map { ($0.name, CommandLineValue.read($0.text, option: "--hyperparam")) }
        return MLRequest(
            hyperparameters: Dictionary(values, uniquingKeysWith: { _, last in last }),
            modelVersion: modelVersion
        )
    }
}

/// A value for a hyperparameter, `NAME=VALUE`.
struct HyperparameterOption: ExpressibleByArgument {
    let name: String
    let text: String

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else { return nil }
        name = String(argument[..<equals])
        text = String(argument[argument.index(after: equals)...])
    }
}
