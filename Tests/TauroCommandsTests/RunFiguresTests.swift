import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroCommands

/// What is computed of a run: its times, its critical path, lanes and the axis they are drawn on.
@Suite struct RunFiguresTests {
    // MARK: The critical path

    @Test func noNodesHaveNoPath() {
        #expect(CriticalPath.places(seconds: [], dependencies: []).isEmpty)
    }

    @Test func oneNodeIsItsOwnPath() {
        #expect(CriticalPath.places(seconds: [0], dependencies: [[]]) == [0])
    }

    @Test func theLongerOfTwoChainsIsTaken() {
        // 0 → 1 → 3 takes 1 + 5 + 1, 0 → 2 → 3 takes 1 + 2 + 1, and 4 alone 6.
        let path = CriticalPath.places(seconds: [1, 5, 2, 1, 6], dependencies: [[], [0], [0], [1, 2], []])
        #expect(path == [0, 1, 3])
    }

    @Test func aNodeAloneMayTakeLongest() {
        #expect(CriticalPath.places(seconds: [1, 1, 9], dependencies: [[], [0], []]) == [2])
    }

    @Test func placesThatAreNotBeforeTheirNodeArePassedOver() {
        #expect(CriticalPath.places(seconds: [1, 1], dependencies: [[1, 0, 7, -1], []]) == [0])
    }

    @Test(arguments: [1, 2, 50, 1000])
    func noChainOfARandomGraphIsLonger(count: Int) {
        var random = SeededGenerator(seed: TestSeed.value)
        let dependencies = SampleRuns.dependencies(count: count, seed: TestSeed.value)
        let seconds = (0..<count).map { _ in Double(Int.random(in: 0...1000, using: &random)) }
        let path = CriticalPath.places(seconds: seconds, dependencies: dependencies)
        for (earlier, later) in zip(path, path.dropFirst()) { #expect(dependencies[later].contains(earlier)) }
        // The longest chain from each node on, reckoned from the end.
        var onwards = seconds
        for place in (0..<count).reversed() {
            for needed in dependencies[place] {
                onwards[needed] = max(onwards[needed], seconds[needed] + onwards[place])
            }
        }
        #expect(path.reduce(0) { $0 + seconds[$1] } == onwards.max())
    }

    // MARK: Lanes

    private func span(_ start: Double, _ end: Double) -> RunTimes.Span {
        RunTimes.Span(SampleRuns.moment(start), SampleRuns.moment(end))
    }

    @Test func whatDoesNotOverlapSharesALane() {
        #expect(LanePacking.lanes([]).isEmpty)
        #expect(LanePacking.lanes([span(0, 1), span(1, 2), span(2, 2)]) == [0, 0, 0])
        #expect(LanePacking.lanes([span(5, 9), span(0, 6), span(6, 7), span(0, 1)]) == [0, 1, 1, 0])
    }

    @Test func asManyLanesAsRanAtOnceAndNoneOverlap() {
        var random = SeededGenerator(seed: TestSeed.value)
        let spans = (0..<500).map { _ in
            let start = Double(Int.random(in: 0...1000, using: &random))
            return span(start, start + Double(Int.random(in: 1...50, using: &random)))
        }
        let lanes = LanePacking.lanes(spans)
        for (lane, members) in Dictionary(grouping: spans.indices, by: { lanes[$0] }) {
            let sorted = members.map { spans[$0] }.sorted { $0.start < $1.start }
            for (earlier, later) in zip(sorted, sorted.dropFirst()) {
                #expect(earlier.end <= later.start, "lane \(lane)")
            }
        }
        let most = spans.map { one in spans.count { $0.start <= one.start && one.start < $0.end } }.max()
        #expect((lanes.max() ?? -1) + 1 == most)
    }

    // MARK: Times

    @Test func aRunInOneHostTakesAsLongAsItsEndingSays() {
        let figures = RunFigures(SampleRuns.successful)
        #expect(figures.times.seconds == 22.85)
        #expect(figures.completedCount == 12)
        #expect(figures.engineSecondsPerNode.map { ($0 * 1000).rounded() } == 7)
        let names = figures.criticalPath.map { figures.history.nodes[$0].name }
        #expect(
            names == [
                "flights", "clean_flights", "join_weather", "features", "train_delay_model", "score", "publish",
            ]
        )
    }

