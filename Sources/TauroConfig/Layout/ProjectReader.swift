import TauroBasics
import TauroModel

/// Reads all files of a project into one tree for each section.
struct ProjectReader {
    private let files: ProjectFiles
    private let findings: Findings
    private var trees: [ConfigSection: SectionTree] = [:]
    private var hasReferences = false
    private var quotedTemplates: Set<SourceLocation> = []
    private var hasPipelineFile = false
    private let keepsLayers: Bool
    /// What each file says, in the order they are laid over one another, if that is kept.
    private(set) var layers: [ConfigLayer] = []

    /// Reads the files; `keepsLayers` asks for what each of them says, which takes memory.
    init(_ files: ProjectFiles, keepsLayers: Bool = false, findings: Findings) {
        self.files = files
        self.keepsLayers = keepsLayers
        self.findings = findings
        for file in files.files { read(file) }
        for section in ConfigSection.allCases where isRequired(section) && !self[section].isPresent {
            files.layout.complainMissing(section, findings)
        }
    }

    /// The tree of a section.
    subscript(section: ConfigSection) -> SectionTree { trees[section] ?? SectionTree() }

    /// Replaces every `${…}` in every section.
    mutating func interpolate(_ interpolator: Interpolator) {
        if !hasReferences { return }
        for section in ConfigSection.allCases {
            guard let root = trees[section]?.root else { continue }
            trees[section]?.root =
                section == .globalSettings ? interpolator.resolveSettings(root) : interpolator.resolve(root)
        }
    }

    /// Replaces references by what the settings say, as they are written: what came of `$${` is not replaced again.
    func interpolator(
        _ dates: DateWindow,
        _ environmentVariables: [String: String],
        complainsUnresolved: Bool = true,
        findings: Findings
    ) -> Interpolator {
        let settings = self[.globalSettings]
        let none = isRequired(.globalSettings) ? nil : ConfigValue(.map([]), at: SourceLocation(file: ""))
        var scope = ReferenceScope(
            dates: dates,
            environmentVariables: environmentVariables,
            settings: settings.isPresent ? settings.root : none
        )
        scope.complainsUnresolved = complainsUnresolved
        return Interpolator(scope: scope, quotedTemplates: quotedTemplates, findings: findings)
    }

    private mutating func read(_ file: ProjectFiles.File) {
        guard !file.isUnusable, let document = ConfigFile.read(file.path, findings: findings) else {
            markUnreadable(file.section.map { [$0] } ?? ConfigSection.allCases)
            return
        }
        hasReferences = hasReferences || document.hasReferences
        quotedTemplates.formUnion(document.quotedTemplates)
        let wrapping = Wrapping(findings: findings)
        guard let section = file.section else {
            let pipeline = PipelineFile(document.root, path: file.path, findings: findings)
            hasPipelineFile = hasPipelineFile || pipeline != nil
            if let pipeline, !pipeline.isUsable { markUnreadable([.pipelines]) }
            for (section, value) in pipeline?.sections() ?? wrapping.split(document.root) {
                complainTwice(value, section, in: file.path)
                merge(value, section)
            }
            return
        }
        if let root = wrapping.unwrap(document.root, section) {
            merge(root, section)
        } else {
            markUnreadable([section])
        }
    }

    private mutating func merge(_ root: ConfigValue, _ section: ConfigSection) {
        trees[section, default: SectionTree()].merge(root, of: section)
        if keepsLayers { layers.append(ConfigLayer(section: section, root: root)) }
    }

    private mutating func markUnreadable(_ sections: [ConfigSection]) {
        for section in sections { trees[section, default: SectionTree()].markUnreadable() }
    }

    /// A project of one pipeline may do without settings.
    private func isRequired(_ section: ConfigSection) -> Bool {
        section.isRequired && !(section == .globalSettings && hasPipelineFile)
    }

    /// Says what a file beside `path` has too: neither lies over the other.
    private func complainTwice(_ value: ConfigValue, _ section: ConfigSection, in path: String) {
        let directory = FilePath.parent(path)
        let hasOthers = files.files.contains { $0.path != path && FilePath.parent($0.path) == directory }
        guard hasOthers, section != .globalSettings, case .map(let entries) = value.content else { return }
        for entry in entries {
            guard let other = self[section].root?.entry(entry.key), other.keyLocation.file != path,
                FilePath.parent(other.keyLocation.file) == directory
            else { continue }
            findings.error(
                "`\(entry.key)` of `\(section.rawValue)` is in \(FilePath.name(other.keyLocation.file)) too.",
                at: entry.keyLocation,
                notes: ["Keep one of them; a file of an environment may change single keys of it."]
            )
        }
    }
}
