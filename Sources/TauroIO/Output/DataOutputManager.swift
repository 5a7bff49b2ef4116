package import TauroBasics
package import TauroEngine
package import TauroModel

/// Stores what nodes return.
///
/// Safe from any thread.
///
/// Files are written to a directory aside, under names that carry the run, and the directory then takes the
/// dataset's place in one step (contract: promises about writing).
public final class DataOutputManager: Sendable {
    private let engine: FileEngine
    private let writers: Int
    private let drivers: FormatDrivers
    private let atStep: @Sendable (CommitStep) throws -> Void

    /// Creates a manager that writes through `engine`, a large result to as many files as there are `writers`.
    ///
    /// `parts` says where libraries of formats are. `atStep` is told of every step of a commit; what it throws ends the commit there.
    package init(
        engine: any Engine,
        writers: Int,
        parts: NativeParts = NativeParts(),
        atStep: @escaping @Sendable (CommitStep) throws -> Void = { _ in }
    ) {
        let engine = FileEngine(engine, parts: parts)
        self.engine = engine
        self.writers = writers
        drivers = FormatDrivers(engine: engine, parts: parts, writers: writers, atStep: atStep)
        self.atStep = atStep
    }

    /// Checks format and options of an output, and whether it may be stored where it belongs, before anything runs.
    ///
    /// Writes nothing.
    package func check(_ dataset: DatasetDefinition) -> [Diagnostic] {
        let driver = drivers[dataset]
        let findings =
            DatasetCheck.findings(dataset, isInput: false) + OutputCheck.findings(dataset)
            + (driver?.findings(dataset, isInput: false) ?? [])
        if driver != nil, findings.contains(where: { $0.severity == .error }) { return findings }
        do {
            try describingFailures(of: dataset) {
                try PathGuard(dataset)?.check()
                if let driver { return try driver.checkOutput(dataset) }
                if let format = TableFormat.named(dataset.format.value)?.bulkFormat { try engine.load(for: format) }
                if try OutputDirectory.isFree(for: dataset) { return }
                let directory = try OutputDirectory(of: dataset)
                try directory.checkReplaceable()
                _ = try directory.commits()
            }
            return findings
        } catch let error as ResourceError {
            return findings + [error.finding(about: dataset)]
        } catch {
            let location = dataset.path.location ?? dataset.location
            let text = "\(error)"
            let message = text.hasPrefix("Dataset '") ? text : "Dataset '\(dataset.id)': \(text)"
            return findings + [Diagnostic(.error, .configuration, message, at: location)]
        }
    }