    @Test func waitingForAnotherTryHoldsUpButIsNoTimeOfTheNode() throws {
        let figures = RunFigures(SampleRuns.successful)
        let score = try #require(figures.history.nodes.first { $0.name == "score" })
        #expect(figures.times.waits(score).map(\.seconds) == [1, 2])
        #expect((figures.times.seconds(score) * 100).rounded() == 289)
        #expect((figures.times.occupiedSeconds(score) * 100).rounded() == 589)
    }

    @Test func theTimeBetweenTwoHostsIsNobodys() {
        let history = SampleRuns.resumed
        let times = RunTimes(history)
        #expect(times.hosts.map(\.seconds) == [5.61, 4])
        #expect(times.seconds == 9.61)
        // The first host died inside of the node: how long it ran there nobody knows.
        #expect(times.span(history.nodes[5].attempts[0]).seconds == 0)
        #expect(times.waits(history.nodes[5]).isEmpty)
        // What runs goes on to the last entry.
        #expect((times.span(history.nodes[8].attempts[0]).seconds * 100).rounded() == 149)
    }

    @Test func theTimeUntilAnotherHostTriesAgainIsNoWaiting() {
        let error = RunError(type: "E", message: "m", operation: "o")
        let attempts = [
            SampleRuns.attempt(1, from: 0, to: 1, .failed, error: error),
            SampleRuns.attempt(2, host: 1, from: 99, to: 100),
        ]
        let run = SampleRuns.history(
            SampleRuns.record([SampleRuns.planned("a")]),
            .running,
            [SampleRuns.completed("a", attempts)],
            hosts: [SampleRuns.host(1, at: 0), SampleRuns.host(2, at: 98)],
            last: 100
        )
        let times = RunTimes(run)
        #expect(times.waits(run.nodes[0]).isEmpty)
        #expect(times.occupiedSeconds(run.nodes[0]) == 2)
    }

    @Test func aClockThatWentBackGivesNoNegativeTime() {
        let node = SampleRuns.completed("a", [SampleRuns.attempt(from: 5, to: 3)])
        let run = SampleRuns.history(SampleRuns.record([SampleRuns.planned("a")]), .running, [node], last: -9)
        let figures = RunFigures(run)
        #expect(figures.times.seconds == 3)
        #expect(figures.nodeSeconds == 0)
    }

    @Test func runsThatAreOverOrGoOnAreNotResumed() {
        #expect(!RunFigures(SampleRuns.successful).canBeResumed)
        #expect(!RunFigures(SampleRuns.resumed).canBeResumed)
        #expect(RunFigures(SampleRuns.failed).canBeResumed)
    }

    // MARK: The axis

    @Test func oneHostHasTheWholeAxis() {
        let axis = TimeAxis([span(0, 10)])
        #expect(axis.position(SampleRuns.moment(5), host: 0) == 0.5)
        #expect(axis.position(SampleRuns.moment(-3), host: 0) == 0)
        #expect(axis.position(SampleRuns.moment(99), host: 0) == 1)
        #expect(axis.position(SampleRuns.moment(5), host: 3) == 0)
        #expect(axis.ticks.map(\.seconds) == [0, 2, 4, 6, 8, 10])
    }

    @Test func theTimeBetweenHostsIsANarrowGap() {
        let axis = TimeAxis([span(0, 10), span(90_000, 90_030)])
        #expect(axis.segments.map(\.from) == [0, 0.28])
        #expect(abs(axis.segments[0].to - 0.24) < 1e-9)
        #expect(abs(axis.segments[1].to - 1) < 1e-9)
    }

    @Test func hostsThatDidNothingKeepTheirPlace() {
        let axis = TimeAxis([span(0, 0), span(1, 1)])
        #expect(axis.segments.map { $0.to - $0.from }.allSatisfy { $0 > 0.4 })
        #expect(axis.ticks.isEmpty)
        #expect(axis.position(SampleRuns.moment(1), host: 1) == axis.segments[1].from)
        #expect(TimeAxis([]).ticks.isEmpty)
    }
}
