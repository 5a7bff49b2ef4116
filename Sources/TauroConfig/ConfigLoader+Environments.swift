package import TauroModel

extension ConfigLoader {
    /// What is wrong in the files of a project's environments, each read as it lies over what is below it.
    ///
    /// What is wrong below all of them is not among it: `load` says that. Names in `${…}` that have no value here are no
    /// mistakes, since an environment may be for another machine. Blocks while it reads; safe from any thread.
    ///
    /// - Parameters:
    ///   - project: where the files are.
    ///   - environmentVariables: where `${NAME}` and `${secret:NAME}` are looked up.
    /// - Returns: what was found, by file and place.
    package static func checkEnvironments(
        of project: ProjectLocation,
        environmentVariables: [String: String]
    ) -> [Diagnostic] {
        let unheard = Findings()
        let finder = ProjectFinder(
            dates: DateWindow(),
            environmentVariables: environmentVariables,
            findings: unheard
        )
        guard let below = ProjectFiles(project, environment: nil, finder: finder, findings: unheard) else { return [] }
        let known = Set(below.files.map(\.path))
        let names = below.layout.overlays.filter { !below.environment.overlays.contains($0) }
        return names.flatMap { name -> [Diagnostic] in
            let findings = Findings()
            guard let files = ProjectFiles(project, environment: name, finder: finder, findings: findings) else {
                return []
            }
            check(files, environmentVariables, findings)
            return findings.sorted.filter { finding in finding.location.map { !known.contains($0.file) } ?? false }
        }.sortedByPlace()
    }

    private static func check(
        _ files: ProjectFiles,
        _ environmentVariables: [String: String],
        _ findings: Findings
    ) {
        var reader = ProjectReader(files, findings: findings)
        let interpolator = reader.interpolator(
            DateWindow(),
            environmentVariables,
            complainsUnresolved: false,
            findings: findings
        )
        reader.interpolate(interpolator)
        _ = context(reader, files, DateWindow(), interpolator, findings: findings)
    }
}
