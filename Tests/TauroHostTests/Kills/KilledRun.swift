import Foundation
import TauroTesting
import Testing

/// One run of a layered project that is killed and resumed until it is done, and what is seen of it on the way.
struct KilledRun {
    /// How often what happened.
    struct Count {
        var hosts = 0
        var kills = 0
        /// Hosts that died before the run had begun.
        var beforeBeginning = 0

        static func += (sum: inout Count, other: Count) {
            sum.hosts += other.hosts
            sum.kills += other.kills
            sum.beforeBeginning += other.beforeBeginning
        }
    }

    /// The most hosts that are killed in one run.
    private static let mostKills = 4

    let layered: LayeredProject
    /// What failures are told of.
    let name: String
    /// The runs that were there before.
    private let earlier: Set<String>

    init(_ layered: LayeredProject, name: String) {
        self.layered = layered
        self.name = name
        earlier = Set(RunFiles.runs(of: layered.path))
    }

    /// The command that begins the run, or goes on with it.
    func arguments(resuming: Bool) -> [String] {
        let run = ["run", "p", "--project", layered.path, "--progress", "none", "--format", "json"]
        return run + (resuming ? ["--resume", "last"] : ["--start-date", "2026-01-02"])
    }

    var environment: [String: String] { ["LEDGER": layered.ledger] }

    /// The run's id; nil before it has begun.
    var id: String? {
        let new = RunFiles.runs(of: layered.path).filter { !earlier.contains($0) }
        return new.first { RunFiles.hasBegun(layered.path, $0) }
    }

    /// Kills and resumes until the run is done; an undisturbed one takes `duration` and has so many lines in its journal.
    func toItsEnd(_ chance: inout SeededGenerator, duration: Duration, lines: Int) throws -> Count {
        var count = Count()
        while true {
            let run = id
            let committed = try run.map(nodesThatCommitted) ?? []
            let calls = RunFiles.lines(of: layered.ledger)
            let kills = count.kills < KilledRun.mostKills && (count.kills == 0 || chance.below(2) == 0)
            let moment = kills ? moment(&chance, duration, lines) : nil
            let host = try KillableHost(arguments(resuming: run != nil), environment: environment)
            let result = try host.end(killingAt: moment)
            count.hosts += 1
            let begun = RunFiles.lines(of: layered.ledger).dropFirst(calls.count).filter { $0.hasPrefix("begin ") }
            let again = Set(begun.map { String($0.split(separator: " ")[1]) }).intersection(committed)
            #expect(again.isEmpty, "\(name): called again after they had committed: \(again.sorted())")
            if result.status != -SIGKILL {
                try #require(result.status == 0, "\(name): \(result.errors)")
                return count
            }
            count.kills += 1
            if id == nil { count.beforeBeginning += 1 }
            try expectNoneRuns()
        }
    }

    /// By the clock, by the run's journal, or by the calls.
    private func moment(_ chance: inout SeededGenerator, _ duration: Duration, _ lines: Int) -> KillMoment {
        switch chance.below(3) {
        case 0:
            let most = Int(duration / .microseconds(1)) * 11 / 10
            return .after(.microseconds(chance.below(most)))
        case 1:
            let present = id.map { RunFiles.lines(of: RunFiles.journal(layered.path, $0)).count } ?? 0
            let count = present + chance.below(max(1, lines - present)) + 1
            return .lines(count) { id.map { RunFiles.journal(layered.path, $0) } }
        default:
            let count = RunFiles.lines(of: layered.ledger).count + chance.below(60) + 1
            return .lines(count) { layered.ledger }
        }
    }

    /// The nodes that may not be called again: their journal or all their outputs say that they are done.
    private func nodesThatCommitted(_ run: String) throws -> Set<String> {
        let commits = try StoredTables.commits(layered.path, run: run)
        let stored = LayeredProject.outputs.filter { node, outputs in
            outputs.allSatisfy { commits.contains("\($0) \(node)") }
        }
        return Set(stored.keys).union(RunFiles.completed(layered.path, run))
    }

    private func expectNoneRuns() throws {
        let list = try layered.project.host("runs", "list", "--format", "json")
        #expect(list.status == 0, "\(name): \(list.errors)")
        #expect(!list.output.contains(#""status": "running""#), "\(name): \(list.output)")
    }
}
