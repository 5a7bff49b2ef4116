import TauroBasics
import TauroModel

/// The directory that an output takes the place of: where it really is, and whether it may be replaced.
struct OutputDirectory {
    /// The directory itself where the output's path is a link to it.
    let path: String
    private let dataset: DatasetDefinition

    /// Whether nothing is in the output's place, so that all is well with it.
    static func isFree(for dataset: DatasetDefinition) throws(SystemError) -> Bool {
        try FileSystem.kindWithoutFollowing(dataset.path.value) == nil
    }

    /// Follows the output's path.
    ///
    /// - Throws: `DatasetError` where it is a link to nothing, `SystemError` where it can not be looked at.
    init(of dataset: DatasetDefinition) throws {
        let path = dataset.path.value
        self.dataset = dataset
        guard let kind = try FileSystem.kindWithoutFollowing(path) else {
            self.path = path
            return
        }
        if kind == .symbolicLink, !FileSystem.exists(path) {
            throw DatasetError(
                .unwritable,
                "output '\(dataset.id)': \(path) is a link to something that does not exist; "
                    + "make the directory it names or remove the link"
            )
        }
        self.path = try FileSystem.realPath(path)
    }

    /// Whether nothing is to be stored by a commit, because something is and the output is to be left alone then.
    func isLeftAlone(by commit: CommitIdentity) -> Bool {
        dataset.writeMode == .ignore && FileSystem.isDirectory(path) && !isOnly(of: commit)
    }

    /// Whether stored rows stay beside new ones, so that it matters which commits they came from.
    var keepsRows: Bool { dataset.writeMode == .append || dataset.layout.overwriteStrategy != nil }

    /// Whether all that is here was stored by one node of one run, which therefore may store it anew.
    private func isOnly(of commit: CommitIdentity?) -> Bool {
        guard let commit, let commits = try? CommitManifest(storedIn: path) else { return false }
        return commits.isOnly(of: commit)
    }

    /// The files that a commit takes the place of: those that an earlier generation of it added.
    ///
    /// By their names where nothing else tells: no other node of a run stores here.
    func files(replacedBy commit: CommitIdentity, _ commits: CommitManifest) throws -> Set<String> {
        if commit.generation == 1 { return [] }
        if let added = commits.entry(ofNode: commit)?.added { return Set(added.map(\.path)) }
        return Set(try OutputFiles.paths(ofRun: commit.runID, in: path))
    }

    /// The commits that took their place here.
    ///
    /// - Throws: `DatasetError` where they can not be understood, unless no rows stay that one of them could double.
    func commits() throws -> CommitManifest {
        do {
            return try CommitManifest(storedIn: path)
        } catch is DatasetError where !keepsRows {
            return CommitManifest()
        }
    }

    /// A directory may be replaced only if it holds nothing but a dataset's files: never somebody's other data.
    ///
    /// Reads only. What the node of `commit` has stored in the same run is not in its way.
    ///
    /// - Throws: `DatasetError` that says what is in the way and what to do.
    func checkReplaceable(by commit: CommitIdentity?) throws {
        guard FileSystem.exists(path) else { return }
        let shown = dataset.path.value
        if dataset.writeMode == .error, !isOnly(of: commit) {
            throw DatasetError(
                .alreadyExists,
                "output '\(dataset.id)' exists already in \(shown), and its write_mode is error; "
                    + "remove it or use write_mode: overwrite or append"
            )
        }
        guard FileSystem.isDirectory(path) else {
            throw DatasetError(.unwritable, "\(shown) is a file; an output is a directory: move the file away")
        }
        if dataset.writeMode == .ignore, !isOnly(of: commit) { return }
        try checkOurs(path, shownBelow: "")
    }

    private func checkOurs(_ directory: String, shownBelow prefix: String) throws {
        for name in try FileSystem.list(directory) {
            let kind = try FileSystem.kindWithoutFollowing(FilePath.join(directory, name))
            if kind == .directory {
                guard HiveDirectory.isOne(name) else { throw foreign("directory", prefix + name) }
                try checkOurs(FilePath.join(directory, name), shownBelow: "\(prefix)\(name)/")
            } else if kind != nil, !OutputFileName.isOurs(name) {
                throw foreign("file", prefix + name)
            }
        }
    }

    private func foreign(_ kind: String, _ name: String) -> DatasetError {
        DatasetError(
            .unwritable,
            "\(dataset.path.value) holds the \(kind) '\(name)', which is not part of output '\(dataset.id)' and would "
                + "be lost; give the output an id of its own or move the \(kind) away"
        )
    }
}
