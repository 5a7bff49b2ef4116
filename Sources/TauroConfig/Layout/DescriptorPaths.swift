import TauroBasics
import TauroModel

/// Reads the paths that a project descriptor names.
struct DescriptorPaths {
    private let base: String
    private let findings: Findings

    /// `basePath` is relative to the project; paths of files are relative to it.
    init(basePath: Located<String>?, projectDirectory: String, findings: Findings) {
        self.findings = findings
        base = FilePath.absolute(basePath?.value ?? ".", from: projectDirectory)
        if let basePath { checkInside(basePath, "`base_path` of the project descriptor") }
    }

    /// The files of one entry of `env_config`, a section each; nil where it is no map.
    func files(of entry: ConfigValue.Entry) -> [ProjectFiles.File]? {
        let owner = Owner("environment", entry.key)
        let reader = FieldsReader(.descriptorEnvironment, findings: findings)
        guard let fields = reader.read(entry.value, of: owner, at: entry.keyLocation) else { return nil }
        return ConfigSection.allCases.compactMap { section in
            guard let written = entry.value[section.descriptorKey], written.content != .null else { return nil }
            let path = fields.locatedText(section.descriptorKey)
            return ProjectFiles.File(
                path: path.map { FilePath.absolute($0.value, from: base) } ?? "",
                section: section,
                namedAt: written.location,
                isUnusable: !(path.map { isUsable($0, "`\(section.descriptorKey)` of \(owner.description)") } ?? false)
            )
        }
    }

    private func isUsable(_ path: Located<String>, _ subject: String) -> Bool {
        checkInside(path, subject) && checkSuffix(path, subject)
    }

    @discardableResult
    private func checkInside(_ path: Located<String>, _ subject: String) -> Bool {
        if !path.value.split(separator: "/").contains("..") { return true }
        findings.error(
            "\(subject): \(ValueDescription.quoted(path.value)) leads outside through `..`.",
            at: path.location,
            notes: ["Write a path below the project, or an absolute one."]
        )
        return false
    }

    private func checkSuffix(_ path: Located<String>, _ subject: String) -> Bool {
        if ConfigFile.suffixes.contains(FilePath.suffix(path.value)) { return true }
        let known = ConfigFile.suffixes.map { ".\($0)" }.joined(separator: ", ")
        findings.error(
            "\(subject): \(ValueDescription.quoted(path.value)) is no file that tauro reads.",
            at: path.location,
            notes: ["Configuration is written in YAML or JSON: \(known)."]
        )
        return false
    }
}
