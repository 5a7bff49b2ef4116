import TauroBasics
import TauroModel

/// The files of one project and environment, base files before those that lie over them.
struct ProjectFiles {
    /// One file and the section it holds; nil for a file with several sections.
    struct File {
        let path: String
        let section: ConfigSection?
        /// Where the project names the file, if it is not found by its own name.
        var namedAt: SourceLocation?
        /// Whether it can not be read, which is among the findings.
        var isUnusable = false
    }

    /// How the files are laid out.
    let layout: any ProjectLayout
    /// The environment and its overlays.
    let environment: EnvironmentChain
    /// In the order they are laid over one another.
    let files: [File]

    /// Absolute directory of the project.
    var projectDirectory: String { layout.projectDirectory }

    /// Finds the files; what is wrong with the directories is among the findings.
    init?(_ location: ProjectLocation, environment: String?, finder: ProjectFinder, findings: Findings) {
        guard let layout = finder.layout(of: location) else { return nil }
        self.layout = layout
        let overlays = layout.overlays
        self.environment = Self.chain(environment, layout, overlays, findings)
        var files = layout.files(findings)
        for overlay in self.environment.overlays { files += layout.files(of: overlay, findings) }
        self.files = files
    }

    /// The chain that was asked for, or that of no environment: what is wrong below all others is found all the same.
    private static func chain(
        _ asked: String?,
        _ layout: any ProjectLayout,
        _ overlays: [String],
        _ findings: Findings
    ) -> EnvironmentChain {
        do throws(EnvironmentChain.Problem) {
            return try EnvironmentChain(asked, among: overlays)
        } catch {
            complain(error, asked: asked ?? "", layout: layout, overlays, findings)
            return EnvironmentChain(among: overlays)
        }
    }

    private static func complain(
        _ problem: EnvironmentChain.Problem,
        asked: String,
        layout: any ProjectLayout,
        _ overlays: [String],
        _ findings: Findings
    ) {
        let home = layout.overlayHome
        switch problem {
        case .unknown:
            let known = overlays.filter { $0 != EnvironmentName.base.canonical }
            let cure =
                known.isEmpty
                ? "The project has no environments; \(home.advice)"
                : "Environments of this project: \(known.joined(separator: ", "))."
            let end = Suggestion.end(for: asked, in: known)
            findings.error("There is no environment `\(asked)`\(end)", at: home.place, notes: [cure])
        case .ambiguous(let first, let second):
            findings.error(
                "The environments `\(first)` and `\(second)` are two spellings of one.",
                at: home.place,
                notes: ["Keep `\(first)`; what `\(second)` has belongs there, or under a name of its own."]
            )
        }
    }
}
