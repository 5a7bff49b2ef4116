import Foundation
import TauroTesting
import Testing

/// Runs that are killed at any instant and resumed until they are done end as if nobody had disturbed them.
@Suite struct KillTests {
    /// A round draws from the seed and its own number.
    private static let rounds = TestSeed.isLong ? 200 : 10

    @Test func aKilledRunEndsAsAnUndisturbedOne() throws {
        let reference = try LayeredReference()
        var total = KilledRun.Count()
        for round in 0..<KillTests.rounds {
            let name = "round \(round) of seed \(TestSeed.value)"
            var chance = SeededGenerator(seed: TestSeed.value &+ UInt64(round))
            let run = KilledRun(try LayeredProject(copying: reference.beginning), name: name)
            total += try run.toItsEnd(&chance, duration: reference.duration, lines: reference.lines)
            try reference.expectSame(run.layered.path, name)
            try expectDone(run)
        }
        print(
            "\(KillTests.rounds) runs killed \(total.kills) times, \(total.beforeBeginning) times before they began, by "
                + "\(total.hosts) hosts; one undisturbed took \(reference.duration)"
        )
    }

    /// Nothing was doubted, nothing is left to clear up, and nothing more to do.
    private func expectDone(_ run: KilledRun) throws {
        let path = run.layered.path
        let entries = RunFiles.entries(path, try #require(run.id))
        let doubted = entries.filter { $0["event"] as? String == "node_invalidated" }
        #expect(doubted.isEmpty, "\(run.name): \(doubted)")
        #expect(try run.layered.project.host("runs", "clean").output.isEmpty, "\(run.name)")
        let calls = RunFiles.lines(of: run.layered.ledger)
        let again = try HostProcess.run(run.arguments(resuming: true), environment: run.environment)
        #expect(again.status == 0, "\(run.name): \(again.errors)")
        #expect(RunFiles.lines(of: run.layered.ledger) == calls, "\(run.name)")
    }
}
