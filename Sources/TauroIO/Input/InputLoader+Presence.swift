import TauroBasics
import TauroEngine
package import TauroModel

extension InputLoader {
    /// What is there of a dataset, found out without reading it; nil where nothing is, or nothing that can be looked at.
    package func presence(of dataset: DatasetDefinition) -> DatasetPresence? {
        if isQuery(dataset) { return presence(ofQuery: dataset) }
        if ArtifactStore.isArtifact(dataset.path.value) { return InputLoader.artifact(in: dataset.path.value) }
        if let driver = drivers[dataset] { return try? driver.find(dataset) }
        guard let format = TableFormat.named(dataset.format.value) else { return nil }
        if RemoteAddress.isAddress(dataset.path.value) {
            return (try? remote.find(dataset, format)).map { DatasetPresence(files: $0.count, bytes: nil) }
        }
        guard let files = try? DatasetFiles.find(dataset, format: format)
        else { return nil }
        return DatasetPresence(files: files.count, bytes: InputLoader.size(of: files))
    }

    /// A query is there if everything that it reads is.
    private func presence(ofQuery dataset: DatasetDefinition) -> DatasetPresence? {
        let read = datasets(readBy: dataset).map(\.definition).filter { $0.map { !isQuery($0) } ?? true }
        let found = read.compactMap { $0.flatMap { presence(of: $0) } }
        if found.count < read.count { return nil }
        return DatasetPresence(files: sum(found.map { $0.files }), bytes: sum(found.map { $0.bytes }))
    }

    /// Nil where one of the numbers is not known.
    private func sum<Number: FixedWidthInteger>(_ numbers: [Number?]) -> Number? {
        numbers.reduce(0) { sum, number in sum.flatMap { known in number.map { known + $0 } } }
    }

    /// Whether the files of a dataset say how many rows they have, so that counting them reads none.
    package func countsCheaply(_ dataset: DatasetDefinition) -> Bool {
        switch TableFormat.named(dataset.format.value)?.bulkFormat {
        case .arrow, .orc, .parquet: true
        case .avro, .csv, .delta, .json, nil: false
        }
    }

    private static func artifact(in directory: String) -> DatasetPresence? {
        guard let artifact = try? ArtifactStore.read(directory), case .file(let path) = artifact.content else {
            return nil
        }
        return DatasetPresence(files: 1, bytes: size(of: [path]), mediaType: artifact.mediaType)
    }

    /// A file that vanishes meanwhile counts for nothing.
    private static func size(of files: [String]) -> Int64 {
        files.reduce(0) { $0 + ((try? FileSystem.size(of: $1)) ?? 0) }
    }
}
