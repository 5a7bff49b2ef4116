import Testing

@testable import TauroModel

/// What stays in memory and what does not, decided on numbers alone.
@Suite struct FrameAccountTests {
    /// Asks for each of the buffers in turn; says which there was room for.
    private func admit(_ account: inout FrameAccount, _ wanted: [[UInt: Int]]) -> [Bool] {
        wanted.map { account.admit($0) }
    }

    @Test func whatFitsIsCountedAndWhatDoesNotIsRefused() {
        var account = FrameAccount(limit: 100)
        let answers = admit(&account, [[1: 60], [2: 40], [3: 1]])
        #expect(answers == [true, true, false], "exactly full is not too much")
        #expect(account.bytes == 100)
    }

    @Test func aRefusalCountsNothing() {
        var account = FrameAccount(limit: 100)
        let answers = admit(&account, [[1: 60, 2: 60], [1: 60]])
        #expect(answers == [false, true])
        #expect(account.bytes == 60)
        #expect(account.peak == 60)
    }

    @Test func whatIsHeldAlreadyNeedsNoRoom() {
        var account = FrameAccount(limit: 100)
        account.hold([1: 80, 2: 80])
        let answers = admit(&account, [[1: 80], [1: 80, 3: 8]])
        #expect(answers == [true, false], "although frames hold more than they may")
        account.release([1])
        #expect(account.bytes == 160, "the other still holds it")
    }

    @Test func whatIsLetGoMakesRoom() {
        var account = FrameAccount(limit: 100)
        let first = admit(&account, [[1: 100], [2: 100]])
        account.release([1])
        let second = admit(&account, [[2: 100]])
        #expect(first + second == [true, false, true])
        #expect(account.peak == 100)
    }

    @Test func whatIsInMemoryIsCountedWhateverTheLimit() {
        var account = FrameAccount(limit: 0)
        account.hold([1: 10])
        let answers = admit(&account, [[2: 1]])
        #expect(answers == [false])
        account.release([1, 1, 7])
        #expect(account.bytes == 0, "and what nobody holds can not be let go")
    }
}
