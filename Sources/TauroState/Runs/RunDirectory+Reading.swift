import TauroBasics
package import TauroModel

extension RunDirectory {
    /// What is known of the run; the host that has it, if one does, is not disturbed.
    ///
    /// - Throws: `ResourceError` where there is no such run, or its files can not be understood.
    package func history() throws(ResourceError) -> RunHistory {
        try checkExists("read run '\(run)'")
        do {
            return try readHistory()
        } catch {
            throw ResourceError(operation: "read run '\(run)'", message: error.reason)
        }
    }

    /// What is known of the run.
    func readHistory() throws(UnreadableRun) -> RunHistory {
        let record = try readRecord()
        let wasHeld = try lockState()
        let content = try readContent()
        // A host may have taken the run since.
        let isHeldNow = content.isHeld(try lockState())
        let history = HistoryBuilder.history(
            of: record,
            content.entries,
            isHeld: content.isHeld(wasHeld) || isHeldNow,
            unknownLines: content.unknownLines
        )
        guard let history else { throw notBegun }
        return history
    }

    /// The run's record.
    func readRecord() throws(UnreadableRun) -> RunRecord {
        let bytes: [UInt8]
        do {
            bytes = try FileSystem.read(recordPath)
        } catch {
            throw notRead(error)
        }
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw UnreadableRun("\(recordPath) is no JSON: \(error); put back a copy of it from before it was changed")
        }
        let record = try RunRecord(json)
        try check(record.id)
        return record
    }

    /// Checks that a record is this run's.
    func check(_ id: String) throws(UnreadableRun) {
        if id != run { throw UnreadableRun("\(recordPath) is that of another run, '\(id)'") }
    }

    /// Why the record can not be read.
    func notRead(_ error: SystemError) -> UnreadableRun {
        if !error.isMissingPath { return UnreadableRun("\(error)") }
        return UnreadableRun(
            "\(path) has no plan.json, so it is no run that can be understood; remove it if you do not need it"
        )
    }

    /// Whether a host has the journal.
    func lockState() throws(UnreadableRun) -> FileLock.State {
        do {
            return try FileLock.state(of: journalPath)
        } catch {
            throw UnreadableRun("\(error)")
        }
    }

    /// That its host died before it wrote anything.
    var notBegun: UnreadableRun {
        UnreadableRun("no host has begun run '\(run)': its journal has no line that says so; run the pipeline anew")
    }

    /// - Throws: `ResourceError` where there is no such run.
    func checkExists(_ operation: String) throws(ResourceError) {
        if RunDirectory.isName(run) && FileSystem.isDirectory(path) { return }
        throw ResourceError(
            operation: operation,
            message: "there is no run '\(run)' in \(FilePath.parent(path)); `runs list` shows those there are"
        )
    }

    /// Whether a text can be a run's id: it names one directory, which is no hidden one.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return first != UInt8(ascii: ".") && !text.utf8.contains(UInt8(ascii: "/")) && !text.utf8.contains(0)
    }

    /// What is in the journal.
    func readContent() throws(UnreadableRun) -> JournalContent {
        let bytes: [UInt8]
        do {
            bytes = try FileSystem.read(journalPath)
        } catch {
            if error.isMissingPath { throw notBegun }
            throw UnreadableRun("\(error)")
        }
        do {
            return try JournalContent(bytes)
        } catch {
            throw UnreadableRun(error.resourceError(path: journalPath).message)
        }
    }
}

extension JournalContent {
    /// The host that had the run last.
    var lastHost: RunHost? {
        for case .hostBegan(let host) in entries.reversed() { return host }
        return nil
    }

    /// Whether a host that lives has the run, by what is known of the lock; where that is nothing, the host's process tells.
    func isHeld(_ lock: FileLock.State) -> Bool {
        switch lock {
        case .free: return false
        case .held: return true
        case .unknown:
            if case .runEnded = entries.last { return false }
            return lastHost?.seemsAlive ?? false
        }
    }
}
