import TauroBasics
import TauroModel

/// Refuses a dataset whose path says that its files are in the project, and whose links lead elsewhere.
struct PathGuard {
    private let dataset: DatasetDefinition
    private let bounds: PathBounds
    /// The bounds' directories with links followed.
    private let real: [String]

    /// Nil where nothing is asked of the dataset's place.
    init?(_ dataset: DatasetDefinition) {
        guard let bounds = dataset.bounds else { return nil }
        self.dataset = dataset
        self.bounds = bounds
        real = bounds.directories.map(PathGuard.followed)
    }

    /// Checks the dataset's own path, or its database's.
    ///
    /// - Throws: `DatasetError` where links on the way lead out of the bounds.
    func check() throws(DatasetError) {
        for file in databaseFiles { try check(file) }
        try check(dataset.path.value)
    }

    /// Checks one path, whether something is there or not.
    ///
    /// A path outside the bounds was written so on purpose.
    ///
    /// - Throws: `DatasetError` where links on the way lead out of the bounds.
    func check(_ path: String) throws(DatasetError) {
        guard FilePath.isAbsolute(path), bounds.contain(path) || PathBounds.contain(path, in: real) else { return }
        let place = PathGuard.followed(path)
        if PathBounds.contain(place, in: real) { return }
        throw DatasetError(
            .unreadable,
            "Dataset '\(dataset.id)': \(path) leads out of the project by a symbolic link, to \(place); write that path "
                + "where it is meant, or add its directory to `allowed_paths` of global settings"
        )
    }

    /// What may name the file of a database that is one; an address of another kind is no absolute path.
    private var databaseFiles: [String] {
        let options: [String]
        switch dataset.format.value {
        case TableFormat.sqlite.name: options = ["uri"]
        case TableFormat.adbc.name: options = ["uri", "path"]
        default: return []
        }
        return options.compactMap { dataset.text($0) }.map { SQLiteAddress($0)?.path ?? $0 }
    }

    /// How many links to nothing are followed, as many as the system follows.
    private static let linkLimit = 40

    /// The path with links followed as far as it exists, and to what does not exist yet.
    private static func followed(_ path: String) -> String {
        var rest = ""
        var directory = path
        var links = 0
        while true {
            if let real = try? FileSystem.realPath(directory) {
                return FilePath.normalized(FilePath.join(real, rest))
            }
            let parent = FilePath.parent(directory)
            // Whoever makes a file there makes it where the link leads.
            if links < linkLimit, let target = try? FileSystem.linkTarget(directory) {
                links += 1
                directory = FilePath.join((try? FileSystem.realPath(parent)) ?? parent, target)
                continue
            }
            if parent == directory { return path }
            rest = FilePath.join(FilePath.name(directory), rest)
            directory = parent
        }
    }
}
