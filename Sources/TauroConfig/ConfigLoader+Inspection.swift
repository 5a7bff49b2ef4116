package import TauroModel

extension ConfigLoader {
    /// What became of a project that was loaded to be looked into.
    package struct Inspection {
        /// Answers questions about keys; nil where an error is among the diagnostics.
        package let inspector: ConfigInspector?
        /// Everything that was found, errors and warnings, by file and place.
        package let diagnostics: [Diagnostic]
    }

    /// Loads a project as `load` does, and keeps what each file says.
    package static func inspect(
        project: ProjectLocation,
        environment: String? = nil,
        dates: DateWindow = DateWindow(),
        environmentVariables: [String: String]
    ) -> Inspection {
        let findings = Findings()
        let finder = ProjectFinder(dates: dates, environmentVariables: environmentVariables, findings: findings)
        guard let files = ProjectFiles(project, environment: environment, finder: finder, findings: findings) else {
            return Inspection(inspector: nil, diagnostics: findings.sorted)
        }
        var reader = ProjectReader(files, keepsLayers: true, findings: findings)
        // What lies under a nearer value may have no value of its own, and that is no mistake.
        let lenient = reader.interpolator(dates, environmentVariables, findings: Findings())
        let interpolator = reader.interpolator(dates, environmentVariables, findings: findings)
        reader.interpolate(interpolator)
        let context = context(reader, files, dates, interpolator, findings: findings)
        if findings.hasErrors { return Inspection(inspector: nil, diagnostics: findings.sorted) }
        let source = ConfigSource(
            environment: files.environment.name,
            overlays: files.environment.overlays,
            files: files.files.map(\.path)
        )
        return Inspection(
            inspector: ConfigInspector(context: context, reader: reader, interpolator: lenient, source: source),
            diagnostics: findings.sorted
        )
    }
}
