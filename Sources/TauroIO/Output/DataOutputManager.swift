import TauroBasics
package import TauroEngine
package import TauroModel

/// Stores what nodes return.
///
/// Safe from any thread.
///
/// Files are written to a directory aside, under names that carry the run, and the directory then takes the
/// dataset's place in one step (contract: promises about writing).
public final class DataOutputManager: Sendable {
    private let engine: any Engine
    private let writers: Int

    /// Creates a manager that writes through `engine`, a large result to as many files as there are `writers`.
    package init(engine: any Engine, writers: Int) {
        self.engine = engine
        self.writers = writers
    }

    /// Checks format and options of an output, and whether it may be stored where it belongs, before anything runs.
    ///
    /// Writes nothing.
    package func check(_ dataset: DatasetDefinition) -> [Diagnostic] {
        let findings = DatasetCheck.findings(dataset, isInput: false)
        do {
            try describingFailures(of: dataset) {
                if try !OutputDirectory.isFree(for: dataset) { try OutputDirectory(of: dataset).checkReplaceable() }
            }
            return findings
        } catch {
            let location = dataset.path.location ?? dataset.location
            return findings + [Diagnostic(.error, .configuration, "Dataset '\(dataset.id)': \(error)", at: location)]
        }
    }

    private func write(
        _ result: Dataset,
        _ dataset: DatasetDefinition,
        to directory: String,
        _ commit: CommitIdentity,
        _ cancellation: CancellationToken
    ) throws -> OutputRecord {
        switch result {
        case .artifact(let artifact):
            let bytes = try ArtifactStore.write(artifact, to: directory)
            return OutputRecord(
                id: dataset.id,
                format: artifact.mediaType,
                path: dataset.path.value,
                rows: nil,
                bytes: bytes,
                files: 1
            )
        case .frame(let frame):
            let receipts = try write(frame, dataset, to: directory, runID: commit.runID, cancellation)
            return OutputRecord(
                id: dataset.id,
                format: dataset.format.value,
                path: dataset.path.value,
                rows: receipts.reduce(0) { $0 + $1.rows },
                bytes: receipts.reduce(0) { $0 + $1.bytes },
                files: receipts.count
            )
        }
    }

    /// Writes the rows as parts; the order of the rows is the order of the files.
    private func write(
        _ frame: Frame,
        _ dataset: DatasetDefinition,
        to directory: String,
        runID: String,
        _ cancellation: CancellationToken
    ) throws -> [WriteReceipt] {
        guard let format = TableFormat.named(dataset.format.value) else {
            throw DatasetError(.unsupported, "format '\(dataset.format.value)' can not be written")
        }
        let options = OptionValues.values(of: dataset, format, for: .writing)
        let parts = format.isSplittable ? FrameParts.cut(frame, atMost: writers) : [frame]
        let requests = parts.enumerated().map { number, part in
            let file = FilePath.join(directory, OutputFileName.part(number, runID: runID, format: format))
            return (frame: part, request: WriteRequest(format: format.bulkFormat, file: file, options: options))
        }
        let receipts = try PartWriter(engine: engine, cancellation: cancellation).write(requests)
        if !format.keepsTypes { try StoredSchema(frame.schema(), format).write(to: directory) }
        return receipts
    }
}

extension DataOutputManager: DatasetWriter {
    package func store(
        _ result: Dataset,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> OutputRecord {
        try describingFailures(of: dataset) {
            let directory = try OutputDirectory(of: dataset)
            try directory.checkReplaceable()
            let staged = try StagedDirectory(for: directory.path, runID: commit.runID)
            do {
                let record = try write(result, dataset, to: staged.path, commit, cancellation)
                try staged.commit(replacing: dataset.writeMode == .overwrite) { try directory.checkReplaceable() }
                return record
            } catch {
                staged.discard()
                throw error
            }
        }
    }

    private func describingFailures<Result>(of dataset: DatasetDefinition, _ body: () throws -> Result) throws -> Result
    {
        do {
            return try body()
        } catch let error as SystemError where error.isExistingPath {
            throw DatasetError(.alreadyExists, "output '\(dataset.id)' appeared in \(dataset.path.value) meanwhile")
        } catch let error as SystemError {
            throw DatasetError(.unwritable, "output '\(dataset.id)': \(error)")
        } catch let error as SQLError {
            throw try DatasetError(describing: error, dataset, code: .unwritable)
        }
    }
}

extension DatasetError {
    /// The engine's words about a dataset; a missing engine is a `ResourceError`.
    init(describing error: SQLError, _ dataset: DatasetDefinition, code: Code) throws {
        if error.code == .missingEngine { throw ResourceError(operation: "start engine", message: error.message) }
        self.init(error.code == .cancelled ? .cancelled : code, "dataset '\(dataset.id)': \(error.message)")
    }
}
