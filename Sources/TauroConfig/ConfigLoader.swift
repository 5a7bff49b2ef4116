package import TauroModel

/// Loads a project: text on disk becomes a `Context`, with a place for every complaint.
package enum ConfigLoader {
    /// What became of a project.
    package struct Outcome: Sendable {
        /// The configuration; nil where an error is among the diagnostics.
        package let context: Context?
        /// What could be read where an error is among the diagnostics, so that it can be checked all the same.
        ///
        /// Entries that were not read in full are marked as doubtful. Nil where the mistakes are in what everything rests
        /// on: the files' form, the settings, an entry that is no map.
        package let partial: Context?
        /// Everything that was found, errors and warnings, by file and place.
        package let diagnostics: [Diagnostic]
    }

    /// Reads all files, and finds as many mistakes as can be found at once.
    ///
    /// Blocks while it reads; safe from any thread. Depends on nothing but its arguments and the files.
    ///
    /// - Parameters:
    ///   - project: where the files are.
    ///   - environment: the environment whose overlays apply, in any spelling (`EnvironmentChain`).
    ///   - dates: the call's days, for `${start_date}` and `${end_date}`; those of the settings stand in for them.
    ///   - environmentVariables: where `${NAME}` and `${secret:NAME}` are looked up.
    /// - Returns: the configuration where it can be used, and everything that was found.
    package static func load(
        project: ProjectLocation,
        environment: String? = nil,
        dates: DateWindow = DateWindow(),
        environmentVariables: [String: String]
    ) -> Outcome {
        let findings = Findings()
        let finder = ProjectFinder(dates: dates, environmentVariables: environmentVariables, findings: findings)
        guard let files = ProjectFiles(project, environment: environment, finder: finder, findings: findings) else {
            return Outcome(context: nil, partial: nil, diagnostics: findings.sorted)
        }
        var reader = findings.readingFoundation { ProjectReader(files, findings: findings) }
        let interpolator = reader.interpolator(dates, environmentVariables, findings: findings)
        reader.interpolate(interpolator)
        let context = context(reader, files, dates, interpolator, findings: findings)
        if !findings.hasErrors { return Outcome(context: context, partial: nil, diagnostics: findings.sorted) }
        let partial = findings.isProjectDoubtful ? nil : context
        return Outcome(context: nil, partial: partial, diagnostics: findings.sorted)
    }

    static func context(
        _ reader: ProjectReader,
        _ files: ProjectFiles,
        _ dates: DateWindow,
        _ interpolator: Interpolator,
        findings: Findings
    ) -> Context {
        let settingsDecoder = GlobalSettingsDecoder(projectDirectory: files.projectDirectory, findings: findings)
        let settings = findings.readingFoundation {
            let settings = reader[.globalSettings].root.map(settingsDecoder.decode) ?? settingsDecoder.defaults
            DateChecker(findings: findings).check(dates, settings)
            return settings
        }
        let datasets = DatasetDecoder(
            projectDirectory: files.projectDirectory,
            environment: files.environment.name,
            settings: settings,
            findings: findings
        )
        let nodes = reader[.nodes].root
        let pipelines =
            reader[.pipelines].root.map { PipelineDecoder(findings: findings).decode($0, nodes: nodes) } ?? []
        let mlInfo = MLInfoDecoder(
            projectDirectory: files.projectDirectory,
            interpolator: interpolator,
            findings: findings
        )
        var context = Context(
            projectDirectory: files.projectDirectory,
            environment: files.environment.name,
            globalSettings: settings,
            mlInfo: mlInfo.decode(
                setting: settings.all["ml_info"],
                mlConfig: reader[.mlConfig].root,
                mlInfo: reader[.mlInfo].root,
                pipelines: pipelines.map(\.name)
            ),
            pipelines: pipelines,
            nodes: nodes.map(NodeDecoder(findings: findings).decode) ?? [],
            inputs: reader[.input].root.map(datasets.inputs) ?? [],
            outputs: reader[.output].root.map(datasets.outputs) ?? []
        )
        context.doubtful = findings.doubtful
        return context
    }
}
