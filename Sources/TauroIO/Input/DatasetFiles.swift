import TauroBasics
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
            let files = try list(path, suffix: ".\(format.fileExtension)")
            if files.isEmpty { throw missing(dataset, "no file matches \(path)/*.\(format.fileExtension)") }
            return files
        }
        if FileSystem.exists(path) { return [path] }
        guard let pattern = pattern(path) else { throw missing(dataset, "file \(path) does not exist") }
        let files = try FileSystem.glob(pattern)
        if files.isEmpty { throw missing(dataset, "no file matches \(path)") }
        return files
    }

    /// The visible files in a directory whose names end in `suffix`.
    private static func list(_ directory: String, suffix: String) throws -> [String] {
        try FileSystem.list(directory).filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }
            .map { FilePath.join(directory, $0) }.filter { !FileSystem.isDirectory($0) }
    }

    /// The path as a glob, with what exists of it taken literally; nil where the rest holds no wildcard.
    private static func pattern(_ path: String) -> String? {
        var rest: [String] = []
        var directory = path
        while !FileSystem.exists(directory), FilePath.parent(directory) != directory {
            rest.insert(FilePath.name(directory), at: 0)
            directory = FilePath.parent(directory)
        }
        let wild = rest.joined(separator: "/")
        return FilePath.isGlob(wild) ? FilePath.join(FilePath.escapingGlob(directory), wild) : nil
    }

    private static func missing(_ dataset: DatasetDefinition, _ text: String) -> DatasetError {
        DatasetError(.notFound, "Dataset '\(dataset.id)': \(text)")
    }
}
