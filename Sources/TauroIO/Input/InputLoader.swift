import TauroBasics
package import TauroEngine
package import TauroModel

/// Opens datasets for reading.
///
/// Safe from any thread.
///
/// Nothing is read until rows are asked for; SQL over a dataset reads only the columns and rows it needs.
public final class InputLoader: Sendable {
    private let engine: any Engine

    /// Creates a loader that reads through `engine`.
    package init(engine: any Engine) {
        self.engine = engine
    }

    /// Checks format, options and files of an input before anything runs.
    ///
    /// `isStored` says whether it is an output that an earlier run stored.
    package func check(_ dataset: DatasetDefinition, isStored: Bool) -> [Diagnostic] {
        let findings = DatasetCheck.findings(dataset, isInput: !isStored)
        guard findings.isEmpty, let format = TableFormat.named(dataset.format.value) else { return findings }
        if ArtifactStore.isArtifact(dataset.path.value) { return [] }
        do {
            _ = try DatasetFiles.find(dataset, format: format)
            return []
        } catch {
            let message = (error as? DatasetError)?.message ?? "Dataset '\(dataset.id)': \(error)"
            let notes = isStored ? ["run the pipeline that stores '\(dataset.id)' first"] : []
            return [
                Diagnostic(.error, .configuration, message, at: dataset.path.location ?? dataset.location, notes: notes)
            ]
        }
    }

    private func frame(_ dataset: DatasetDefinition, dates: DateWindow) throws -> Frame {
        guard let format = TableFormat.named(dataset.format.value) else {
            throw DatasetError(.unsupported, "format '\(dataset.format.value)' can not be read")
        }
        let request = ReadRequest(
            format: format.bulkFormat,
            files: try DatasetFiles.find(dataset, format: format),
            options: OptionValues.values(of: dataset, format, for: .reading),
            columns: dataset.columns.map { ($0.name, $0.type) },
            dateFilter: dataset.dateColumn.map {
                ReadRequest.DateFilter(column: $0, start: dates.start, end: dates.end)
            }
        )
        return try engine.open(request)
    }
}

extension InputLoader: DatasetLoader {
    package func load(
        _ dataset: DatasetDefinition,
        as kind: NodeSignature.Input.Kind,
        dates: DateWindow
    ) throws
        -> Dataset
    {
        do {
            if kind == .artifact { return .artifact(try artifact(dataset)) }
            return .frame(try frame(dataset, dates: dates))
        } catch let error as SQLError {
            throw try DatasetError(describing: error, dataset, code: .unreadable)
        } catch let error as SystemError {
            throw DatasetError(.unreadable, "dataset '\(dataset.id)': \(error)")
        }
    }

    /// What a node stored as an artifact, or any file that an input names.
    private func artifact(_ dataset: DatasetDefinition) throws -> Artifact {
        let path = dataset.path.value
        if ArtifactStore.isArtifact(path) { return try ArtifactStore.read(path) }
        if FileSystem.exists(path) && !FileSystem.isDirectory(path) {
            return Artifact(mediaType: "application/octet-stream", content: .file(path: path))
        }
        throw DatasetError(.notFound, "no artifact is stored in \(path)")
    }
}
