import TauroBasics

/// A directory of a test's own, which goes when the value does.
final class TemporaryProject {
    let path: String

    init() throws {
        path = "\(try FileSystem.realPath("/tmp"))/tauro-state-\(UInt64.random(in: .min ... .max))"
        try FileSystem.makeDirectories(path)
    }

    deinit { try? FileSystem.removeTree(path) }

    /// A path in the directory.
    subscript(name: String) -> String { FilePath.join(path, name) }
}
