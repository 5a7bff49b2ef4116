import TauroBasics
import TauroEngine
import TauroModel

/// Finds the files behind a dataset's path: a file, a directory of files, or a glob.
enum DatasetFiles {
    /// Absolute paths of the files, sorted by bytes.
    ///
    /// A path that exists is what it says, whatever signs it holds; only one that does not exist is a glob.
    ///
    /// - Throws: `DatasetError` when there are none.
    static func find(_ dataset: DatasetDefinition, format: TableFormat) throws -> [String] {
        let path = dataset.path.value
        if FileSystem.isDirectory(path) {
            let files = try atOneMoment(path, dataset) { try list(path, format) }
            if files.isEmpty { throw missing(dataset, "no file matches \(path)/*.\(format.ending)") }
            return files
        }
        if FileSystem.exists(path) { return [path] }
        guard let pattern = pattern(path) else { throw missing(dataset, "file \(path) does not exist") }
        let base = existing(path).directory
        guard FileSystem.isDirectory(base) else { throw missing(dataset, "no file matches \(path)") }
        let files = try atOneMoment(base, dataset) { try FileSystem.glob(pattern) }
        if files.isEmpty { throw missing(dataset, "no file matches \(path)") }
        return files
    }

    /// The columns that the directories of a dataset's files hold, outermost first.
    ///
    /// Only directories below what the path says without wildcards count.
    static func partition(of files: [String], _ dataset: DatasetDefinition) throws -> [String] {
        let path = dataset.path.value
        if RemoteAddress.isAddress(path) {
            let address = try RemoteAddress(of: dataset)
            if address.service == .http { return [] }
            return try HiveDirectory.partition(of: files, below: address.base(of: files), dataset)
        }
        let base = FileSystem.isDirectory(path) ? path : existing(path).directory
        return try HiveDirectory.partition(of: files, below: base, dataset)
    }

    /// How often another directory may take the place of one that is listed.
    private static let attemptLimit = 100

    /// The files that `find` finds in a directory while no other takes its place.
    ///
    /// A commit puts another directory there. What was found across that is thrown away: some of it may be of the one commit
    /// and some of the other, or be removed already.
    private static func atOneMoment(
        _ path: String,
        _ dataset: DatasetDefinition,
        _ find: () throws -> [String]
    ) throws -> [String] {
        for _ in 0..<attemptLimit {
            let directory = try HeldDirectory(path)
            let files = Result { try find() }
            if try directory.isInPlace() { return try files.get() }
        }
        throw DatasetError(
            .unreadable,
            "Dataset '\(dataset.id)': \(path) was replaced \(attemptLimit) times while its files were listed; run again when"
                + " others store there less often"
        )
    }

    /// The visible files in a directory, and in directories `name=value` below it, whose names end as those of
    /// the format do, compressed ones of text too.
    private static func list(_ directory: String, _ format: TableFormat) throws -> [String] {
        try FileSystem.list(directory).filter { !$0.hasPrefix(".") }.flatMap { name in
            let path = FilePath.join(directory, name)
            if FileSystem.isDirectory(path) { return HiveDirectory.isOne(name) ? try list(path, format) : [] }
            let plain = format.keepsTypes ? name : withoutCompression(name)
            return plain.hasSuffix(".\(format.ending)") ? [path] : []
        }
    }

    /// The name of what is in a compressed file; the name itself for others.
    static func withoutCompression(_ name: String) -> String {
        let ending = [".gz", ".zst"].first { name.hasSuffix($0) }
        return ending.map { String(name.dropLast($0.count)) } ?? name
    }

    /// The path as a glob, with what exists of it taken literally; nil where the rest holds no wildcard.
    private static func pattern(_ path: String) -> String? {
        let (directory, wild) = existing(path)
        return FilePath.isGlob(wild) ? FilePath.join(FilePath.escapingGlob(directory), wild) : nil
    }

    /// The part of a path that exists, which is a directory where the whole path does not, and the rest.
    private static func existing(_ path: String) -> (directory: String, rest: String) {
        var rest: [String] = []
        var directory = path
        while !FileSystem.exists(directory), FilePath.parent(directory) != directory {
            rest.insert(FilePath.name(directory), at: 0)
            directory = FilePath.parent(directory)
        }
        return (directory, rest.joined(separator: "/"))
    }

    private static func missing(_ dataset: DatasetDefinition, _ text: String) -> DatasetError {
        DatasetError(.notFound, "Dataset '\(dataset.id)': \(text)")
    }
}
