import TauroModel

/// Reads all files of a project into one tree for each section.
struct ProjectReader {
    private let files: ProjectFiles
    private let findings: Findings
    private var trees: [ConfigSection: SectionTree] = [:]
    private var hasReferences = false
    private var quotedTemplates: Set<SourceLocation> = []

    init(_ files: ProjectFiles, findings: Findings) {
        self.files = files
        self.findings = findings
        for file in files.files { read(file) }
        for section in ConfigSection.allCases where section.isRequired && !self[section].isPresent {
            complainMissing(section)
        }
    }

    /// The tree of a section.
    subscript(section: ConfigSection) -> SectionTree { trees[section] ?? SectionTree() }

    /// Replaces every `${…}` in every section.
    mutating func interpolate(dates: DateWindow, environmentVariables: [String: String]) {
        if !hasReferences { return }
        let settings = self[.globalSettings]
        let scope = ReferenceScope(
            dates: dates,
            environmentVariables: environmentVariables,
            settings: settings.isPresent ? settings.root : nil
        )
        let interpolator = Interpolator(scope: scope, quotedTemplates: quotedTemplates, findings: findings)
        for section in ConfigSection.allCases {
            guard let root = trees[section]?.root else { continue }
            trees[section]?.root =
                section == .globalSettings ? interpolator.resolveSettings(root) : interpolator.resolve(root)
        }
    }

    private mutating func read(_ file: ProjectFiles.File) {
        guard let document = ConfigFile.read(file.path, findings: findings) else {
            markUnreadable(file.section.map { [$0] } ?? ConfigSection.allCases)
            return
        }
        hasReferences = hasReferences || document.hasReferences
        quotedTemplates.formUnion(document.quotedTemplates)
        let wrapping = Wrapping(findings: findings)
        guard let section = file.section else {
            for (section, value) in wrapping.split(document.root) {
                trees[section, default: SectionTree()].merge(value)
            }
            return
        }
        if let root = wrapping.unwrap(document.root, section) {
            trees[section, default: SectionTree()].merge(root)
        } else {
            markUnreadable([section])
        }
    }

    private mutating func markUnreadable(_ sections: [ConfigSection]) {
        for section in sections { trees[section, default: SectionTree()].markUnreadable() }
    }

    private func complainMissing(_ section: ConfigSection) {
        if let single = files.files.first, single.section == nil {
            return findings.error(
                "The file has no section `\(section.rawValue)`.",
                at: SourceLocation(file: single.path),
                notes: ["Add `\(section.rawValue):` at the top level."]
            )
        }
        let names = ProjectFiles.fileNames(of: section).joined(separator: ", ")
        findings.error(
            "The project has no file for `\(section.rawValue)`.",
            at: SourceLocation(file: files.configDirectory),
            notes: ["Looked in \(files.configDirectory) for \(names)."]
        )
    }
}
