import TauroBasics
import TauroModel

/// Where an output's Delta table is, and whether it may be there.
struct DeltaPlace {
    /// The directory itself where the output's path is a link to it.
    let path: String
    private let dataset: DatasetDefinition

    /// Follows the output's path.
    ///
    /// - Throws: `DatasetError` where no table can be.
    init(of dataset: DatasetDefinition) throws {
        let shown = dataset.path.value
        if let sign = shown.first(where: DeltaTable.isUnreadable) {
            throw DatasetError(
                .unsupported,
                "output '\(dataset.id)': a Delta table can not be stored in \(shown): '\(sign)' may not be in its path"
            )
        }
        path = try OutputDirectory(of: dataset).path
        self.dataset = dataset
    }

    /// The log; nil where there is no table yet.
    func log() throws(SystemError) -> DeltaLog? {
        guard FileSystem.isDirectory(FilePath.join(path, DeltaLog.directoryName)) else { return nil }
        let log = try DeltaLog(of: path)
        return log.newest == nil ? nil : log
    }

    /// A new table takes an empty directory, or none: never somebody's other data.
    ///
    /// Reads only.
    func checkFree() throws {
        guard FileSystem.exists(path) else { return }
        guard FileSystem.isDirectory(path) else {
            throw DatasetError(
                .unwritable,
                "\(dataset.path.value) is a file; an output is a directory: move the file away"
            )
        }
        try checkOurs(path, shownBelow: "")
    }

    private func checkOurs(_ directory: String, shownBelow prefix: String) throws {
        for name in try FileSystem.list(directory) {
            let isOurs =
                prefix.isEmpty && (name == DeltaLog.directoryName || name.hasPrefix(DeltaStaging.prefix))
                || DeltaDataFiles.isOurs(name)
            if isOurs { continue }
            let inner = FilePath.join(directory, name)
            guard HiveDirectory.isOne(name), try FileSystem.kindWithoutFollowing(inner) == .directory else {
                throw DatasetError(
                    .unwritable,
                    "\(dataset.path.value) holds '\(prefix)\(name)' and no Delta table, so output '\(dataset.id)' can not"
                        + " become one there; give the output a directory of its own or move away what is there"
                )
            }
            try checkOurs(inner, shownBelow: "\(prefix)\(name)/")
        }
    }
}
