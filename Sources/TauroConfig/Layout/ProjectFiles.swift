import TauroBasics
import TauroModel

/// The files of one project and environment, base files before those that lie over them.
struct ProjectFiles {
    /// One file and the section it holds; nil for a file with all sections.
    struct File {
        let path: String
        let section: ConfigSection?
    }

    /// Absolute directory of the project.
    let projectDirectory: String
    /// Absolute directory that was searched.
    let configDirectory: String
    private(set) var files: [File] = []

    /// Finds the files; what is wrong with the directories is among the findings.
    init?(_ location: ProjectLocation, environment: String?, findings: Findings) {
        let workingDirectory = (try? FileSystem.workingDirectory()) ?? "/"
        switch location {
        case .file(let path):
            let file = FilePath.absolute(path, from: workingDirectory)
            configDirectory = FilePath.parent(file)
            projectDirectory =
                FilePath.name(configDirectory) == "config" ? FilePath.parent(configDirectory) : configDirectory
            files.append(File(path: file, section: nil))
            addOverlay(of: file, environment: environment, findings: findings)
        case .directory(let path):
            projectDirectory = FilePath.absolute(path, from: workingDirectory)
            configDirectory = FilePath.join(projectDirectory, "config")
            guard FileSystem.isDirectory(configDirectory) else {
                Self.complainNoConfig(configDirectory, in: projectDirectory, findings: findings)
                return nil
            }
            addSections(of: configDirectory, findings: findings)
            guard let environment else { return }
            let overlay = FilePath.join(configDirectory, environment)
            if isEnvironment(environment), FileSystem.isDirectory(overlay) {
                addSections(of: overlay, findings: findings)
            } else {
                complainNoEnvironment(environment, findings: findings)
            }
        }
    }

    /// The suffixes in the order they are named to people: `nodes.yaml, nodes.yml, …`.
    static func fileNames(of section: ConfigSection) -> [String] {
        section.names.flatMap { name in ConfigFile.suffixes.map { "\(name).\($0)" } }
    }

    private mutating func addSections(of directory: String, findings: Findings) {
        let names: [String]
        do {
            names = try FileSystem.list(directory)
        } catch {
            findings.error("The directory can not be read: \(error.text).", at: SourceLocation(file: directory))
            return
        }
        let there = Set(names)
        for section in ConfigSection.allCases {
            let found = Self.fileNames(of: section).filter(there.contains).map { FilePath.join(directory, $0) }
            if let first = found.first { files.append(File(path: first, section: section)) }
            for second in found.dropFirst() {
                findings.error(
                    "\(FilePath.name(second)) and \(FilePath.name(found[0])) hold the same section.",
                    at: SourceLocation(file: second),
                    notes: ["Keep one of them in \(directory)."]
                )
            }
        }
        for name in names where ConfigFile.suffixes.contains(FilePath.suffix(name)) {
            warnUnread(name, in: directory, findings: findings)
        }
    }

    private func warnUnread(_ name: String, in directory: String, findings: Findings) {
        let stem = FilePath.stem(name)
        if ConfigSection(named: stem) != nil { return }
        let location = SourceLocation(file: FilePath.join(directory, name))
        if stem == "ml_info" { return findings.warning("\(name) has no effect in this version.", at: location) }
        let question = Suggestion.question(for: stem, in: ConfigSection.allCases.flatMap(\.names)) {
            "\($0).\(FilePath.suffix(name))"
        }
        if let question { findings.warning("\(name) is not a file that tauro reads\(question)", at: location) }
    }

    private mutating func addOverlay(of file: String, environment: String?, findings: Findings) {
        guard let environment else { return }
        let overlay = FilePath.join(FilePath.join(configDirectory, environment), FilePath.name(file))
        if isEnvironment(environment), FileSystem.exists(overlay) {
            files.append(File(path: overlay, section: nil))
        } else {
            complainNoEnvironment(environment, findings: findings)
        }
    }

    /// Environments are names of directories, so nothing in them may lead elsewhere.
    private func isEnvironment(_ name: String) -> Bool {
        DatasetIdentifier(name).map { $0.parts.count == 1 } ?? false
    }

    private func complainNoEnvironment(_ name: String, findings: Findings) {
        let entries = (try? FileSystem.list(configDirectory)) ?? []
        let known = entries.filter { isEnvironment($0) && FileSystem.isDirectory(FilePath.join(configDirectory, $0)) }
        let end = Suggestion.end(for: name, in: known)
        let cure =
            known.isEmpty
            ? "The project has no environments; one is a directory in \(configDirectory) with the files that differ."
            : "Environments of this project: \(known.joined(separator: ", "))."
        findings.error(
            "There is no environment `\(name)`\(end)",
            at: SourceLocation(file: configDirectory),
            notes: [cure]
        )
    }

    private static func complainNoConfig(_ directory: String, in project: String, findings: Findings) {
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
