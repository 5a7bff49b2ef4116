import TauroBasics
import TauroEngine
import TauroModel

/// What a run that is resumed asks of the Delta table that it stored in.
struct DeltaRestoring {
    private let dataset: DatasetDefinition
    private let engine: any Engine

    init(_ dataset: DatasetDefinition, _ engine: any Engine) {
        self.dataset = dataset
        self.engine = engine
    }

    /// What a commit stored; nil where it did not.
    func stored(by commit: CommitIdentity) throws -> StoredOutput? {
        guard let (record, _) = try record(), record.generation(of: commit) == commit.generation else { return nil }
        return try record.output(of: commit)
    }

    /// Why what was stored is not there as it was, as the end of a sentence; nil where it is.
    ///
    /// Files that others have only put together into larger ones are no trouble: their rows are there.
    func trouble(with output: StoredOutput, _ commit: CommitIdentity) throws -> String? {
        if dataset.writeMode == .ignore, output.record.files == 0 { return nil }
        guard let (record, directory) = try record() else { return "its Delta table is gone" }
        guard record.generation(of: commit) == commit.generation else {
            return "the log of its Delta table does not name the commit any more"
        }
        let known: [FileSeal] = if case .files(let seals) = output.seal { seals } else { [] }
        let files = try record.files(of: commit)
        for file in files {
            if record.state.removed[file.key]?.json["dataChange"] == false { continue }
            if record.state.files[file.key] == nil { return "\(file.path) is not in the table as it was stored" }
            let seal = known.first { $0.path == file.plainPath } ?? file.seal
            if let trouble = try seal?.trouble(in: directory) ?? file.missing(in: directory) { return trouble }
        }
        let paths = Set(files.map(\.plainPath))
        return known.first { !paths.contains($0.path) }.map { "\($0.path) is not in the table any more" }
    }

    /// The result that was stored; nil where its files do not give it back as it was.
    func restore(_ output: StoredOutput, _ commit: CommitIdentity) throws -> Frame? {
        guard case .files(let seals) = output.seal, !seals.isEmpty, let (record, directory) = try record(),
            record.generation(of: commit) == commit.generation, let columns = try record.exactColumns(of: commit)
        else { return nil }
        // Files that others have put together into larger ones are there until somebody cleans up, and nobody looks after them.
        let kept = Set(record.state.files.values.map(\.plainPath))
        for seal in seals where !kept.contains(seal.path) {
            if try seal.trouble(in: directory) != nil { return nil }
        }
        let files = seals.map { FilePath.join(directory, $0.path) }
        let frame = try engine.open(ReadRequest(format: .parquet, files: files))
        return ExactColumns.mark(of: try frame.schema()) == columns ? frame : nil
    }

    /// Whether `restore` gives a result back as it is: into a table that is divided, rows go in another order.
    func restoresExactly(_ frame: Frame) -> Bool {
        let said = dataset.layout.partition.map(\.value)
        let partition = said.isEmpty ? ((try? record())??.record.state.metadata?.partition ?? []) : said
        return dataset.writeMode != .ignore && columns(of: frame, dividedBy: partition) != nil
    }

    /// By what the columns of a result are known again that comes back as it is; nil where it does not.
    ///
    /// Without a row it has no file to come from.
    func columns(of frame: Frame, dividedBy partition: [String]) -> String? {
        guard partition.isEmpty, let rows = frame.rowCount, rows > 0, let schema = try? frame.schema() else {
            return nil
        }
        return ExactColumns(files: .delta, engine: engine).mark(of: schema)
    }

    /// What the table's log says, and the directory of the table; nil where there is no table.
    private func record() throws -> (record: DeltaRecord, directory: String)? {
        let place = try DeltaPlace(of: dataset)
        guard let log = try place.log() else { return nil }
        let state = try DeltaOutput.state(place, dataset, engine, CancellationToken())
        return (DeltaRecord(log: log, state: state, dataset: dataset), place.path)
    }
}

extension DeltaFile {
    /// Why the file of which no more is known than its size is not there, as the end of a sentence; nil where it is.
    fileprivate func missing(in directory: String) -> String? {
        let place = FilePath.join(directory, plainPath)
        guard let found = try? FileSystem.size(of: place) else { return "\(plainPath) is missing" }
        return found == size ? nil : "\(plainPath) has \(found) bytes, and \(size) were stored"
    }
}
