import TauroModel

extension StreamEndpoint {
    /// Reads an `input` or `output` that is a map; nil where it is none.
    ///
    /// The map's keys were checked with the node's.
    init?(_ value: ConfigValue) {
        guard case .map = value.content else { return nil }
        var options: [String: ConfigValue] = [:]
        if case .map(let entries)? = value["options"]?.content {
            for entry in entries { options[entry.key] = entry.value }
        }
        self.init(
            format: value.text(of: "format"),
            path: value.text(of: "path", "filepath"),
            options: options,
            checkpointLocation: value.text(of: "checkpoint_location", "checkpointLocation")?.value,
            location: value.location
        )
    }
}

extension ConfigValue {
    /// The text under the first of these keys that has one.
    func text(of keys: String...) -> Located<String>? {
        for key in keys {
            guard let value = self[key], case .string(let text) = value.content else { continue }
            return Located(text, at: value.location)
        }
        return nil
    }
}
