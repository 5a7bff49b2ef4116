/// One of the parts a project's configuration has.
package enum ConfigSection: String, CaseIterable {
    case globalSettings = "global_settings"
    case pipelines
    case nodes
    case input
    case output
    case mlInfo = "ml_info"
    case mlConfig = "ml_config"

    /// Names of its files, without suffix; also its names in a file that wraps it or holds several sections.
    var names: [String] {
        switch self {
        case .globalSettings: ["global_settings"]
        case .pipelines: ["pipelines", "pipelines_config"]
        case .nodes: ["nodes", "nodes_config"]
        case .input: ["input", "input_config"]
        case .output: ["output", "output_config"]
        case .mlInfo: ["ml_info"]
        case .mlConfig: ["ml_config"]
        }
    }

    /// Whether a project must have it.
    ///
    /// The others count as empty where they are missing.
    var isRequired: Bool { [.globalSettings, .pipelines, .nodes].contains(self) }

    /// A key that, directly under a name of this section, shows that the name is an entry's own and no wrapper.
    var entryKey: String? {
        switch self {
        case .globalSettings, .mlInfo, .mlConfig: nil
        case .pipelines: "nodes"
        case .nodes: "function"
        case .input, .output: "format"
        }
    }

    /// The section that has `name` as one of its names.
    init?(named name: String) {
        guard let section = Self.allCases.first(where: { $0.names.contains(name) }) else { return nil }
        self = section
    }
}
