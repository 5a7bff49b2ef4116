import TauroBasics
import TauroModel

/// Finds out what a commit stored that is in a Delta table already.
struct DeltaRecord {
    let log: DeltaLog
    let state: DeltaState
    let dataset: DatasetDefinition

    /// Which generation of a run's node stored last; nil where none did.
    func generation(of commit: CommitIdentity) -> Int? {
        state.transactions[DeltaCommit.application(commit)].map { Int($0.version) }
    }

    /// What a commit stored, or a later generation of it; nil where neither is in the table.
    func output(of commit: CommitIdentity) throws -> StoredOutput? {
        guard let generation = generation(of: commit), generation >= commit.generation else { return nil }
        let files = try files(of: commit)
        let seals = files.compactMap(\.seal)
        let record = OutputRecord(
            dataset,
            rows: files.reduce(0) { $0 + ($1.rows ?? 0) },
            bytes: files.reduce(0) { $0 + $1.size },
            files: files.count
        )
        // An earlier version of this program did not say what is in its files.
        return StoredOutput(record, seal: seals.count == files.count ? .files(seals) : .commit)
    }

    /// The files that the last generation of a commit added, whatever became of them.
    ///
    /// Its own line in the log says it. Once that is gone, as happens behind a checkpoint, it is what is left of its files.
    func files(of commit: CommitIdentity) throws -> [DeltaFile] {
        if let actions = try actions(of: commit) {
            return actions.compactMap { if case .add(let file) = $0 { file } else { nil } }
        }
        let application = DeltaCommit.application(commit)
        return state.sortedFiles.filter { $0.owner == application }
    }

    /// By what the columns of a result are known again that its files give back as it was; nil where they do not, or the log does not say it any more.
    func exactColumns(of commit: CommitIdentity) throws -> String? {
        for case .commitInfo(let info) in try actions(of: commit) ?? [] { return info[DeltaCommit.exactColumns]?.text }
        return nil
    }

    /// What the version of a commit says; nil where the log has it no more.
    private func actions(of commit: CommitIdentity) throws -> [DeltaAction]? {
        guard let last = state.transactions[DeltaCommit.application(commit)] else { return nil }
        for version in log.commits.reversed() {
            let actions = try DeltaAction.all(in: log.commitFile(version))
            let isIt = actions.contains {
                if case .transaction(let own) = $0 {
                    own.application == last.application && own.version == last.version
                } else {
                    false
                }
            }
            if isIt { return actions }
        }
        return nil
    }
}
