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
    private let sync: DiskSync
    private let atStep: @Sendable (CommitStep) throws -> Void

    /// Creates a manager that writes through `engine`, a large result to as many files as there are `writers`.
    ///
    /// - Parameters:
    ///   - engine: what reads and writes files.
    ///   - writers: how many files are written at once.
    ///   - parts: where libraries of formats are.
    ///   - syncs: whether files and directories of a commit are on the disk before it counts, so that it outlives a power
    ///     failure.
    ///   - synchronize: puts a file or a directory on the disk.
    ///   - atStep: is told of every step of a commit; what it throws ends the commit there.
    package init(
        engine: any Engine,
        writers: Int,
        parts: NativeParts = NativeParts(),
        syncs: Bool = false,
        synchronize: @escaping @Sendable (String) throws -> Void = { try FileSystem.synchronize($0) },
        atStep: @escaping @Sendable (CommitStep) throws -> Void = { _ in }
    ) {
        let engine = FileEngine(engine, parts: parts)
        self.engine = engine
        self.writers = writers
        sync = DiskSync(synchronize: syncs ? synchronize : nil)
        drivers = FormatDrivers(engine: engine, parts: parts, writers: writers, sync: sync, atStep: atStep)
        self.atStep = atStep
    }

    /// Checks format and options of an output, and whether it may be stored where it belongs, before anything runs.
    ///
    /// Writes nothing. What the node of `commit` has stored itself, in the run that is resumed, is no obstacle.
    package func check(_ dataset: DatasetDefinition, commit: CommitIdentity? = nil) -> [Diagnostic] {
        let driver = drivers[dataset]
        let findings =
            DatasetCheck.findings(dataset, isInput: false) + OutputCheck.findings(dataset)
            + (driver?.findings(dataset, isInput: false) ?? [])
        if driver != nil, findings.contains(where: { $0.severity == .error }) { return findings }
        do {
            try describingFailures(of: dataset) {
                try PathGuard(dataset)?.check()
                if let driver { return try driver.checkOutput(dataset, commit: commit) }
                if let format = TableFormat.named(dataset.format.value)?.bulkFormat { try engine.load(for: format) }
                if try OutputDirectory.isFree(for: dataset) { return }
                let directory = try OutputDirectory(of: dataset)
                try directory.checkReplaceable(by: commit)
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
            dataset.layout.overwriteStrategy == nil, try files(dataset).format().bulk.isEmbedded
        else { return false }
        return try engine.storesUnread(frame)
    }

    private func files(_ dataset: DatasetDefinition) -> FileOutput {
        FileOutput(dataset: dataset, engine: engine, writers: writers, sync: sync, atStep: atStep)
    }

    /// What stored an output.
    ///
    /// An artifact lies in files, whatever the format of the output is.
    private func driver(of dataset: DatasetDefinition, thatStored output: StoredOutput) -> (any FormatDriver)? {
        output.record.rows == nil ? nil : drivers[dataset]
    }
}

extension DataOutputManager: DatasetWriter {
    package func store(
        _ result: Dataset,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> StoredOutput {
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
            return try files(dataset).store(result, commit, cancellation)
        }
    }

    package func stored(as dataset: DatasetDefinition, by commit: CommitIdentity) throws -> StoredOutput? {
        try describingFailures(of: dataset) {
            try PathGuard(dataset)?.check()
            if let output = try drivers[dataset]?.stored(as: dataset, by: commit) { return output }
            // An artifact lies in files, whatever the format of the output is.
            return drivers[dataset] == nil || drivers[dataset] is DeltaDriver
                ? try files(dataset).stored(by: commit) : nil
        }
    }

    package func trouble(
        with output: StoredOutput,
        of dataset: DatasetDefinition,
        commit: CommitIdentity
    ) throws -> String? {
        try describingFailures(of: dataset) {
            try PathGuard(dataset)?.check()
            if let driver = driver(of: dataset, thatStored: output) {
                return try driver.trouble(with: output, of: dataset, commit: commit)
            }
            return try files(dataset).trouble(with: output, commit)
        }
    }

    package func restore(
        _ output: StoredOutput,
        of dataset: DatasetDefinition,
        commit: CommitIdentity
    ) throws -> Dataset? {
        try describingFailures(of: dataset) {
            try PathGuard(dataset)?.check()
            if let driver = driver(of: dataset, thatStored: output) {
                return try driver.restore(output, of: dataset, commit: commit).map { .frame($0) }
            }
            return try files(dataset).restore(output, commit)
        }
    }

    package func restoresExactly(_ result: Dataset, as dataset: DatasetDefinition) -> Bool {
        if case .frame(let frame) = result, let driver = drivers[dataset] {
            return driver.restoresExactly(frame, as: dataset)
        }
        return files(dataset).restoresExactly(result)
    }

    package func obstacle(toReplacing dataset: DatasetDefinition) -> String? {
        drivers[dataset]?.obstacle(toReplacing: dataset)
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
}

extension DatasetError {
    /// The engine's words about a dataset; a missing engine is a `ResourceError`.
    init(describing error: SQLError, _ dataset: DatasetDefinition, code: Code) throws {
        if error.code == .missingEngine { throw ResourceError(operation: "start engine", message: error.message) }
        self.init(error.code == .cancelled ? .cancelled : code, "dataset '\(dataset.id)': \(error.message)")
    }
}
