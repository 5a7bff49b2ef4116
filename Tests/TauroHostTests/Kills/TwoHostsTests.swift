import Foundation
import TauroTesting
import Testing

/// Two hosts and one run: one has it, and the other changes nothing.
@Suite struct TwoHostsTests {
    @Test func theSecondSaysWhoHasTheRunAndChangesNothing() throws {
        let gated = try GatedProject()
        let first = try gated.start()
        try first.waits { gated.callsOfGate == 1 }
        let run = try #require(RunFiles.runs(of: gated.path).first)
        let before = try gated.files()
        for named in [run, "last"] {
            let second = try gated.start("--resume", named).end()
            #expect(second.status == 5, "\(second)")
            let machine = try String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8).trimmingCharacters(
                in: .whitespacesAndNewlines
            )
            let said = "another host has run '\(run)': process \(first.identifier) on machine \(machine), since 2"
            #expect(second.errors.contains(said), "\(second.errors)")
            #expect(second.output.contains("ResourceError"), "\(second.output)")
        }
        let removal = try gated.project.host("runs", "clean", "--keep", "0", "--all")
        #expect(removal.status == 0 && removal.output.isEmpty, "\(removal)")
        #expect(try gated.files() == before)
        #expect(try gated.project.host("runs", "list").output.contains("running"))
        try gated.open()
        #expect(try first.end().status == 0)
        #expect(gated.callsOfGate == 1)
    }

    /// Hosts that are started at once on a run whose host died.
    @Test(arguments: 0..<(TestSeed.isLong ? 50 : 3))
    func ofManyAtOnceOnlyOneWins(round: Int) throws {
        let gated = try GatedProject()
        let run = try gated.kill()
        var hosts = try (0..<6).map { _ in try gated.start("--resume", round % 2 == 0 ? run : "last") }
        for _ in 0..<60_000 where gated.callsOfGate < 2 { usleep(1000) }
        while hosts.count > 1 {
            let loser = try #require(
                hosts.indices.lazy.compactMap { hosts[$0].hasEnded(within: .milliseconds(20)) ? $0 : nil }.first
                    ?? hosts.indices.first { hosts[$0].hasEnded(within: .seconds(20)) },
                "more than one host has the run"
            )
            let result = try hosts.remove(at: loser).end()
            #expect(result.status == 5 && result.errors.contains("another host has run '\(run)'"), "\(result)")
        }
        #expect(gated.callsOfGate == 2)
        try gated.open()
        let winner = try hosts[0].end()
        #expect(winner.status == 0, "\(winner.errors)")
        #expect(RunFiles.lines(of: gated.ledger).count { $0.hasPrefix("begin first ") } == 1)
        let list = try gated.project.host("runs", "list", "--format", "json").output
        #expect(list.components(separatedBy: #""run_id""#).count == 2, "\(list)")
        #expect(list.contains(#""status": "completed""#), "\(list)")
    }
}
