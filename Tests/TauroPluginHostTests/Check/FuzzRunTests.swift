import TauroModel
import TauroTesting
import Testing

@testable import TauroPluginHost

/// Random cases: the same seed makes the same ones, and each failure can be had again.
@Suite struct FuzzRunTests {
    private func run(_ node: String, seed: UInt64, for time: Duration) throws -> [CheckFinding] {
        let fixture = try WorkerCheckFixture.illMannered()
        let run = FuzzRun(try fixture.checks(WorkerChecks.Settings()), seed: seed, timeout: .seconds(10))
        let nodes = fixture.file.signatures.filter { $0.name == node }
        return run.run(fixture.file.plugin, nodes, for: time).findings
    }

    @Test func failureIsMadeAgainByItsSeed() throws {
        let findings = try run("ill.divides", seed: TestSeed.value, for: .seconds(3))
        let found = try #require(findings.first, "seed \(TestSeed.value)")
        #expect(found.check == .extremes && found.message.contains("by = 0"), "seed \(TestSeed.value)")
        let again = try WorkerCheckFixture.illMannered().findings(.extremes, "ill.divides", seed: found.seed)
        #expect(again == [found])
    }

    @Test func sameSeedMakesTheSameCases() throws {
        let first = try run("ill.says_nothing", seed: TestSeed.value, for: .milliseconds(500))
        let second = try run("ill.says_nothing", seed: TestSeed.value, for: .milliseconds(500))
        let count = min(first.count, second.count)
        #expect(count > 0 && Array(first.prefix(count)) == Array(second.prefix(count)), "seed \(TestSeed.value)")
        let other = try run("ill.says_nothing", seed: TestSeed.value &+ 1, for: .milliseconds(500))
        #expect(first.first?.seed != other.first?.seed)
    }

    @Test func nodeThatTakesEverythingHasNothingToTell() throws {
        let fixture = try WorkerCheckFixture(try Fixture.calls.get())
        let run = FuzzRun(try fixture.checks(WorkerChecks.Settings()), seed: TestSeed.value, timeout: .seconds(10))
        let nodes = fixture.file.signatures.filter { $0.name == "calls.relay" }
        let (findings, fuzz) = run.run(fixture.file.plugin, nodes, for: .seconds(2))
        #expect(findings.isEmpty, "seed \(TestSeed.value): \(findings)")
        #expect(fuzz.seed == TestSeed.value && fuzz.caseCount > 10)
    }
}
