import TauroBasics
import TauroModel

/// Makes the paths that a project's files name absolute, and refuses those that would only look like what was meant.
struct LocalPath {
    let projectDirectory: String
    let findings: Findings

    /// The path of a directory of this machine; relative ones are the project's.
    ///
    /// What names a store elsewhere, as `s3://` does, is among the findings under `subject`.
    func directory(_ path: Located<String>, _ subject: String) -> String {
        if path.value.contains("://") {
            findings.error(
                "\(subject): \(ValueDescription.quoted(path.value)) is not a directory of this machine.",
                at: path.location,
                notes: [
                    "This version has no store but the file system. Write a path, absolute or relative to the project."
                ]
            )
        }
        return file(path, subject)
    }

    /// The path of a dataset's files, or of the directory they lie in.
    ///
    /// One that leads out of its bounds by `..` is among the findings; an absolute path without `..` may lie anywhere.
    func bounded(_ path: Located<String>, _ subject: String, by bounds: PathBounds) -> String {
        let file = file(path, subject)
        let climbs = path.value.split(separator: "/").contains("..")
        if climbs, !path.value.contains("://"), !bounds.contain(file) {
            findings.error(
                "\(subject): \(ValueDescription.quoted(path.value)) leads out of the project by `..`, to \(file).",
                at: path.location,
                notes: [
                    "Write the absolute path if it is meant, or add its directory to `allowed_paths` of global settings."
                ]
            )
        }
        return file
    }

    /// The path of a file; what names a store elsewhere stays.
    func file(_ path: Located<String>, _ subject: String) -> String {
        if path.value == "~" || path.value.hasPrefix("~/") {
            findings.error(
                "\(subject): `~` is not replaced by your home directory here.",
                at: path.location,
                notes: ["Write `${HOME}\(path.value.dropFirst())`."]
            )
        }
        return path.value.contains("://") ? path.value : FilePath.absolute(path.value, from: projectDirectory)
    }
}
