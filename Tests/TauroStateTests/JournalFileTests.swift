import Glibc
import TauroBasics
import TauroModel
import TauroState
import TauroTesting
import Testing

/// What a journal does with its file.
@Suite struct JournalFileTests {
    private let entries: [JournalEntry]

    init() {
        var random = RandomEntries(seed: TestSeed.value &+ 7)
        entries = random.entries(5)
    }

    @Test func aBatchIsOneWrite() throws {
        let store = MemoryStore()
        let journal = try JournalFile.open(store, durability: .process).journal
        try journal.append(Array(entries[..<3]))
        try journal.append([])
        try journal.append(Array(entries[3...]))
        #expect(store.now.appends == 2)
        #expect(store.now.synchronizations == 0)
        #expect(store.now.nameSynchronizations == 0)
    }

    @Test func againstALossOfPowerEachBatchIsSynchronised() throws {
        let store = MemoryStore()
        let journal = try JournalFile.open(store, durability: .power).journal
        try journal.append(Array(entries[..<3]))
        try journal.append(Array(entries[3...]))
        #expect(store.now.synchronizations == 2)
        #expect(store.now.nameSynchronizations == 1)
    }

    @Test func shortAndInterruptedWritesGoOn() throws {
        let store = MemoryStore(answers: [.part(1), .failure(EINTR), .part(30), .failure(EINTR)])
        try JournalFile.open(store, durability: .process).journal.append(entries)
        #expect(try JournalContent(store.now.bytes).entries == entries)
        #expect(store.now.appends == 5)
    }

    @Test(arguments: [
        (ENOSPC, "make room on its disk"), (EDQUOT, "make room on its disk"), (EIO, "see to its disk"),
        (EBADF, "see that it can be written"),
    ])
    func afterAFailedWriteNothingIsWritten(code: Int32, cure: String) throws {
        let store = MemoryStore(answers: [.all, .failure(code, after: 11)])
        let journal = try JournalFile.open(store, durability: .process).journal
        try journal.append([entries[0]])
        let error = #expect(throws: ResourceError.self) { try journal.append([entries[1]]) }
        let problem = SystemError(operation: "write", path: store.path, code: code)
        #expect(error?.operation == "write the journal \(store.path)")
        #expect(
            error?.message
                == "\(problem); the run stops, because nothing that it did from here on would be remembered: \(cure), then "
                + "go on with `--resume`"
        )
        #expect(throws: ResourceError.self) { try journal.append([entries[2]]) }
        #expect(store.now.appends == 2)
        #expect(try JournalContent(store.now.bytes).entries == [entries[0]])
    }

    @Test func aDiskThatTakesNothingIsFull() throws {
        let store = MemoryStore(answers: [.part(5), .part(0)])
        let journal = try JournalFile.open(store, durability: .process).journal
        let error = #expect(throws: ResourceError.self) { try journal.append(entries) }
        #expect(error?.message.contains("make room on its disk") == true)
    }

    @Test func afterAFailedSynchronisationNothingIsWritten() throws {
        let store = MemoryStore(synchronizeFailure: EIO)
        let journal = try JournalFile.open(store, durability: .power).journal
        #expect(throws: ResourceError.self) { try journal.append([entries[0]]) }
        #expect(throws: ResourceError.self) { try journal.append([entries[1]]) }
        #expect(store.now.appends == 1)
    }

    @Test func aTornEndIsCutBeforeAnythingIsWritten() throws {
        let store = MemoryStore(answers: [.all, .failure(ENOSPC, after: 17)])
        let journal = try JournalFile.open(store, durability: .process).journal
        try journal.append([entries[0]])
        #expect(throws: ResourceError.self) { try journal.append([entries[1]]) }
        let (next, content) = try JournalFile.open(store, durability: .process)
        #expect(content.entries == [entries[0]])
        try next.append([entries[2]])
        #expect(try JournalContent(store.now.bytes).entries == [entries[0], entries[2]])
    }
}
