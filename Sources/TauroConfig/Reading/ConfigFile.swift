import TauroBasics
import TauroModel

/// Reads one configuration file of either format.
enum ConfigFile {
    /// The suffixes that are read, in the order they are named to people.
    static let suffixes = ["yaml", "yml", "json"]
    /// The size beyond which a file is not taken for configuration, in MiB; a hundred thousand nodes need a tenth of it.
    static let maximumSize = 256

    /// Reads a file; nil where it can not be used as a whole, which is then among the findings.
    static func read(_ path: String, findings: Findings) -> ConfigDocument? {
        guard let bytes = bytes(of: path, findings: findings) else { return nil }
        if FilePath.suffix(path) == "json" { return JSONFileReader.read(bytes, file: path, findings: findings) }
        return YAMLFileReader.read(bytes, file: path, findings: findings)
    }

    private static func bytes(of path: String, findings: Findings) -> [UInt8]? {
        let place = SourceLocation(file: path)
        do {
            // A pipe would be waited for without end, and a device may never come to its end.
            let status = try FileSystem.fileStatus(of: path)
            if let obstacle = obstacle(status) {
                findings.error("This \(obstacle.fact).", at: place, notes: [obstacle.cure])
                return nil
            }
            return try FileSystem.read(path)
        } catch {
            findings.error(
                "The file can not be read: \(error.text).",
                at: place,
                notes: ["Check that it exists and that you may read it."]
            )
            return nil
        }
    }

    private static func obstacle(_ status: FileStatus) -> (fact: String, cure: String)? {
        switch status.kind {
        case .file:
            status.stamp.size <= UInt64(maximumSize) << 20
                ? nil
                : (
                    "file is larger than \(maximumSize) MiB, too large for a configuration",
                    "Check that no data was put in its place."
                )
        case .directory: ("is a directory, but a configuration is a file", "Rename the directory, or remove it.")
        case .symbolicLink, .other:
            ("is a pipe or a device, but a configuration is a file", "Put a file of this name in its place.")
        }
    }
}
