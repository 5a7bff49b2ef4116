import Glibc
import TauroBasics
package import TauroModel

/// The call records of a project's runs, `.tauro/runs/<run_id>/calls`.
///
/// A record whose run died is kept under another name once it was told of, for `--resume`. Two processes may look at
/// once: each record is told by one of them.
package struct RunRecords {
    /// How many records of dead runs are kept.
    static let mostKept = 20

    private static let live = "calls"
    private static let told = "crashed.calls"

    private let root: String

    package init(project: String) {
        root = FilePath.join(project, ".tauro/runs")
    }

    /// Where the record of a living run is.
    static func path(project: String, run: String) -> String {
        RunRecords(project: project).path(run, live)
    }

    /// Looks for runs whose hosts died, and clears up what need not be kept.
    ///
    /// A record that is new is told by this process from now on.
    package func collect() -> DeadRuns {
        var runs: [DeadRun] = []
        var unreadable: [(path: String, reason: String)] = []
        // Names of runs begin with the time, so that they are in the order of their runs.
        for run in (try? FileSystem.list(root)) ?? [] {
            for (name, isNew) in [(RunRecords.live, true), (RunRecords.told, false)] {
                let path = path(run, name)
                do {
                    guard let found = try isNew ? readLive(path, run) : readTold(path, run) else { continue }
                    runs.append(found)
                    break
                } catch let error as RecordReading.Unreadable {
                    unreadable.append((path, error.reason))
                } catch {
                    unreadable.append((path, "can not be read: \((error as? SystemError)?.text ?? "\(error)")"))
                }
            }
        }
        for old in runs.dropLast(RunRecords.mostKept) where !old.isNew { forget(old.id) }
        return DeadRuns(runs: runs, unreadable: unreadable)
    }

    /// Removes the record of a dead run, and the run's directory if nothing else is in it.
    package func forget(_ run: String) { remove(run, RunRecords.told) }

    private func path(_ run: String, _ name: String) -> String {
        FilePath.join(root, FilePath.join(run, name))
    }

    private func remove(_ run: String, _ name: String) {
        let path = path(run, name)
        try? FileSystem.removeFile(path)
        rmdir(FilePath.parent(path))
    }

    private func readLive(_ path: String, _ run: String) throws -> DeadRun? {
        // The lock is held until this returns, so that nobody else tells of the run.
        guard case .abandoned(let file) = try AbandonedFile.find(path) else { return nil }
        let record = try reading(try file.read(min(Int(file.size), RecordReading.mostBytes + 1)), run)
        if !file.isLocked && isAlive(record) { return nil }
        guard let dead = record.deadRun(isNew: true) else {
            remove(run, RunRecords.live)
            return nil
        }
        // Where that fails, it is told of again.
        try? FileSystem.rename(path, to: self.path(run, RunRecords.told))
        return dead
    }

    private func readTold(_ path: String, _ run: String) throws -> DeadRun? {
        guard try FileSystem.kindWithoutFollowing(path) == .file else { return nil }
        guard try FileSystem.size(of: path) <= RecordReading.mostBytes else {
            throw RecordReading.Unreadable(reason: "is larger than one can be")
        }
        return try reading(try FileSystem.read(path), run).deadRun(isNew: false)
    }

    private func reading(_ bytes: [UInt8], _ run: String) throws(RecordReading.Unreadable) -> RecordReading {
        let record = try RecordReading(bytes)
        if record.run != run { throw RecordReading.Unreadable(reason: "belongs to another run") }
        return record
    }

    /// Whether a host seems to live, where no lock can tell.
    private func isAlive(_ record: RecordReading) -> Bool {
        record.boot == BootIdentifier.current() && (kill(record.process, 0) == 0 || errno == EPERM)
    }
}
