import TauroBasics
import TauroModel

/// Reads one configuration file of either format.
enum ConfigFile {
    /// The suffixes that are read, in the order they are named to people.
    static let suffixes = ["yaml", "yml", "json"]

    /// Reads a file; nil where it can not be used as a whole, which is then among the findings.
    static func read(_ path: String, findings: Findings) -> ConfigDocument? {
        let bytes: [UInt8]
        do {
            bytes = try FileSystem.read(path)
        } catch {
            findings.error(
                "The file can not be read: \(error.text).",
                at: SourceLocation(file: path),
                notes: ["Check that it exists and that you may read it."]
            )
            return nil
        }
        if FilePath.suffix(path) == "json" { return JSONFileReader.read(bytes, file: path, findings: findings) }
        return YAMLFileReader.read(bytes, file: path, findings: findings)
    }
}
