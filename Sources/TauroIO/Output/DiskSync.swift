import TauroBasics

/// Puts what a commit wrote on the disk before anybody is told of it, where that is asked for: what is told outlives a power
/// failure then.
struct DiskSync: Sendable {
    /// Puts one file or one directory on the disk; nil where that is not asked for.
    let synchronize: (@Sendable (String) throws -> Void)?

    /// Leaves it to the system when what is written comes to the disk.
    static let off = DiskSync(synchronize: nil)

    /// The directories on the way to a path that are not there yet, and the one that is.
    func newPlaces(of path: String) -> [String] {
        guard synchronize != nil else { return [] }
        var places = [FilePath.parent(path)]
        while let last = places.last, !FileSystem.exists(last), FilePath.parent(last) != last {
            places.append(FilePath.parent(last))
        }
        return places
    }

    /// All files below a directory, and the directories themselves.
    func tree(_ directory: String) throws {
        guard let synchronize else { return }
        for name in try FileSystem.list(directory) {
            let path = FilePath.join(directory, name)
            if FileSystem.isDirectory(path) { try tree(path) } else { try synchronize(path) }
        }
        try synchronize(directory)
    }

    /// Single files or directories.
    func all(_ paths: [String]) throws {
        guard let synchronize else { return }
        for path in paths { try synchronize(path) }
    }
}
