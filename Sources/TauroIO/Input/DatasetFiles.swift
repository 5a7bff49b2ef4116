import TauroBasics
import TauroModel

/// Finds the files behind a dataset's path: a file, a glob, or a directory of files.
enum DatasetFiles {
    /// Absolute paths of the files, sorted.
    ///
    /// - Throws: `DatasetError` when there are none.
    static func find(_ dataset: DatasetDefinition, format: TableFormat) throws -> [String] {
        let path = dataset.path.value
        let pattern = FileSystem.isDirectory(path) ? FilePath.join(path, "*.\(format.fileExtension)") : path
        guard FilePath.isGlob(pattern) else {
            if FileSystem.exists(pattern) { return [pattern] }
            throw missing(dataset, "file \(pattern) does not exist")
        }
        let files = try FileSystem.glob(pattern)
        if files.isEmpty { throw missing(dataset, "no file matches \(pattern)") }
        return files
    }

    private static func missing(_ dataset: DatasetDefinition, _ text: String) -> DatasetError {
        DatasetError(.notFound, "Dataset '\(dataset.id)': \(text)")
    }
}
