import TauroBasics

/// Where the value of a parameter came from.
package enum ParameterOrigin: Sendable, Hashable {
    /// The plugin's note.
    case `default`
    case node
    case pipeline
    case globalSettings
    case commandLine
}

/// One typed parameter of a function with the value it will be called with.
package struct BoundParameter: Sendable, Hashable {
    package let name: String
    package let value: ParameterValue
    package let origin: ParameterOrigin
    /// Where configuration gives it; nil for a default and for what the call gives.
    package let location: SourceLocation?
    /// Whether the value came from a secret and must never be shown.
    package let isSecret: Bool

    package init(
        name: String,
        value: ParameterValue,
        origin: ParameterOrigin,
        at location: SourceLocation? = nil,
        isSecret: Bool = false
    ) {
        self.name = name
        self.value = value
        self.origin = origin
        self.location = location
        self.isSecret = isSecret
    }
}

/// Values for parameters from every place that can give some, the farthest first.
package struct ParameterLayers: Sendable {
    /// Defaults of the project; those that a function does not declare pass it by.
    package var globalSettings: [String: ConfigValue]
    /// Defaults of the pipeline; those that a function does not declare pass it by.
    package var pipeline: [String: ConfigValue]
    /// The node's own.
    package var node: [String: ConfigValue]
    /// Those of the call, as written; of a name given twice the last counts.
    package var commandLine: [(name: String, text: String)]

    package init(
        globalSettings: [String: ConfigValue] = [:],
        pipeline: [String: ConfigValue] = [:],
        node: [String: ConfigValue] = [:],
        commandLine: [(name: String, text: String)] = []
    ) {
        self.globalSettings = globalSettings
        self.pipeline = pipeline
        self.node = node
        self.commandLine = commandLine
    }
}

/// Gives each parameter of a function its value: command line, node, pipeline, global settings, default, in that order.
///
/// Nothing is converted but a whole number to `f64` where that is exact.
package struct ParameterBinder: Sendable {
    /// What a command line's values are located at.
    package static let commandLine = SourceLocation(file: "--param")

    /// The values in the order of the signature, or what is wrong with them.
    package struct Outcome: Sendable {
        /// One value a parameter; incomplete when there are diagnostics.
        package let parameters: [BoundParameter]
        /// All problems, each an error.
        package let diagnostics: [Diagnostic]
    }

    private let signature: NodeSignature
    private let node: String
    private let location: SourceLocation?

    /// Creates a binder for the node called `node`, which calls a function of `signature` and is written at `location`.
    package init(signature: NodeSignature, node: String, location: SourceLocation? = nil) {
        self.signature = signature
        self.node = node
        self.location = location
    }

    /// Binds every parameter and collects every problem.
    package func bind(_ layers: ParameterLayers) -> Outcome {
        var parameters: [BoundParameter] = []
        var diagnostics = unknownNames(layers)
        for parameter in signature.parameters {
            do throws(Diagnostic.Thrown) {
                parameters.append(try bind(parameter, layers))
            } catch {
                diagnostics.append(error.diagnostic)
            }
        }
        return Outcome(parameters: parameters, diagnostics: diagnostics)
    }

    private func unknownNames(_ layers: ParameterLayers) -> [Diagnostic] {
        func isUnknown(_ name: String) -> Bool { !signature.parameters.contains { $0.name == name } }
        let ofNode = layers.node.lazy.filter { isUnknown($0.key) }.sorted { $0.value.location < $1.value.location }
        let ofCall = layers.commandLine.filter { isUnknown($0.name) }
        return ofNode.map { unknown($0.key, at: $0.value.location) }
            + ofCall.map { unknown($0.name, at: ParameterBinder.commandLine) }
    }

    private func unknown(_ name: String, at location: SourceLocation) -> Diagnostic {
        let hint = NearestName.ending(NearestName.nearest(to: name, in: signature.parameters.map(\.name)))
        return Diagnostic(
            .error,
            .validation,
            "\(node)() got an unexpected keyword argument '\(name)'\(hint)",
            at: location,
            notes: [declaration]
        )
    }

    private func bind(
        _ parameter: NodeSignature.Parameter,
        _ layers: ParameterLayers
    ) throws(Diagnostic.Thrown) -> BoundParameter {
        let name = parameter.name
        if let given = layers.commandLine.last(where: { $0.name == name }) {
            let value = ParameterReading.value(ofText: given.text, as: parameter.type)
            return try bound(parameter, value, .commandLine, at: ParameterBinder.commandLine, isSecret: false)
        }
        let levels: [(ParameterOrigin, [String: ConfigValue])] = [
            (.node, layers.node), (.pipeline, layers.pipeline), (.globalSettings, layers.globalSettings),
        ]
        for (origin, values) in levels {
            guard let given = values[name] else { continue }
            let value = ParameterReading.value(of: given, as: parameter.type)
            return try bound(parameter, value, origin, at: given.location, isSecret: given.isSecret)
        }
        if let value = parameter.defaultValue { return BoundParameter(name: name, value: value, origin: .default) }
        throw Diagnostic.Thrown(
            Diagnostic(
                .error,
                .validation,
                "\(node)() missing 1 required keyword argument: '\(name)', \(parameter.type.words)",
                at: location,
                notes: [declaration]
            )
        )
    }

    private func bound(
        _ parameter: NodeSignature.Parameter,
        _ reading: ParameterReading,
        _ origin: ParameterOrigin,
        at location: SourceLocation,
        isSecret: Bool
    ) throws(Diagnostic.Thrown) -> BoundParameter {
        switch reading {
        case .value(let value):
            return BoundParameter(
                name: parameter.name,
                value: value,
                origin: origin,
                at: origin == .commandLine ? nil : location,
                isSecret: isSecret
            )
        case .refused(let found):
            throw Diagnostic.Thrown(
                Diagnostic(
                    .error,
                    .validation,
                    "parameter '\(parameter.name)' of node '\(node)': expected \(parameter.type.words), found \(found)",
                    at: location,
                    notes: [declaration]
                )
            )
        }
    }

    /// The function and its parameters as its note declares them.
    private var declaration: String {
        let parameters = signature.parameters.map { parameter in
            let value = parameter.defaultValue.map { " = \($0.words)" } ?? ""
            return "\(parameter.name): \(parameter.type.rawValue)\(value)"
        }
        let list = parameters.isEmpty ? "no parameters" : parameters.joined(separator: ", ")
        return "the function '\(signature.name)' in \(signature.plugin.path) declares: \(list)"
    }
}

extension Diagnostic {
    /// A finding on its way out of one step, to be collected.
    fileprivate struct Thrown: Error {
        let diagnostic: Diagnostic

        init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
    }
}
