import TauroBasics
import TauroModel

/// Which commits took their place in an output's directory, in a hidden file beside the rows.
///
/// It comes into place together with the rows, so that a commit is in it exactly when it has stored, even where another
/// has replaced its rows since.
struct CommitManifest {
    /// The name of the file in the dataset's directory; without a suffix, so that no reader takes it for rows.
    static let fileName = ".commits"

    /// How many commits are remembered where a new one replaces the rows of all.
    static let replacedLimit = 1000

    /// Of how many commits the files are remembered by name and digest; of earlier ones their names say whose they are.
    static let namedLimit = 100

    private(set) var entries: [CommitEntry] = []

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
            guard let entry = CommitEntry(commit) else { throw CommitManifest.broken(path) }
            add(entry)
        }
    }

    /// What a run's node stored, in whichever generation; nil where it did not.
    func entry(ofNode commit: CommitIdentity) -> CommitEntry? { entries.first { $0.commit.isSameNode(as: commit) } }

    /// What a commit stored; nil where it did not.
    func entry(of commit: CommitIdentity) -> CommitEntry? { entries.first { $0.commit == commit } }

    /// Whether nobody but a run's node has stored, which has.
    func isOnly(of commit: CommitIdentity) -> Bool {
        !entries.isEmpty && entries.allSatisfy { $0.commit.isSameNode(as: commit) }
    }

    /// Adds a commit as the last one, in the place of what the same node of the same run stored before.
    mutating func add(_ entry: CommitEntry) {
        entries.removeAll { $0.commit.isSameNode(as: entry.commit) }
        entries.append(entry)
    }

    /// Forgets the oldest commits, and of all but the last which files they had, so that an output that is replaced again and
    /// again does not grow.
    mutating func forgetReplaced() {
        entries = entries.suffix(CommitManifest.replacedLimit)
        forgetFiles(ofAllBut: 1)
    }

    /// Forgets which files the oldest commits had, so that an output that many add to does not grow with every file.
    mutating func forgetFiles() { forgetFiles(ofAllBut: CommitManifest.namedLimit) }

    private mutating func forgetFiles(ofAllBut count: Int) {
        for place in entries.indices.dropLast(count) {
            (entries[place].added, entries[place].columns) = (nil, nil)
        }
    }

    /// Writes the file into a directory.
    func write(to directory: String) throws {
        let description: JSONValue = ["commits": .array(entries.map(\.json))]
        try FileSystem.writeAtomically(
            description.text(.pretty),
            to: FilePath.join(directory, CommitManifest.fileName)
        )
    }

    private static func broken(_ path: String) -> DatasetError {
        DatasetError(
            .unreadable,
            "\(path) does not say which runs added to the dataset, so adding to it could store rows twice; put the file"
                + " back, or begin the dataset anew with write_mode: overwrite of all rows"
        )
    }
}
