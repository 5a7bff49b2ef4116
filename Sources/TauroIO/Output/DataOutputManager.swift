import TauroBasics
package import TauroEngine
package import TauroModel

/// Stores what nodes return.
///
/// Safe from any thread.
///
/// Files are written to a directory aside, under names that carry node and run, and the directory then takes the
/// dataset's place in one step (contract: promises about writing).
public final class DataOutputManager: Sendable {
    private let engine: any Engine
    private let writers: Int

    /// Creates a manager that writes through `engine`, a large result to as many files as there are `writers`.
    package init(engine: any Engine, writers: Int) {
        self.engine = engine
        self.writers = writers
    }

    /// Checks format and options of an output before anything runs.
    package func check(_ dataset: DatasetDefinition) -> [Diagnostic] {
        DatasetCheck.findings(dataset, isInput: false)
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
            let receipts = try write(
                frame,
                dataset,
                to: FilePath.join(directory, "\(commit.node)-\(commit.runID)"),
                cancellation
            )
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

    /// Writes the rows as `<name>-0.<format>` and so on; the order of the rows is the order of the files.
    private func write(
        _ frame: Frame,
        _ dataset: DatasetDefinition,
        to name: String,
        _ cancellation: CancellationToken
    ) throws -> [WriteReceipt] {
        guard let format = TableFormat.named(dataset.format.value) else {
            throw DatasetError(.unsupported, "format '\(dataset.format.value)' can not be written")
        }
        let options = OptionValues.values(of: dataset, format, for: .writing)
        let parts = format.isSplittable ? FrameParts.cut(frame, atMost: writers) : [frame]
        let requests = parts.enumerated().map { number, part in
            let file = "\(name)-\(number).\(format.fileExtension)"
            return (frame: part, request: WriteRequest(format: format.bulkFormat, file: file, options: options))
        }
        return try PartWriter(engine: engine, cancellation: cancellation).write(requests)
    }

    /// A directory may be replaced only if it holds nothing but a dataset's files: never somebody's other data.
    private func checkReplaceable(_ dataset: DatasetDefinition) throws {
        let path = dataset.path.value
        guard FileSystem.exists(path) else { return }
        if dataset.writeMode == .error {
            throw DatasetError(
                .alreadyExists,
                "output '\(dataset.id)' exists already in \(path), and its write_mode is error; "
                    + "remove it or use write_mode: overwrite"
            )
        }
        guard FileSystem.isDirectory(path) else {
            throw DatasetError(.unwritable, "\(path) is a file; an output is a directory: move the file away")
        }
        let foreign = try FileSystem.list(path).first { FileSystem.isDirectory(FilePath.join(path, $0)) }
        if let foreign {
            throw DatasetError(
                .unwritable,
                "\(path) holds the directory '\(foreign)', which is not part of output '\(dataset.id)' and would be "
                    + "lost; give the output an id of its own or move the directory away"
            )
        }
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
            try checkReplaceable(dataset)
            let staged = try StagedDirectory(for: dataset.path.value, commit: commit)
            do {
                let record = try write(result, dataset, to: staged.path, commit, cancellation)
                try staged.commit(replacing: dataset.writeMode == .overwrite)
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
