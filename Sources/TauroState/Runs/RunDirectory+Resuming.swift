import TauroBasics
package import TauroModel

/// A run that this process has taken over from a host that is gone.
package struct ResumedRun: Sendable {
    /// What became of it so far.
    package let history: RunHistory
    /// Where to go on.
    ///
    /// Holds the run for as long as it lives. The first entry is to be `hostBegan`.
    package let journal: JournalFile
}

extension RunDirectory {
    /// Takes over the run.
    ///
    /// What the journal's last host was writing when it died is cut off.
    ///
    /// - Throws: `ResourceError` where there is no such run, a host that lives has it, or its files can not be understood.
    package func resume(durability: Durability) throws(ResourceError) -> ResumedRun {
        let operation = "resume run '\(run)'"
        try checkExists(operation)
        do {
            guard let file = try AppendFile(journalPath, making: false) else { throw held(by: lastHost()) }
            let record = try readRecord()
            // Who looks at others' files without a lock must not write before it knows that they are gone.
            if !file.isLocked { try checkNobodyHas(file) }
            let (journal, content) = try JournalFile.open(file, durability: durability)
            let history = HistoryBuilder.history(
                of: record,
                content.entries,
                isHeld: false,
                unknownLines: content.unknownLines
            )
            guard let history else { throw notBegun }
            return ResumedRun(history: history, journal: journal)
        } catch let error as ResourceError {
            throw error
        } catch let error as SystemError where error.isMissingPath {
            throw ResourceError(operation: operation, message: notBegun.reason)
        } catch {
            throw ResourceError(operation: operation, message: "\(error)")
        }
    }

    /// Why the run can not be taken.
    func held(by host: RunHost?) -> ResourceError {
        let who = host.map { ": \($0.introduction)" } ?? ", which has not said yet who it is"
        return ResourceError(
            operation: "resume run '\(run)'",
            message: "another host has run '\(run)'\(who); wait until it has come to its end, or stop that process, "
                + "then resume the run again"
        )
    }

    private func checkNobodyHas(_ file: AppendFile) throws {
        let content: JournalContent
        do {
            content = try JournalContent(file.read())
        } catch let error as JournalDamage {
            throw error.resourceError(path: journalPath)
        }
        if content.isHeld(.unknown) { throw held(by: content.lastHost) }
    }

    /// The host that has the run, as far as its journal can be read.
    private func lastHost() -> RunHost? {
        guard let bytes = try? FileSystem.read(journalPath) else { return nil }
        return (try? JournalContent(bytes))?.lastHost
    }
}
