import TauroBasics
package import TauroModel

/// The lock of a project: which digest each plugin's file must have.
package struct ProjectLock: Sendable {
    /// Absolute path of the lock's file.
    package let path: String
    package let lock: PluginLock
    private let digests: [String: String]

    /// Reads the lock of the project in an absolute directory; nil if it has none.
    ///
    /// - Throws: `ConfigurationError` with the place, for a file that can not be read or is no lock.
    package static func read(project: String) throws(ConfigurationError) -> ProjectLock? {
        let path = FilePath.join(project, PluginLock.fileName)
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try FileSystem.read(path)
        } catch {
            if error.isMissingPath { return nil }
            throw problem("the lock can not be read: \(error.text)", SourceLocation(file: path))
        }
        var reader = LockReader(bytes)
        do throws(LockProblem) {
            return ProjectLock(path: path, lock: PluginLock(try reader.plugins()), project: ProjectPaths(project))
        } catch {
            let place = bytes.withUnsafeBufferPointer { buffer in
                var places = ByteOffsetPlaces(bytes: buffer)
                return places.place(of: min(error.offset, bytes.count))
            }
            throw problem(
                "this is no lock: \(error.message)",
                SourceLocation(file: path, line: place.line, column: place.column)
            )
        }
    }

    private init(path: String, lock: PluginLock, project: ProjectPaths) {
        self.path = path
        self.lock = lock
        self.digests = Dictionary(
            lock.plugins.map { (project.absolute($0.path), $0.sha256) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The digest that the file at an absolute path without links must have; nil if the lock does not name it.
    func digest(of path: String) -> String? { digests[path] }

    /// Compares a plugin's file with the lock; reads all of it.
    func state(of plugin: NodeSignature.Plugin) -> PluginLockState {
        do {
            let found = try PlainFile(path: plugin.path).sha256()
            guard let locked = digest(of: plugin.path) else { return .unlisted(found: found) }
            return locked == found ? .matches(sha256: found) : .differs(locked: locked, found: found)
        } catch {
            return .unreadable((error as? PlainFileError)?.reason ?? "\(error)")
        }
    }

    private static func problem(_ message: String, _ location: SourceLocation) -> ConfigurationError {
        ConfigurationError(
            operation: "read \(PluginLock.fileName)",
            diagnostics: [
                Diagnostic(
                    .error,
                    .configuration,
                    message,
                    at: location,
                    notes: ["mend it, or write it anew with `tauro-host plugins lock --update`"]
                )
            ]
        )
    }
}

/// Paths as a project's lock writes them, so that the project can be moved with its plugins.
struct ProjectPaths {
    /// Absolute directory of the project, without links where they can be followed.
    private let directory: String

    init(_ project: String) { directory = (try? FileSystem.realPath(project)) ?? project }

    /// The path relative to the project where it is inside it.
    func relative(_ path: String) -> String {
        path.hasPrefix(directory + "/") ? String(path.dropFirst(directory.count + 1)) : path
    }

    /// The absolute path of what the lock names.
    func absolute(_ path: String) -> String { FilePath.absolute(path, from: directory) }
}
