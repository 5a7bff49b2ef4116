import TauroBasics
import TauroModel

/// A project with a descriptor: a JSON file that says which files each environment has, as the Python original has it.
///
/// There an environment's file takes the place of the base file; here it lies over it, as overlays do everywhere.
struct DescriptorLayout: ProjectLayout {
    /// One environment of the descriptor.
    private struct Environment {
        let name: String
        let files: [ProjectFiles.File]
    }

    /// Names of descriptors in the order they are looked for.
    static let fileNames = ["settings_yml.json", "settings_json.json", "settings.json", "config.json"]

    let projectDirectory: String
    private let file: String
    private let environments: [Environment]
    private let listLocation: SourceLocation

    /// Reads a descriptor; nil where it can not be used as a whole, which is then among the findings.
    ///
    /// `root` is the file's content, `file` its absolute path.
    init?(_ root: ConfigValue, file: String, findings: Findings) {
        let owner = Owner("the project descriptor")
        let reader = FieldsReader(.descriptor, findings: findings)
        guard let fields = reader.read(root, of: owner, at: SourceLocation(file: file)),
            let list = fields["env_config"], case .map(let entries) = list.content
        else { return nil }
        self.file = file
        projectDirectory = FilePath.parent(file)
        listLocation = list.location
        let paths = DescriptorPaths(
            basePath: fields.locatedText("base_path"),
            projectDirectory: projectDirectory,
            findings: findings
        )
        environments = entries.compactMap { entry in
            Self.checkName(entry, findings)
            return paths.files(of: entry).map { Environment(name: entry.key, files: $0) }
        }
    }

    var overlays: [String] { environments.map(\.name).filter { EnvironmentName($0) != nil } }

    var overlayHome: (place: SourceLocation, advice: String) {
        (listLocation, "one is an entry of `env_config` in \(file).")
    }

    /// Nothing lies below the environment `base`.
    func files(_ findings: Findings) -> [ProjectFiles.File] { [] }

    func files(of overlay: String, _ findings: Findings) -> [ProjectFiles.File] {
        let files = environments.first { $0.name == overlay }?.files ?? []
        return files.map { file in
            if file.isUnusable || FileSystem.exists(file.path) { return file }
            findings.error(
                "Environment `\(overlay)` names \(file.path), which does not exist.",
                at: file.namedAt,
                notes: ["Paths of environments begin at `base_path`, and that at the directory of this file."]
            )
            var missing = file
            missing.isUnusable = true
            return missing
        }
    }

    func complainMissing(_ section: ConfigSection, _ findings: Findings) {
        findings.error(
            "The project has no file for `\(section.rawValue)`: "
                + "no environment in use names one under `\(section.descriptorKey)`.",
            at: listLocation,
            notes: ["Add the key to the environment `base`, or name an environment that has it with --env."]
        )
    }

    private static func checkName(_ entry: ConfigValue.Entry, _ findings: Findings) {
        if EnvironmentName(entry.key) != nil { return }
        findings.error(
            "\(ValueDescription.quoted(entry.key)) is not the name of an environment.",
            at: entry.keyLocation,
            notes: ["Names are made of letters, digits, `_` and `-`."]
        )
    }
}
