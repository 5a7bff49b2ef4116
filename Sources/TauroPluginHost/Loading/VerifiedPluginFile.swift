import TauroBasics
package import TauroModel

/// A plugin's file that may be loaded now: open, and checked.
///
/// Keep it until `confirm()` was called. Safe from any thread.
package final class VerifiedPluginFile: Sendable {
    /// The path to load it from; a copy's where the project has a lock.
    package let path: String
    /// The file at that path, open.
    let file: PlainFile

    init(path: String, file: PlainFile) {
        self.path = path
        self.file = file
    }

    /// The state of the file when it was checked, for a process of its own that loads it.
    var stamp: FileStamp { file.status.stamp }

    /// Checks, after the loader has mapped what is at `path`, that this was the file that was checked.
    ///
    /// - Throws: `PluginError` if another file is there now, or this one was changed meanwhile.
    package func confirm() throws(PluginError) {
        let now = try VerifiedPluginFile.opened(path).status.stamp
        guard now == stamp else {
            throw PluginError(path: path, message: "the plugin \(path) was replaced while it was loaded; start again")
        }
    }

    static func replaced(_ path: String) -> PluginError {
        PluginError(path: path, message: "the plugin \(path) was replaced after its notes were read; start again")
    }

    static func opened(_ path: String) throws(PluginError) -> PlainFile {
        do throws(PlainFileError) {
            return try PlainFile(path: path)
        } catch {
            throw unreadable(path, error)
        }
    }

    /// The digest of an open file's content.
    static func digest(of file: PlainFile, _ path: String) throws(PluginError) -> String {
        do {
            return try file.sha256()
        } catch {
            throw unreadable(path, error)
        }
    }

    static func unreadable(_ path: String, _ error: any Error) -> PluginError {
        let problem = (error as? PlainFileError).map { "\($0.reason); \($0.cure)" } ?? "can not be read: \(error)"
        return PluginError(path: path, message: "the plugin \(path) \(problem)")
    }
}