    /// Whether a result whose rows nobody has read yet may be stored as they are read, which happens once.
    ///
    /// - Throws: what looking at its columns throws.
    package func storesUnread(_ result: Dataset, as dataset: DatasetDefinition) throws -> Bool {
        guard case .frame(let frame) = result, drivers[dataset] == nil, dataset.writeMode != .ignore,
            dataset.layout.partition.isEmpty, dataset.layout.maxRowsPerFile == nil,
            dataset.layout.overwriteStrategy == nil, try format(of: dataset).bulk.isEmbedded
        else { return false }
        return try engine.storesUnread(frame)
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
            if dataset.writeMode == .append {
                throw DatasetError(
                    .unsupported,
                    "output '\(dataset.id)': an artifact has no rows to append; use write_mode: overwrite"
                )
            }
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
            let format = try format(of: dataset)
            let writer = TableWriter(
                engine: engine,
                writers: writers,
                dataset: dataset,
                format: format.table,
                bulkFormat: format.bulk,
                cancellation: cancellation
            )
            try ReplacedPartitions(dataset, engine: engine, cancellation: cancellation)?.check(frame)
            let receipts = try writer.write(frame, to: directory, runID: commit.runID)
            return OutputRecord(
                dataset,
                rows: receipts.reduce(0) { $0 + $1.rows },
                bytes: receipts.reduce(0) { $0 + $1.bytes },
                files: receipts.count
            )
        }
    }

    private func format(of dataset: DatasetDefinition) throws -> (table: TableFormat, bulk: BulkFormat) {
        if let format = TableFormat.named(dataset.format.value), let bulk = format.bulkFormat { return (format, bulk) }
        throw DatasetError(.unsupported, "format '\(dataset.format.value)' can not be written")
    }

    /// What keeps and joins stored rows, where the result has some.
    private func joining(
        _ result: Dataset,
        _ dataset: DatasetDefinition,
        _ cancellation: CancellationToken
    ) throws -> RowJoining? {
        guard case .frame = result else { return nil }
        return RowJoining(
            SchemaAgreement(engine: engine, dataset: dataset, format: try format(of: dataset).table),
            replaced: ReplacedPartitions(dataset, engine: engine, cancellation: cancellation)
        )
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
            try PathGuard(dataset)?.check()
            if case .frame(let frame) = result { try ResultColumns.check(frame.schema(), of: dataset) }
            if let driver = drivers[dataset], case .frame(let frame) = result {
                return try driver.store(frame, as: dataset, commit: commit, cancellation: cancellation)
            }
            if case .artifact = result, let driver = drivers[dataset], !(driver is DeltaDriver) {
                throw DatasetError(
                    .unsupported,
                    "output '\(dataset.id)': an artifact has no rows, and format \(dataset.format.value) takes rows alone;"
                        + " return a table, or give the output a format of files"
                )
            }
            return try storeFiles(result, dataset, commit, cancellation)
        }
    }

    /// Stores files, unless the commit has before.
    private func storeFiles(
        _ result: Dataset,
        _ dataset: DatasetDefinition,
        _ commit: CommitIdentity,
        _ cancellation: CancellationToken
    ) throws -> OutputRecord {
        let directory = try OutputDirectory(of: dataset)
        if let entry = try directory.commits().entry(of: commit) {
            // It may have died between taking the place and removing what was there.
            StagedDirectory.sweep(beside: directory.path)
            return OutputRecord(dataset, result, entry)
        }
        try directory.checkReplaceable()
        if directory.isLeftAlone { return .nothing(dataset) }
        let staged = try StagedDirectory(for: directory.path, runID: commit.runID)
        do {
            return try fill(staged, result, dataset, commit, in: directory, cancellation)
        } catch let stored as CommitManifest.AlreadyStored {
            staged.discard()
            return OutputRecord(dataset, result, stored.entry)
        } catch {
            staged.discard()
            guard (error as? SystemError)?.isExistingPath == true else { throw error }
            // Another was first.
            if let entry = try directory.commits().entry(of: commit) { return OutputRecord(dataset, result, entry) }
            if directory.isLeftAlone { return .nothing(dataset) }
            throw error
        }
    }

    /// Writes the result aside and puts it in place.
    private func fill(
        _ staged: StagedDirectory,
        _ result: Dataset,
        _ dataset: DatasetDefinition,
        _ commit: CommitIdentity,
        in directory: OutputDirectory,
        _ cancellation: CancellationToken
    ) throws -> OutputRecord {
        try atStep(.staged)
        let record = try write(result, dataset, to: staged.path, commit, cancellation)
        try atStep(.written)
        let joining = try joining(result, dataset, cancellation)
        let replaces = dataset.writeMode == .overwrite || dataset.writeMode == .append
        try staged.commit(replacing: replaces) {
            // A link may have appeared on the way.
            try PathGuard(dataset)?.check(directory.path)
            var commits = try directory.commits()
            if let entry = commits.entry(of: commit) { throw CommitManifest.AlreadyStored(entry: entry) }
            try directory.checkReplaceable()
            try joining?.join(directory.path, into: staged.path)
            commits.add(CommitManifest.Entry(record, of: commit))
            if !directory.keepsRows { commits.forgetReplaced() }
            try commits.write(to: staged.path)
            try atStep(.joined)
        } exchanged: {
            try atStep(.exchanged)
        }
        try atStep(.removed)
        return record
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

extension OutputRecord {
    init(_ dataset: DatasetDefinition, rows: Int64, bytes: Int64, files: Int) {
        let (id, format, path) = (dataset.id, dataset.format.value, dataset.path.value)
        self.init(id: id, format: format, path: path, rows: rows, bytes: bytes, files: files)
    }

    /// What a commit stored before, of which `result` is a repetition.
    fileprivate init(_ dataset: DatasetDefinition, _ result: Dataset, _ entry: CommitManifest.Entry) {
        let format = if case .artifact(let artifact) = result { artifact.mediaType } else { dataset.format.value }
        let (id, path) = (dataset.id, dataset.path.value)
        self.init(id: id, format: format, path: path, rows: entry.rows, bytes: entry.bytes, files: entry.files)
    }

    /// The record of an output that was left alone.
    fileprivate static func nothing(_ dataset: DatasetDefinition) -> OutputRecord {
        OutputRecord(dataset, rows: 0, bytes: 0, files: 0)
    }
}

extension CommitManifest.Entry {
    fileprivate init(_ record: OutputRecord, of commit: CommitIdentity) {
        self.init(commit: commit, rows: record.rows, bytes: record.bytes, files: record.files)
    }
}

extension DatasetError {
    /// The engine's words about a dataset; a missing engine is a `ResourceError`.
    init(describing error: SQLError, _ dataset: DatasetDefinition, code: Code) throws {
        if error.code == .missingEngine { throw ResourceError(operation: "start engine", message: error.message) }
        self.init(error.code == .cancelled ? .cancelled : code, "dataset '\(dataset.id)': \(error.message)")
    }
}
