import TauroBasics
import TauroModel

/// A project with a directory `config`: a file for each section, and a directory for each overlay.
struct DirectoryLayout: ProjectLayout {
    let projectDirectory: String

    /// Absolute directory of the configuration.
    private var configDirectory: String { FilePath.join(projectDirectory, "config") }

    var overlays: [String] {
        let names = (try? FileSystem.list(configDirectory)) ?? []
        return names.filter {
            EnvironmentName($0) != nil && FileSystem.isDirectory(FilePath.join(configDirectory, $0))
        }
    }

    var overlayHome: (place: SourceLocation, advice: String) {
        (
            SourceLocation(file: configDirectory),
            "one is a directory in \(configDirectory) with the files that differ."
        )
    }

    /// Whether the directory, or its overlay `base`, has a file of any section.
    var hasFiles: Bool {
        [configDirectory, FilePath.join(configDirectory, EnvironmentName.base.canonical)].contains { directory in
            let names = (try? FileSystem.list(directory)) ?? []
            return names.contains(where: SectionFiles.isRead)
        }
    }

    func files(_ findings: Findings) -> [ProjectFiles.File] { SectionFiles.find(in: configDirectory, findings) }

    func files(of overlay: String, _ findings: Findings) -> [ProjectFiles.File] {
        SectionFiles.find(in: FilePath.join(configDirectory, overlay), findings)
    }

    func complainMissing(_ section: ConfigSection, _ findings: Findings) {
        let names = SectionFiles.names(of: section).joined(separator: ", ")
        findings.error(
            "The project has no file for `\(section.rawValue)`.",
            at: SourceLocation(file: configDirectory),
            notes: ["Looked in \(configDirectory) for \(names)."]
        )
    }
}
