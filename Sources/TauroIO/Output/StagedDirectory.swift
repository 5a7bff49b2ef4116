import TauroBasics
import TauroModel

/// A directory filled aside and then put in place in one step, so that no reader sees half a dataset.
struct StagedDirectory {
    /// Where the files are written.
    let path: String
    private let target: String

    /// Makes the empty directory beside its target, on the same file system.
    init(for target: String, commit: CommitIdentity) throws {
        let name = ".\(FilePath.name(target)).staging-\(commit.runID)-\(commit.node)"
        self.target = target
        self.path = FilePath.join(FilePath.parent(target), name)
        try FileSystem.removeTree(path)
        try FileSystem.makeDirectories(path)
    }

    /// Takes the target's place; what was there is removed.
    ///
    /// - Throws: `SystemError` that is `isExistingPath` when the target exists and may not be replaced.
    func commit(replacing: Bool) throws {
        if replacing && FileSystem.exists(target) {
            try FileSystem.exchange(path, with: target)
            try FileSystem.removeTree(path)
        } else {
            try FileSystem.renameWithoutReplacing(path, to: target)
        }
    }

    /// Throws away what was written.
    func discard() {
        // The directory is ours and known by its name: what can not be removed now is only litter.
        try? FileSystem.removeTree(path)
    }
}
