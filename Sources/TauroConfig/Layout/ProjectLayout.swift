import TauroModel

/// One of the ways in which the files of a project may be laid out.
protocol ProjectLayout {
    /// Absolute directory of the project.
    var projectDirectory: String { get }
    /// The overlays that the project has, as it spells them; `base` among them, if it is there.
    var overlays: [String] { get }
    /// What overlays are to this project, for complaints: where they are kept, and how one is added.
    var overlayHome: (place: SourceLocation, advice: String) { get }

    /// The files that lie below every overlay.
    func files(_ findings: Findings) -> [ProjectFiles.File]
    /// The files of an overlay.
    func files(of overlay: String, _ findings: Findings) -> [ProjectFiles.File]
    /// Says that no file has a section, and where one was looked for.
    func complainMissing(_ section: ConfigSection, _ findings: Findings)
}
