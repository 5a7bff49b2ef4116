import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// What a run that is resumed asks of the files that it stored.
extension FileOutput {
    /// What a commit stored; nil where it did not.
    func stored(by commit: CommitIdentity) throws -> StoredOutput? {
        let directory = try OutputDirectory(of: dataset)
        guard let entry = try directory.commits().entry(of: commit) else { return nil }
        return try output(of: entry, in: directory)
    }

    /// Why what was stored is not there as it was, as the end of a sentence; nil where it is.
    func trouble(with output: StoredOutput, _ commit: CommitIdentity) throws -> String? {
        let directory = try OutputDirectory(of: dataset)
        guard case .files(let seals) = output.seal else {
            return output.record.files == 0 ? nil : "which files it has is not known any more"
        }
        for seal in seals {
            if let trouble = try seal.trouble(in: directory.path) { return trouble }
        }
        // Without the entry nobody would know that the rows are stored, and they could be added again.
        let isNoted = (try? CommitManifest(storedIn: directory.path))?.entry(of: commit) != nil
        if dataset.writeMode == .append, !seals.isEmpty, !isNoted {
            return "\(CommitManifest.fileName) does not name the commit any more"
        }
        return nil
    }

    /// The result that was stored; nil where its files do not give it back as it was.
    func restore(_ output: StoredOutput, _ commit: CommitIdentity) throws -> Dataset? {
        let directory = try OutputDirectory(of: dataset)
        guard case .files(let seals) = output.seal, !seals.isEmpty,
            let entry = try? directory.commits().entry(of: commit)
        else { return nil }
        if let mediaType = entry.mediaType {
            return .artifact(try ArtifactStore.copy(in: directory.path, mediaType: mediaType))
        }
        guard let columns = entry.columns else { return nil }
        let parts = seals.map(\.path).filter { !OutputFileName.describes($0) }
        let files = parts.map { FilePath.join(directory.path, $0) }
        let frame = try engine.open(ReadRequest(format: try format().bulk, files: files))
        return ExactColumns.mark(of: try frame.schema()) == columns ? .frame(frame) : nil
    }

    /// Whether `restore` gives a result back as it is.
    func restoresExactly(_ result: Dataset) -> Bool {
        // What is left alone is no result of this run.
        if dataset.writeMode == .ignore { return false }
        switch result {
        case .artifact: return true
        case .frame(let frame): return exactColumns(of: frame) != nil
        }
    }

    /// By what the columns of a result are known again that comes back as it is; nil where it does not.
    ///
    /// One that is divided into directories does not: its rows come back in another order.
    func exactColumns(of frame: Frame) -> String? {
        guard dataset.layout.partition.isEmpty,
            let files = ExactColumns.Files(TableFormat.named(dataset.format.value)?.bulkFormat),
            let schema = try? frame.schema()
        else { return nil }
        return ExactColumns(files: files, engine: engine).mark(of: schema)
    }

    /// What an entry says was stored, with the files that it is known by.
    func output(of entry: CommitEntry, in directory: OutputDirectory) throws -> StoredOutput {
        StoredOutput(record(of: entry), seal: try seal(of: entry, in: directory.path))
    }

    func record(of entry: CommitEntry) -> OutputRecord {
        let usual = entry.rows == nil ? ArtifactStore.unknownMediaType : dataset.format.value
        return OutputRecord(
            id: dataset.id,
            format: entry.mediaType ?? usual,
            path: dataset.path.value,
            rows: entry.rows,
            bytes: entry.bytes,
            files: entry.files
        )
    }

    /// An earlier version of this program did not note the files: then they are those whose names carry the run, where as
    /// many with as many bytes are there.
    private func seal(of entry: CommitEntry, in directory: String) throws -> OutputSeal {
        if let added = entry.added { return .files(added) }
        let names = entry.rows == nil ? ArtifactStore.fileNames : []
        let parts = try OutputFiles.paths(ofRun: entry.commit.runID, in: directory)
        let found = try OutputFiles.seals(
            of: parts + names.filter { FileSystem.exists(FilePath.join(directory, $0)) },
            in: directory
        )
        let bytes = found.filter { $0.path != ArtifactStore.descriptionName }.reduce(0) { $0 + $1.size }
        let count = entry.rows == nil ? found.count - 1 : found.count
        return count == entry.files && bytes == entry.bytes ? .files(found) : .none
    }
}
