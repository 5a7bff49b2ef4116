import TauroData
import TauroEngine
import TauroIO
package import TauroModel

/// A dataset of the project and what is there of it.
package struct DatasetEntry: Sendable {
    package let dataset: ProjectDataset
    /// nil where nothing is there.
    package let presence: DatasetPresence?
}

extension BaseExecutor {
    /// Every input and output of the project; reads no rows.
    ///
    /// Rows are known only where the files say how many there are.
    package func datasets() -> [DatasetEntry] {
        projectDatasets.map { dataset in
            var presence = inputLoader.presence(of: dataset.definition)
            if let found = presence, found.mediaType == nil, inputLoader.countsCheaply(dataset.definition) {
                // A list shows what can be had: a broken file or a missing engine is told to whoever reads the rows.
                presence?.rows = try? rowCount(dataset.definition)
            }
            return DatasetEntry(dataset: dataset, presence: presence)
        }
    }

    /// The columns of a dataset as nodes receive them, or of an earlier version of it.
    ///
    /// - Throws: `ConfigurationError`, `DatasetError` or `ResourceError`, as `preview` does.
    package func columns(of id: String, version: Int64? = nil, dates: DateWindow) throws -> [DatasetColumn] {
        let dataset = try projectDataset(id, version: version, to: "show the columns of")
        return try reading(id) {
            try table(dataset, to: "show the columns of", dates: dates).schema().fields.map { DatasetColumn($0) }
        }
    }

    /// What the columns of a dataset hold, or of an earlier version of it; reads all rows of the given days.
    ///
    /// - Throws: `ConfigurationError`, `DatasetError` or `ResourceError`, as `preview` does.
    package func profile(_ id: String, version: Int64? = nil, dates: DateWindow) throws -> DatasetProfile {
        let dataset = try projectDataset(id, version: version, to: "profile")
        return try reading(id) {
            try FrameProfiler(engine).profile(table(dataset, to: "profile", dates: dates))
        }
    }

    private func rowCount(_ dataset: DatasetDefinition) throws -> Int64? {
        guard case .frame(let frame) = try inputLoader.load(dataset, as: .frame, dates: DateWindow()) else {
            return nil
        }
        let statement = SQLStatement(text: "SELECT count(*) AS n FROM dataset", tables: [("dataset", frame)])
        let counted = try engine.run(statement, cancellation: CancellationToken())
        return try counted.stream().next()?.column("n", as: Int64.self).first ?? nil
    }
}
