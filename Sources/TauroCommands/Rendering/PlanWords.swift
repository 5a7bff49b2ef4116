import TauroModel

/// Words that every form of a plan uses.
enum PlanWords {
    /// The bound value, or that it is a secret.
    static func value(_ parameter: BoundParameter) -> String {
        parameter.isSecret ? "<secret>" : value(parameter.value)
    }

    static func value(_ value: ParameterValue) -> String {
        switch value {
        case .int64(let number): "\(number)"
        case .float64(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .string(let text): "\"\(text)\""
        }
    }

    static func origin(_ origin: ParameterOrigin) -> String {
        switch origin {
        case .default: "default"
        case .node: "node"
        case .pipeline: "pipeline"
        case .globalSettings: "global settings"
        case .commandLine: "command line"
        }
    }
}

extension PlannedNode {
    /// What the function calls each input: its own name for it, numbered where it takes all the rest as one.
    var inputNames: [String] {
        inputs.indices.map { position in
            guard let last = signature.inputs.last else { return "-" }
            let fixed = last.kind == .frames ? signature.inputs.count - 1 : signature.inputs.count
            return position < fixed ? signature.inputs[position].name : "\(last.name)_\(position - fixed)"
        }
    }
}
