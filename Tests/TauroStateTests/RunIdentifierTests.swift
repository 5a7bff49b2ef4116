import TauroBasics
import TauroModel
import Testing

@Suite struct RunIdentifierTests {
    private let now = RunFixture.moment(1_800_000_000)
    private func later(by milliseconds: Int64) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch + milliseconds)
    }

    @Test func anIdBeginsWithItsTime() {
        let id = RunIdentifier.make(at: now)
        #expect(id.wholeMatch(of: /\d{8}T\d{9}Z-[0-9a-f]{6}/) != nil, "\(id)")
        #expect(RunIdentifier.time(of: id) == now)
    }

    @Test(arguments: [
        "", "r1", "20260131T10111234Z-9f3a1c", "20261331T101112345Z-9f3a1c", "20260131 101112345Z-9f3a1c",
    ])
    func otherNamesHaveNone(id: String) { #expect(RunIdentifier.time(of: id) == nil) }

    @Test func aClockThatWasSetBackDoesNotChangeTheOrder() {
        let first = RunIdentifier.make(at: now)
        let second = RunIdentifier.make(at: later(by: -86_400_000), after: RunIdentifier.time(of: first))
        #expect(RunIdentifier.time(of: second) == later(by: 1))
        let third = RunIdentifier.make(at: later(by: 500), after: RunIdentifier.time(of: second))
        #expect(RunIdentifier.time(of: third) == later(by: 500))
    }
}
