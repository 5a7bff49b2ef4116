import TauroBasics
package import TauroModel

/// Where a run's files are: below `.tauro/runs/<run id>` of its project.
///
/// `plan.json` says what the run is, `journal.jsonl` what became of it. Other files are other rooms'.
package struct RunDirectory: Sendable, Hashable {
    /// The run's id.
    package let run: String
    /// The directory's absolute path.
    package let path: String

    /// The directory of a run of a project; nothing is made.
    package init(project: String, run: String) {
        self.run = run
        path = FilePath.join(RunDirectory.root(of: project), run)
    }

    /// Where the directories of a project's runs are.
    package static func root(of project: String) -> String { FilePath.join(project, ".tauro/runs") }

    /// The run's record.
    package var recordPath: String { FilePath.join(path, "plan.json") }

    /// The run's journal.
    package var journalPath: String { FilePath.join(path, "journal.jsonl") }

    /// Makes the directory of a new run, and its journal, in which nothing is yet and which this process holds for as long
    /// as it has the journal.
    ///
    /// - Throws: `ResourceError` where there is a run of that id already, or the directory can not be made; nothing of it is
    ///   left then.
    package func create(_ record: RunRecord, durability: Durability) throws(ResourceError) -> JournalFile {
        try makeDirectory()
        do {
            return try fill(record, durability)
        } catch {
            try? FileSystem.removeTree(path)
            throw (error as? ResourceError) ?? notMade("\(error)")
        }
    }

    /// Puts another record in the place of the run's, in one step: for a host that resumes it with a plan that changed.
    ///
    /// - Throws: `ResourceError`; the old record is untouched then.
    package func replaceRecord(_ record: RunRecord, durability: Durability) throws(ResourceError) {
        do {
            try write(record, durability)
        } catch {
            throw ResourceError(
                operation: "write the record of run '\(run)'",
                message: "\(error); see that the directory of the run may be written, with room on its disk"
            )
        }
    }

    private func makeDirectory() throws(ResourceError) {
        do {
            try FileSystem.makeDirectories(FilePath.parent(path))
        } catch {
            throw notMade("\(error)")
        }
        do {
            try FileSystem.makeNewDirectory(path)
        } catch {
            throw error.isExistingPath ? existing : notMade("\(error)")
        }
    }

    private func fill(_ record: RunRecord, _ durability: Durability) throws -> JournalFile {
        // Keeps those away who remove what no run owns; without locks they leave everything.
        let lock = try? DirectoryLock(path)
        defer { withExtendedLifetime(lock) {} }
        try write(record, durability)
        guard let file = try AppendFile(journalPath, making: true) else {
            throw notMade("another process has the lock of \(journalPath)")
        }
        if durability == .power { try synchronizeNames() }
        return try JournalFile.open(file, durability: durability).journal
    }

    private func write(_ record: RunRecord, _ durability: Durability) throws(SystemError) {
        try FileSystem.writeAtomically(
            record.json.text(.pretty) + "\n",
            to: recordPath,
            durable: durability == .power
        )
    }

    /// The names of this directory and of those above it that may be new.
    private func synchronizeNames() throws(SystemError) {
        let runs = FilePath.parent(path)
        for directory in [runs, FilePath.parent(runs), FilePath.parent(FilePath.parent(runs))] {
            try FileSystem.synchronizeDirectory(directory)
        }
    }

    private var existing: ResourceError {
        ResourceError(
            operation: "begin run '\(run)'",
            message: "there is a run '\(run)' already: \(path); resume it with `--resume \(run)`, or choose another id"
        )
    }

    private func notMade(_ reason: String) -> ResourceError {
        ResourceError(
            operation: "begin run '\(run)'",
            message:
                "\(reason); see that \(FilePath.parent(path)) is a directory that you may write, with room on its disk"
        )
    }
}
