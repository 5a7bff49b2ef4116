import TauroBasics
import TauroModel

/// A project in one file with all sections, or with one pipeline and its nodes.
///
/// An overlay is a file of the same name in a directory beside it.
struct SingleFileLayout: ProjectLayout {
    let projectDirectory: String
    private let file: String
    private let directory: String

    /// `file` is an absolute path.
    init(_ file: String) {
        self.file = file
        directory = FilePath.parent(file)
        projectDirectory = FilePath.name(directory) == "config" ? FilePath.parent(directory) : directory
    }

    var overlays: [String] {
        let names = (try? FileSystem.list(directory)) ?? []
        return names.filter { EnvironmentName($0) != nil && FileSystem.exists(path(of: $0)) }
    }

    var overlayHome: (place: SourceLocation, advice: String) {
        (
            SourceLocation(file: directory),
            "one is a directory in \(directory) with a file \(FilePath.name(file)) that has what differs."
        )
    }

    func files(_ findings: Findings) -> [ProjectFiles.File] { [ProjectFiles.File(path: file, section: nil)] }

    func files(of overlay: String, _ findings: Findings) -> [ProjectFiles.File] {
        [ProjectFiles.File(path: path(of: overlay), section: nil)]
    }

    func complainMissing(_ section: ConfigSection, _ findings: Findings) {
        findings.error(
            "The file has no section `\(section.rawValue)`.",
            at: SourceLocation(file: file),
            notes: ["Add `\(section.rawValue):` at the top level."]
        )
    }

    private func path(of overlay: String) -> String {
        FilePath.join(FilePath.join(directory, overlay), FilePath.name(file))
    }
}
