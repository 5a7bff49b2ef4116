import TauroBasics
import TauroModel

/// Which commits took their place in an output's directory, in a hidden file beside the rows.
///
/// It comes into place together with the rows, so that a commit is in it exactly when it has stored, even where another
/// has replaced its rows since.
struct CommitManifest {
    /// One commit: who stored, and how much.
    struct Entry: Equatable {
        let commit: CommitIdentity
        /// Nil for an artifact.
        let rows: Int64?
        let bytes: Int64
        let files: Int
    }

    /// The commit is stored already.
    struct AlreadyStored: Error {
        let entry: Entry
    }

    /// The name of the file in the dataset's directory; without a suffix, so that no reader takes it for rows.
    static let fileName = ".commits"

    /// How many commits are remembered where a new one replaces the rows of all.
    static let replacedLimit = 1000

    private(set) var entries: [Entry] = []

    /// A manifest without a commit.
    init() {}

    /// What lies in a dataset's directory; without a commit where there is none.
    ///
    /// - Throws: `DatasetError` where it can not be understood, because then nobody knows what is stored already.
    init(storedIn directory: String) throws {
        let path = FilePath.join(directory, CommitManifest.fileName)
        guard FileSystem.exists(path) else { return }
        guard let text = try? JSONValue(parsing: FileSystem.readText(path)), case .array(let commits)? = text["commits"]
        else { throw CommitManifest.broken(path) }
        for commit in commits {
            guard case .string(let run)? = commit["run_id"], case .string(let node)? = commit["node"],
                let rows = CommitManifest.rows(commit["rows"]), case .integer(let bytes)? = commit["bytes"],
                case .integer(let files)? = commit["files"]
            else { throw CommitManifest.broken(path) }
            add(Entry(commit: CommitIdentity(runID: run, node: node), rows: rows, bytes: bytes, files: Int(files)))
        }
    }

    /// What a commit stored; nil where it did not.
    func entry(of commit: CommitIdentity) -> Entry? { entries.first { $0.commit == commit } }

    /// Adds a commit as the last one.
    mutating func add(_ entry: Entry) { entries.append(entry) }

    /// Forgets the oldest commits, so that an output that is replaced again and again does not grow.
    mutating func forgetReplaced() { entries = entries.suffix(CommitManifest.replacedLimit) }

    /// Writes the file into a directory.
    func write(to directory: String) throws {
        let commits = entries.map { entry -> JSONValue in
            [
                "run_id": .string(entry.commit.runID), "node": .string(entry.commit.node),
                "rows": entry.rows.map { .integer($0) } ?? .null, "bytes": .integer(entry.bytes),
                "files": .integer(Int64(entry.files)),
            ]
        }
        let description: JSONValue = ["commits": .array(commits)]
        try FileSystem.writeAtomically(
            description.text(.pretty),
            to: FilePath.join(directory, CommitManifest.fileName)
        )
    }

    /// The number of rows, which is null for an artifact; nil where neither is said.
    private static func rows(_ value: JSONValue?) -> Int64?? {
        switch value {
        case .integer(let rows): .some(rows)
        case .null: .some(nil)
        default: nil
        }
    }

    private static func broken(_ path: String) -> DatasetError {
        DatasetError(
            .unreadable,
            "\(path) does not say which runs added to the dataset, so adding to it could store rows twice; put the file"
                + " back, or begin the dataset anew with write_mode: overwrite of all rows"
        )
    }
}
