import TauroBasics
import TauroModel

/// The file that `ml_info` of the global settings names.
struct MLInfoFile {
    /// `ml_info`, or its older form.
    let section: ConfigSection
    /// The section's map as it is written.
    let written: ConfigValue
    /// The same with references replaced.
    let root: ConfigValue

    /// Reads the file `path`, relative to the project; nil where it can not be used, which is then among the findings.
    init?(
        _ path: String,
        namedAt place: SourceLocation,
        projectDirectory: String,
        interpolator: Interpolator,
        findings: Findings
    ) {
        let file = FilePath.absolute(path, from: projectDirectory)
        guard ConfigFile.suffixes.contains(FilePath.suffix(file)), FileSystem.exists(file) else {
            findings.error(
                "`ml_info` of global settings: there is no file \(ValueDescription.quoted(path)).",
                at: place,
                notes: ["Looked for \(file); it is a .yaml, .yml or .json file, relative to the project."]
            )
            return nil
        }
        guard let document = ConfigFile.read(file, findings: findings) else { return nil }
        section = ConfigSection(named: FilePath.stem(file)) == .mlConfig ? .mlConfig : .mlInfo
        guard let root = Wrapping(findings: findings).unwrap(document.root, section) else { return nil }
        written = root
        self.root = interpolator.resolve(root, quotedTemplates: document.quotedTemplates)
    }
}
