import TauroBasics
import TauroModel

/// Finds out what a commit stored that is in a Delta table already.
struct DeltaRecord {
    let log: DeltaLog
    let state: DeltaState

    /// What a commit stored; nil where it is not in the table.
    ///
    /// Its own line in the log says it. Once that is gone, as happens behind a checkpoint, it is what is left of its files.
    func record(of commit: CommitIdentity, _ dataset: DatasetDefinition) throws -> OutputRecord? {
        let application = DeltaCommit.application(commit)
        guard state.transactions[application] != nil else { return nil }
        for version in log.commits.reversed() {
            let actions = try DeltaAction.all(in: log.commitFile(version))
            let isIt = actions.contains {
                if case .transaction(let own) = $0 { own.application == application } else { false }
            }
            if !isIt { continue }
            return record(dataset, actions.compactMap { if case .add(let file) = $0 { file } else { nil } })
        }
        return record(dataset, state.sortedFiles.filter { $0.json["tags"]?[DeltaCommit.tag]?.text == application })
    }

    private func record(_ dataset: DatasetDefinition, _ files: [DeltaFile]) -> OutputRecord {
        OutputRecord(
            dataset,
            rows: files.reduce(0) { $0 + ($1.rows ?? 0) },
            bytes: files.reduce(0) { $0 + $1.size },
            files: files.count
        )
    }
}
