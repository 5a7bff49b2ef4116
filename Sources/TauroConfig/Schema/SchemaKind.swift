/// What a schema is for: a kind of file.
package enum SchemaKind: Sendable, CaseIterable, Hashable {
    /// One section.
    case section(ConfigSection)
    /// All sections.
    case project
    /// One pipeline and its nodes.
    case pipeline
    /// Which files each environment has.
    case descriptor

    package static let allCases = ConfigSection.allCases.map(SchemaKind.section) + [.project, .pipeline, .descriptor]

    /// The kind in one word.
    package var name: String {
        switch self {
        case .section(let section): section.rawValue
        case .project: "project"
        case .pipeline: SectionFiles.pipelineName
        case .descriptor: "descriptor"
        }
    }

    /// What the file is, in a sentence.
    package var summary: String {
        switch self {
        case .section(let section): section.summary
        case .project: "A whole project in one file, each section under its name."
        case .pipeline: "One pipeline and its nodes in one file; other sections may stand in it too."
        case .descriptor: "The project descriptor: which files each environment has."
        }
    }
}

extension ConfigSection {
    /// The keys of the section, or of each of its entries.
    var keySet: ConfigKeySet {
        switch self {
        case .globalSettings: .globalSettings
        case .pipelines: .pipeline
        case .nodes: .node
        case .input: .input
        case .output: .output
        case .mlInfo: .mlInfo
        case .mlConfig: .mlConfig
        }
    }

    /// Whether the section is a map of people's own names, each with the keys of the set.
    var holdsEntries: Bool {
        switch self {
        case .pipelines, .nodes, .input, .output: true
        case .globalSettings, .mlInfo, .mlConfig: false
        }
    }

    /// What the section is, in a sentence.
    var summary: String {
        switch self {
        case .globalSettings: "What holds for the whole project. Keys of your own are welcome, for `${NAME}`."
        case .pipelines: "Pipelines by their names: which nodes make up each."
        case .nodes: "Nodes by their names: what each calls, reads and writes."
        case .input: "Inputs by their ids: where data comes from."
        case .output: "Outputs by their ids: how results are stored."
        case .mlInfo: "What holds for all nodes that take the ML context."
        case .mlConfig: "The older form of `ml_info`, which may be for one pipeline alone."
        }
    }
}
