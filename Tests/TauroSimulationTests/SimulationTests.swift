import TauroBasics
import TauroTesting
import Testing

/// Whole histories of runs, played in virtual time: hosts that die at any moment, disks that fill up, nodes that fail and
/// hang, outputs that somebody changes.
///
/// `TAURO_SIMULATION_SEED` plays one history alone.
@Suite struct SimulationTests {
    private static let parts = 4
    private static let count = TestSeed.isLong ? 100_000 : 1_000
    private static let single = ProcessEnvironment.variables()["TAURO_SIMULATION_SEED"].flatMap { UInt64($0) }

    @Test(arguments: 0..<SimulationTests.parts) func whateverHappensARunIsCompletedAsIfNothingHad(_ part: Int) {
        var seeds = SeededGenerator(seed: TestSeed.value &+ UInt64(part))
        let count = SimulationTests.single == nil ? SimulationTests.count / SimulationTests.parts : 1
        for _ in 0..<count {
            let seed = SimulationTests.single ?? seeds.next()
            let finding = History(seed: seed, isTold: SimulationTests.single != nil).play()
            #expect(finding == nil, "to play this history alone: TAURO_SIMULATION_SEED=\(seed)")
            if finding != nil { return }
        }
    }

    @Test(arguments: History.Fault.allCases) func faultsAreFound(_ fault: History.Fault) {
        var seeds = SeededGenerator(seed: TestSeed.value)
        let isFound = (0..<1_000).contains { _ in History(seed: seeds.next(), fault: fault).play() != nil }
        #expect(isFound)
    }
}
