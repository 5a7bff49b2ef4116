import TauroBasics
import TauroModel
import TauroState
import TauroTesting
import Testing

/// What is written is read again.
@Suite struct JournalRoundTripTests {
    private static let moment = Timestamp(millisecondsSinceEpoch: 1_767_225_600_123)

    /// What a journal's file holds after these entries.
    private func bytes(_ entries: [JournalEntry]) throws -> [UInt8] {
        let store = MemoryStore()
        try JournalFile.open(store, durability: .process).journal.append(entries)
        return store.now.bytes
    }

    @Test func randomEntriesComeBack() throws {
        var random = RandomEntries(seed: TestSeed.value)
        let entries = random.entries(TestSeed.isLong ? 20_000 : 1000)
        let content = try JournalContent(bytes(entries))
        #expect(content.entries == entries)
        #expect(content.lines == entries.count)
        #expect(content.unknownLines == 0)
    }

    @Test func eachLineIsOneJSONObject() throws {
        var random = RandomEntries(seed: TestSeed.value &+ 1)
        let lines = try bytes(random.entries(200)).split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 200)
        for (index, line) in lines.enumerated() {
            let json = try JSONValue(parsing: Array(line))
            #expect(json["seq"] == .integer(Int64(index + 1)))
        }
    }

    @Test func aLineReadsAsPeopleExpect() throws {
        let entry = JournalEntry.nodeStarted(node: "a \"b\"\n", attempt: 1, generation: 2, at: Self.moment)
        let line = String(decoding: try bytes([entry]), as: UTF8.self)
        let rest =
            #""seq":1,"at":"2026-01-01T00:00:00.123Z","event":"node_started","node":"a \"b\"\n","attempt":1,"#
            + #""generation":2}"#
        let sum = String(XXH64.hash(Array(rest.utf8)), radix: 16)
        let digits = String(repeating: "0", count: 16 - sum.count) + sum
        #expect(line == "{\"sum\":\"\(digits)\",\(rest)\n")
    }

    @Test func aMetricThatIsNoNumberComesBackAsSuch() throws {
        let completion = NodeCompletion(attempt: 1, at: Self.moment, seconds: -.nan, metrics: ["loss": .nan])
        let content = try JournalContent(bytes([.nodeCompleted(node: "n", completion)]))
        guard case .nodeCompleted(_, let read) = content.entries.first else {
            Issue.record("no completion: \(content.entries)")
            return
        }
        #expect(read.seconds.isNaN)
        #expect(read.metrics["loss"]?.isNaN == true)
    }

    @Test func numbersGoOnWhereAJournalIsTakenOver() throws {
        let store = MemoryStore()
        var random = RandomEntries(seed: TestSeed.value &+ 2)
        let entries = random.entries(6)
        for part in [entries[..<2], entries[2..<3], entries[3...]] {
            try JournalFile.open(store, durability: .process).journal.append(Array(part))
        }
        #expect(try JournalContent(store.now.bytes).entries == entries)
    }

    @Test func linesOfANewerVersionAreCountedAndSkipped() throws {
        let known = JournalEntry.nodeRestored(node: "n", at: Self.moment)
        var lines = try bytes([known])
        lines += Self.line(#""seq":2,"at":"2026-01-01T00:00:00.000Z","event":"node_dreamt","node":"n"}"#)
        lines += Self.line(#""seq":3,"at":"2026-01-01T00:00:00.000Z","event":"run_ended","status":"postponed"}"#)
        lines += Self.line(#""seq":4,"at":"2026-01-01T00:00:00.123Z","event":"node_restored","node":"n","mood":[1]}"#)
        let content = try JournalContent(lines)
        #expect(content.entries == [known, known])
        #expect(content.lines == 4)
        #expect(content.unknownLines == 2)
    }

    @Test func aNumberThatIsLeftOutIsDamage() throws {
        let lines = Self.line(#""seq":1,"event":"x"}"#) + Self.line(#""seq":3,"event":"x"}"#)
        let damage = #expect(throws: JournalDamage.self) {
            try JournalContent(lines)
        }
        #expect(damage?.line == 2)
        #expect(damage?.reason == "is the entry 3, where 2 should be")
    }

    private static func line(_ rest: String) -> [UInt8] {
        let sum = String(XXH64.hash(Array(rest.utf8)), radix: 16)
        return Array("{\"sum\":\"\(String(repeating: "0", count: 16 - sum.count))\(sum)\",\(rest)\n".utf8)
    }
}
