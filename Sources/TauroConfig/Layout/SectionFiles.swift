import TauroBasics
import TauroModel

/// The files of one directory, a section each, and a file with one pipeline and its nodes.
enum SectionFiles {
    /// The name, without suffix, of a file that holds one pipeline and its nodes.
    static let pipelineName = "ml_pipeline"

    /// The names a section's file may have, in the order they are named to people: `nodes.yaml, nodes.yml, …`.
    static func names(of section: ConfigSection) -> [String] { section.names.flatMap(names) }

    /// Whether a file of this name is read.
    static func isRead(_ name: String) -> Bool {
        let stem = FilePath.stem(name)
        return ConfigFile.suffixes.contains(FilePath.suffix(name))
            && (stem == pipelineName || ConfigSection(named: stem) != nil)
    }

    /// Finds the files; what is wrong with the directory is among the findings.
    static func find(in directory: String, _ findings: Findings) -> [ProjectFiles.File] {
        let names: [String]
        do {
            names = try FileSystem.list(directory)
        } catch {
            findings.error("The directory can not be read: \(error.text).", at: SourceLocation(file: directory))
            return []
        }
        let there = Set(names)
        var files: [ProjectFiles.File] = []
        for section in ConfigSection.allCases {
            let path = only(Self.names(of: section).filter(there.contains), in: directory, findings)
            if let path { files.append(ProjectFiles.File(path: path, section: section)) }
        }
        let pipeline = only(Self.names(pipelineName).filter(there.contains), in: directory, findings)
        if let pipeline { files.append(ProjectFiles.File(path: pipeline, section: nil)) }
        for name in names where ConfigFile.suffixes.contains(FilePath.suffix(name)) {
            warnUnread(name, in: directory, findings: findings)
        }
        return files
    }

    private static func names(_ stem: String) -> [String] { ConfigFile.suffixes.map { "\(stem).\($0)" } }

    /// The first of `names`; a second one is a mistake.
    private static func only(_ names: [String], in directory: String, _ findings: Findings) -> String? {
        let found = names.map { FilePath.join(directory, $0) }
        for second in found.dropFirst() {
            findings.error(
                "\(FilePath.name(second)) and \(FilePath.name(found[0])) hold the same section.",
                at: SourceLocation(file: second),
                notes: ["Keep one of them in \(directory)."]
            )
        }
        return found.first
    }

    private static func warnUnread(_ name: String, in directory: String, findings: Findings) {
        if isRead(name) { return }
        let stem = FilePath.stem(name)
        let location = SourceLocation(file: FilePath.join(directory, name))
        let question = Suggestion.question(for: stem, in: ConfigSection.allCases.flatMap(\.names)) {
            "\($0).\(FilePath.suffix(name))"
        }
        if let question { findings.warning("\(name) is not a file that tauro reads\(question)", at: location) }
    }
}
