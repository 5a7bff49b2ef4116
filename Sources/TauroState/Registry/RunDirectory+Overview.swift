import TauroBasics
import TauroModel

extension RunDirectory {
    /// What a list says of the run: from the beginning of its record, and both ends of its journal.
    func overview() throws(UnreadableRun) -> RunOverview {
        let head = try readHead()
        // Before the journal is read: a host that comes to its end meanwhile has said so in it.
        let lock = try lockState()
        let ends: JournalEnds
        do {
            ends = try JournalEnds(journalPath)
        } catch {
            if error.isMissingPath { throw notBegun }
            throw UnreadableRun("\(error)")
        }
        guard case .hostBegan(let host) = ends.first else { throw notBegun }
        let isHeld = lock == .unknown ? try readContent().isHeld(lock) : lock == .held
        return RunOverview(
            id: run,
            pipeline: head.pipeline,
            kind: head.kind,
            status: RunHistory.Status(ends.ending?.status, isHeld: isHeld),
            host: host,
            ending: ends.ending,
            lastEntryAt: ends.lastEntryAt ?? host.beganAt
        )
    }

    private func readHead() throws(UnreadableRun) -> RecordHead {
        let bytes: [UInt8]
        do {
            bytes = try FileSystem.readBeginning(of: recordPath, atMost: RecordHead.size)
        } catch {
            throw notRead(error)
        }
        let head = try RecordHead(bytes)
        try check(head.id)
        return head
    }
}
