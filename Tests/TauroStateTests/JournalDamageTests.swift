import TauroModel
import TauroState
import TauroTesting
import Testing

/// Whatever happens to a journal's bytes, reading gives what was written or says what is wrong.
@Suite struct JournalDamageTests {
    private let entries: [JournalEntry]
    private let bytes: [UInt8]

    init() throws {
        var random = RandomEntries(seed: TestSeed.value &+ 3)
        entries = random.entries(8)
        let store = MemoryStore()
        try JournalFile.open(store, durability: .process).journal.append(entries)
        bytes = store.now.bytes
    }

    /// Whether reading gives the beginning of what was written, or an error.
    private func isHonest(_ bytes: [UInt8]) -> Bool {
        guard let content = try? JournalContent(bytes) else { return true }
        return content.unknownLines == 0 && entries.starts(with: content.entries) && content.size <= bytes.count
    }

    @Test func cutAnywhereItGivesTheLinesBefore() throws {
        for size in 0...bytes.count {
            let content = try JournalContent(Array(bytes[..<size]))
            let ends = bytes[..<size].count { $0 == UInt8(ascii: "\n") }
            #expect(content.entries == Array(entries[..<ends]))
        }
    }

    @Test func changedBytesAreNeverBelieved() {
        var random = SeededGenerator(seed: TestSeed.value &+ 4)
        for _ in 0..<(TestSeed.isLong ? 20_000 : 500) {
            var changed = bytes
            for _ in 0...random.below(3) {
                changed[random.below(changed.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            #expect(isHonest(changed), "\(changed)")
        }
    }

    @Test func blocksOfNothingAreNeverBelieved() {
        var random = SeededGenerator(seed: TestSeed.value &+ 5)
        for _ in 0..<200 {
            var changed = bytes
            let start = random.below(changed.count)
            let end = min(changed.count, start + random.below(400))
            changed.replaceSubrange(start..<end, with: repeatElement(0, count: end - start))
            #expect(isHonest(changed))
        }
    }

    @Test func noiseIsNeverBelieved() {
        var random = SeededGenerator(seed: TestSeed.value &+ 6)
        for _ in 0..<200 { #expect((try? JournalContent(random.bytes(random.below(500))))?.entries ?? [] == []) }
    }

    @Test func aTornEndOfSeveralLinesIsNotThere() throws {
        let start = try #require(bytes.firstIndex(of: UInt8(ascii: "\n"))) + 1
        var torn = bytes
        for place in torn.indices where place >= start && torn[place] != UInt8(ascii: "\n") { torn[place] = 0 }
        #expect(try JournalContent(torn).entries == [entries[0]])
    }

    @Test func aBrokenLineInTheMiddleIsNamed() throws {
        var changed = bytes
        let second = try #require(bytes.firstIndex(of: UInt8(ascii: "\n"))) + 40
        changed[second] ^= 1
        let store = MemoryStore(changed)
        let error = #expect(throws: ResourceError.self) { try JournalFile.open(store, durability: .process) }
        #expect(
            error?.message
                == "/project/.tauro/runs/r1/journal.jsonl: line 2 is not as it was written: its sum is another; put back a "
                + "copy of the file from before it was changed, or run the pipeline anew without `--resume`"
        )
        #expect(store.now.bytes == changed)
    }
}
