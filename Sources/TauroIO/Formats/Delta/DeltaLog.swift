import TauroBasics

/// The log of a Delta table: which versions can be read, and when each was committed.
///
/// Layout: the Delta Transaction Log Protocol, sections "Delta Log Entries" and "Checkpoints" (PROTOCOL.md of delta-io).
struct DeltaLog {
    /// Why a version can not be read.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// The name of the log's directory in that of the table.
    static let directoryName = "_delta_log"

    let directory: String
    /// Versions with a commit's file, ascending.
    let commits: [Int64]
    /// Versions whose whole state lies in a checkpoint, ascending.
    let checkpoints: [Int64]
    /// All files of commits and checkpoints.
    let files: [DeltaLogFile]

    /// Lists the log of the table in `table`.
    init(of table: String) throws(SystemError) {
        let directory = FilePath.join(table, DeltaLog.directoryName)
        self.init(directory, names: try FileSystem.list(directory))
    }

    /// A log whose directory, which may be on a server, holds files of these names.
    init(_ directory: String, names: [String]) {
        self.directory = directory
        files = names.compactMap { DeltaLogFile($0) }
        commits = files.filter { $0.kind == .commit }.map(\.version).sorted()
        checkpoints = DeltaLogFile.wholeCheckpoints(files).sorted()
    }

    /// The file of a version's commit.
    func commitFile(_ version: Int64) -> String { FilePath.join(directory, DeltaLogFile.commitName(version)) }

    /// The newest version; nil where the log is empty.
    var newest: Int64? { [commits.last, checkpoints.last].compactMap(\.self).max() }

    /// The oldest version whose state is still there; nil where the log is empty, or lacks its beginning.
    private var oldest: Int64? { commits.first == 0 ? 0 : checkpoints.first }

    /// Makes sure that everything a version's state is made of is there: the newest checkpoint before it, and all commits
    /// since.
    func check(_ version: Int64) throws(Problem) {
        guard let oldest, let newest else { throw Problem(description: "its log \(directory) has no first version") }
        guard version <= newest else {
            throw Problem(description: "there is no version \(version); its versions are \(oldest) to \(newest)")
        }
        guard version >= oldest else {
            throw Problem(description: "version \(version) is gone; its versions are \(oldest) to \(newest)")
        }
        let there = Set(commits)
        for next in ((checkpoints.last { $0 <= version } ?? -1) + 1)..<(version + 1) where !there.contains(next) {
            try checkLate(next)
        }
    }

    /// Makes sure that a commit is there that the list of the log's files does not have: one that was made while they were
    /// listed may be missing, and a later one not.
    func checkLate(_ version: Int64) throws(Problem) {
        let file = commitFile(version)
        if !FileSystem.exists(file) {
            throw Problem(description: "its log has a gap: \(file) is missing; put the file back")
        }
    }

    /// The version that was the newest at a moment.
    ///
    /// A commit's time is what it says of itself where the table keeps such times, else when its file was last written
    /// (section "Commit Timestamps"); clocks that went back count as standing still.
    func version(at moment: Timestamp) throws -> Int64 {
        var found: Int64?
        var time = Int64.min
        for commit in commits {
            let own = try committed(commit).millisecondsSinceEpoch
            time = time == .min ? own : max(own, time + 1)
            if time > moment.millisecondsSinceEpoch {
                if found != nil { break }
                let first = Timestamp(millisecondsSinceEpoch: time)
                throw Problem(description: "nothing is known of it at \(moment): version \(commit) is of \(first)")
            }
            found = commit
        }
        guard let found else { throw Problem(description: "its log \(directory) has no commit") }
        return found
    }

    private func committed(_ version: Int64) throws -> Timestamp {
        let file = commitFile(version)
        let beginning = try FileSystem.readBeginning(of: file, atMost: 64 << 10)
        let line = String(decoding: beginning.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        if case .integer(let time)? = (try? JSONValue(parsing: line))?["commitInfo"]?["inCommitTimestamp"] {
            return Timestamp(millisecondsSinceEpoch: time)
        }
        return Timestamp(millisecondsSinceEpoch: try FileSystem.fileStatus(of: file).stamp.modified / 1_000_000)
    }

    /// The first line of a commit that is no JSON, among those that a version's state is made of.
    func brokenLine(upTo version: Int64) -> String? {
        let start = checkpoints.last { $0 <= version } ?? -1
        for commit in commits where commit > start && commit <= version {
            let file = commitFile(commit)
            guard let text = try? FileSystem.readText(file) else { return file }
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if !line.isEmpty, (try? JSONValue(parsing: String(line))) == nil { return "\(file):\(number + 1)" }
            }
        }
        return nil
    }
}
