import TauroBasics
import TauroModel

/// Finds out how the files of a project are laid out.
struct ProjectFinder {
    let dates: DateWindow
    let environmentVariables: [String: String]
    let findings: Findings

    /// The layout; nil where there is no project, or none that can be used, which is then among the findings.
    func layout(of location: ProjectLocation) -> (any ProjectLayout)? {
        let workingDirectory = (try? FileSystem.workingDirectory()) ?? "/"
        switch location {
        case .file(let path): return layout(ofFile: FilePath.absolute(path, from: workingDirectory))
        case .directory(let path): return layout(ofDirectory: FilePath.absolute(path, from: workingDirectory))
        }
    }

    private func layout(ofFile file: String) -> (any ProjectLayout)? {
        if DescriptorLayout.fileNames.contains(FilePath.name(file)), FileSystem.exists(file) {
            return layout(ofDescriptor: file)
        }
        return SingleFileLayout(file)
    }

    private func layout(ofDirectory directory: String) -> (any ProjectLayout)? {
        let layout = DirectoryLayout(projectDirectory: directory)
        let descriptors = DescriptorLayout.fileNames.map { FilePath.join(directory, $0) }.filter(FileSystem.exists)
        if layout.hasFiles {
            for descriptor in descriptors { warnUnread(descriptor) }
            return layout
        }
        if let descriptor = descriptors.first { return self.layout(ofDescriptor: descriptor) }
        let config = FilePath.join(directory, "config")
        if FileSystem.isDirectory(config) { return layout }
        complainNoConfig(config, in: directory)
        return nil
    }

    /// A file with a descriptor's name may also hold the sections themselves.
    private func layout(ofDescriptor file: String) -> (any ProjectLayout)? {
        guard var document = ConfigFile.read(file, findings: findings) else { return nil }
        if document.root["env_config"] == nil, Wrapping(findings: findings).hasSections(document.root) {
            return SingleFileLayout(file)
        }
        if document.hasReferences {
            let scope = ReferenceScope(dates: dates, environmentVariables: environmentVariables)
            let interpolator = Interpolator(
                scope: scope,
                quotedTemplates: document.quotedTemplates,
                findings: findings
            )
            document.root = interpolator.resolve(document.root)
        }
        return DescriptorLayout(document.root, file: file, findings: findings)
    }

    /// Warns of a descriptor beside files that are found by their names; other programs have files of such names too.
    private func warnUnread(_ file: String) {
        guard let root = ConfigFile.read(file, findings: Findings())?.root, let list = root.entry("env_config") else {
            return
        }
        findings.warning(
            "This descriptor is not read, because `config/` has files of its own.",
            at: list.keyLocation,
            notes: ["Name it to use it: --project \(file)"]
        )
    }

    private func complainNoConfig(_ directory: String, in project: String) {
        let isThere = FileSystem.isDirectory(project)
        findings.error(
            isThere
                ? "\(project) is no project: it has no directory `config`."
                : "There is no directory \(project).",
            at: SourceLocation(file: isThere ? directory : project),
            notes: [
                "A project has config/global_settings.yaml, config/pipelines.yaml and config/nodes.yaml. "
                    + "Name its directory with --project."
            ]
        )
    }
}
