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
            let file = try take(operation)
            let record = try readRecord()
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

    /// Keeps others away from the run for as long as the result lives, to remove it.
    ///
    /// - Throws: `ResourceError` where a host that lives has it; `SystemError`.
    func claim() throws -> (any Sendable)? {
        do {
            return try take("remove run '\(run)'")
        } catch let error as SystemError where error.isMissingPath {
            // It has no journal; whoever is about to make one has the directory.
            if let lock = try DirectoryLock(path) { return lock }
            throw held(by: nil, "remove run '\(run)'")
        } catch is UnreadableRun {
            return nil
        }
    }

    /// The journal, locked.
    private func take(_ operation: String) throws -> AppendFile {
        guard let file = try AppendFile(journalPath, making: false) else { throw held(by: lastHost(), operation) }
        // Who looks at others' files without a lock must not touch them before it knows that they are gone.
        if !file.isLocked {
            let content = try readContent()
            if content.isHeld(.unknown) { throw held(by: content.lastHost, operation) }
        }
        return file
    }

    /// Why the run can not be taken.
    private func held(by host: RunHost?, _ operation: String) -> ResourceError {
        let who = host.map { ": \($0.introduction)" } ?? ", which has not said yet who it is"
        return ResourceError(
            operation: operation,
            message: "another host has run '\(run)'\(who); wait until it has come to its end, or stop that process, "
                + "then \(operation) again"
        )
    }

    /// The host that has the run, as far as its journal can be read.
    private func lastHost() -> RunHost? { (try? readContent())?.lastHost }
}
