import TauroBasics
import TauroModel
import Testing

@Suite struct RunRetentionTests {
    private static let day: Int64 = 86_400
    private static let now = RunFixture.moment(10 * day)

    private func run(
        _ id: String,
        pipeline: String = "daily",
        day: Int64,
        _ status: RunHistory.Status = .completed
    ) -> RunOverview {
        RunOverview(
            id: id,
            pipeline: pipeline,
            kind: .batch,
            status: status,
            host: RunFixture.host(at: day * Self.day),
            ending: nil,
            lastEntryAt: RunFixture.moment(day * Self.day)
        )
    }

    private var runs: [RunOverview] {
        [
            run("old", day: 1), run("older", day: 0), run("weekly", pipeline: "weekly", day: 2), run("new", day: 9),
            run("dead", day: 3, .dead), run("failed", day: 4, .failed), run("cancelled", day: 5, .cancelled),
            run("living", day: 0, .running),
        ]
    }

    private func removals(_ retention: RunRetention) -> [String] { retention.removals(among: runs, now: Self.now) }

    @Test func whereNothingIsSaidAllStay() {
        #expect(removals(RunRetention()) == [])
        #expect(removals(RunRetention(removesResumable: true)) == [])
    }

    @Test func completedRunsGoByAge() {
        #expect(removals(RunRetention(olderThan: .seconds(5 * Self.day))) == ["weekly", "old", "older"])
        #expect(removals(RunRetention(olderThan: .seconds(9 * Self.day))) == ["older"])
    }

    @Test func theNewestOfEachPipelineStay() {
        #expect(removals(RunRetention(keep: 1)) == ["old", "older"])
        #expect(removals(RunRetention(keep: 0)) == ["new", "weekly", "old", "older"])
        #expect(removals(RunRetention(keep: 100)) == [])
    }

    @Test func bothMustLetItGo() {
        #expect(removals(RunRetention(olderThan: .seconds(9 * Self.day), keep: 0)) == ["older"])
        #expect(removals(RunRetention(olderThan: .zero, keep: 5)) == ["older"])
    }

    @Test func whatCouldBeResumedGoesOnlyWhereItIsSaid() {
        let all = removals(RunRetention(keep: 0, removesResumable: true))
        #expect(all == ["new", "cancelled", "failed", "dead", "weekly", "old", "older"])
    }

    @Test func clocksThatWentBackRemoveNothing() {
        let ahead = [run("ahead", day: 20)]
        #expect(RunRetention(olderThan: .zero).removals(among: ahead, now: Self.now) == [])
    }

    @Test func theTimeInAnIdCountsMoreThanTheClockDid() {
        let runs = [run("20260102T000000001Z-000000", day: 1), run("20260102T000000000Z-ffffff", day: 2)]
        #expect(RunRetention(keep: 1).removals(among: runs, now: Self.now) == [runs[1].id])
    }
}
