import TauroBasics
import TauroModel

/// A file that holds one pipeline and its nodes: `name`, `type`, `config` and a map `nodes`, as `ml_pipeline.yml` has.
///
/// What else a pipeline may have stands beside them or in `config`. Other sections may stand in the file too.
struct PipelineFile {
    private let root: ConfigValue
    private let name: Located<String>?
    private let entries: [ConfigValue.Entry]
    private let findings: Findings

    /// Reads the file `path`; nil where it is no such file.
    init?(_ root: ConfigValue, path: String, findings: Findings) {
        guard case .map(let entries) = root.content else { return nil }
        if entries.contains(where: { ConfigSection(named: $0.key) == .pipelines }) { return nil }
        guard FilePath.stem(path) == SectionFiles.pipelineName || entries.contains(where: Self.isPipelines) else {
            return nil
        }
        self.root = root
        self.entries = entries.filter { !Asides.isAside($0.key) }.map(Self.withoutAsides)
        self.findings = findings
        name = Self.name(entries, root.location, findings)
    }

    /// Whether the pipeline has a name; if not, that is among the findings.
    var isUsable: Bool { name != nil }

    /// The sections that the file makes, and those it holds besides.
    func sections() -> [(section: ConfigSection, value: ConfigValue)] {
        let others = entries.filter { ConfigSection(named: $0.key).map { $0 != .nodes } ?? false }
        var sections = Wrapping(findings: findings).split(ConfigValue(.map(others), at: root.location))
        let nodes = entries.first { ConfigSection(named: $0.key) == .nodes }
        if let nodes, case .map = nodes.value.content { sections.append((.nodes, nodes.value)) }
        if let pipeline = pipeline(nodes) { sections.append((.pipelines, pipeline)) }
        return sections
    }

    /// The section with the one pipeline.
    private func pipeline(_ nodes: ConfigValue.Entry?) -> ConfigValue? {
        guard let name else { return nil }
        var keys: [ConfigValue.Entry] = []
        for entry in entries where entry.key != "name" && ConfigSection(named: entry.key) == nil {
            if entry.key == "config", case .map(let inner) = entry.value.content {
                keys += inner
            } else {
                keys.append(entry)
            }
        }
        if let nodes {
            let key = ConfigSection.nodes.rawValue
            keys.append(ConfigValue.Entry(key: key, keyLocation: nodes.keyLocation, value: names(nodes.value)))
        }
        let pipeline = ConfigValue(.map(keys), at: root.location)
        let entry = ConfigValue.Entry(key: name.value, keyLocation: name.location ?? root.location, value: pipeline)
        return ConfigValue(.map([entry]), at: root.location)
    }

    /// The names as a map, since maps merge: an overlay that changes one node does not lose the others.
    private func names(_ nodes: ConfigValue) -> ConfigValue {
        guard case .map(let entries) = nodes.content else { return nodes }
        let names = entries.map { entry in
            ConfigValue.Entry(
                key: entry.key,
                keyLocation: entry.keyLocation,
                value: ConfigValue(.null, at: entry.keyLocation)
            )
        }
        return ConfigValue(.map(names), at: nodes.location)
    }

    private static func withoutAsides(_ entry: ConfigValue.Entry) -> ConfigValue.Entry {
        guard ConfigSection(named: entry.key) == .nodes else { return entry }
        var entry = entry
        entry.value = Asides.removed(from: entry.value)
        return entry
    }

    private static func name(
        _ entries: [ConfigValue.Entry],
        _ place: SourceLocation,
        _ findings: Findings
    ) -> Located<String>? {
        let value = entries.first { $0.key == "name" }?.value
        guard let value, case .string(let text) = value.content, !text.isEmpty else {
            findings.error(
                "The pipeline of this file has no `name`.",
                at: value?.location ?? place,
                notes: ["Add `name:` with the text that runs it: `tauro-host run NAME`."]
            )
            return nil
        }
        if text.hasReferences {
            findings.error("The name of a pipeline can not hold a reference: `\(text)`.", at: value.location)
            return nil
        }
        return Located(text, at: value.location)
    }

    /// Whether the entry belongs to a pipeline, and to no file that holds sections alone.
    private static func isPipelines(_ entry: ConfigValue.Entry) -> Bool {
        switch (entry.key, entry.value.content) {
        case ("name", .string), ("type", .string), ("config", .map): true
        default: false
        }
    }
}
