import TauroModel

extension FormatPolicy {
    /// The original's lists, with those that `format_policy` names replaced.
    init(replacing value: ConfigValue) {
        self.init()
        if let formats = value["supported_inputs"].map(Self.names) { supportedInputs = formats }
        if let formats = value["supported_outputs"].map(Self.names) { supportedOutputs = formats }
        if let formats = value["checkpoint_required_inputs"].map(Self.names) { checkpointRequiredInputs = formats }
        if case .map(let entries)? = value["compatibility_map"]?.content {
            compatibility = Dictionary(
                entries.map { ($0.key, Self.names($0.value)) },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    private static func names(_ value: ConfigValue) -> [String] {
        switch value.content {
        case .string(let text): [text]
        case .list(let items): items.flatMap(names)
        default: []
        }
    }
}
