import Foundation
import Testing

/// A clock that jumps, between the hosts of a run and under them: what a run did keeps its order, and nothing takes less than
/// no time.
@Suite struct ClockTests {
    private static let day = 86_400

    @Test(arguments: [
        [-3600, 86_400, 0], [86_400, -86_400, 86_400], [0, -315_360_000, 315_360_000],
    ])
    func aRunIsResumedUnderAnotherTimeOfDay(shifts: [Int]) throws {
        let clock = try ShiftedClock()
        let gated = try GatedProject()
        let run = try gated.kill(environment: clock.environment(shifts[0]))
        _ = try gated.kill("--resume", "last", environment: clock.environment(shifts[1]))
        try gated.open()
        let done = try gated.start("--resume", run, environment: clock.environment(shifts[2])).end()
        #expect(done.status == 0, "\(done.errors)")
        try expectSound(gated, run, done)
    }

    @Test func aClockThatJumpsAllTheTimeDisturbsNothing() throws {
        let clock = try ShiftedClock()
        let gated = try GatedProject()
        let environment = clock.environment(0, -3600, ClockTests.day, -7 * ClockTests.day, 31 * ClockTests.day)
        let run = try gated.kill(environment: environment)
        try gated.open()
        let done = try gated.start("--resume", run, environment: environment).end()
        #expect(done.status == 0, "\(done.errors)")
        try expectSound(gated, run, done)
    }

    /// The newest run is the one that was begun last, whatever its host took the time for.
    @Test func theLastRunIsTheOneThatBeganLast() throws {
        let clock = try ShiftedClock()
        let gated = try GatedProject()
        try gated.open()
        let early = try gated.start(environment: clock.environment(ClockTests.day)).end()
        #expect(early.status == 0, "\(early.errors)")
        try FileManager.default.removeItem(atPath: gated.project.scratch.file("gate"))
        let before = Set(RunFiles.runs(of: gated.path))
        let host = try gated.start(environment: clock.environment(0))
        try host.waits { gated.callsOfGate == 2 }
        _ = try host.end(killingAt: .after(.zero))
        let dead = try #require(Set(RunFiles.runs(of: gated.path)).subtracting(before).first)
        try gated.open()
        let resumed = try gated.start("--resume", "last").end()
        #expect(resumed.status == 0 && resumed.output.contains(dead), "\(resumed)")
        let list = try document(gated.project.host("runs", "list", "--format", "json").output)
        let runs = try #require(list["runs"] as? [[String: Any]])
        #expect(runs.map { $0["run_id"] as? String } == [dead] + before)
    }

    private func document(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    }

    /// What the verbs say of the run makes sense, and what it stored is there once.
    private func expectSound(_ gated: GatedProject, _ run: String, _ summary: HostProcess.Result) throws {
        for verb in [["list"], ["show", run]] {
            let result = try HostProcess.run(["runs"] + verb + ["--project", gated.path, "--format", "json"])
            #expect(result.status == 0, "\(result.errors)")
            #expect(negative(try document(result.output)).isEmpty, "\(verb): \(result.output)")
            #expect(!result.output.contains(#""status": "running""#), "\(verb): \(result.output)")
        }
        #expect(negative(try document(summary.output)).isEmpty, "\(summary.output)")
        for verb in [["list"], ["show", run], ["logs", run], ["report", run]] {
            let result = try HostProcess.run(["runs"] + verb + ["--project", gated.path])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.firstMatch(of: /-\d+(\.\d+)? ?(ms|s|min|h|d)\b/) == nil, "\(result.output)")
        }
        let sequence = RunFiles.entries(gated.path, run).compactMap { $0["seq"] as? Int }
        #expect(sequence == Array(1...sequence.count))
        let rows = try StoredTables.rowCounts(gated.path)
        #expect(rows == ["gold.first": 20, "gold.gate": 20, "gold.last": 20])
        let cleaned = try gated.project.host("runs", "clean", "--older-than", "400")
        #expect(cleaned.status == 0 && cleaned.output.isEmpty, "\(cleaned)")
    }

    /// The places of numbers below zero.
    private func negative(_ value: Any, _ place: String = "") -> [String] {
        switch value {
        case let members as [String: Any]: members.flatMap { negative($0.value, "\(place).\($0.key)") }
        case let items as [Any]: items.flatMap { negative($0, place) }
        case let number as NSNumber: number.doubleValue < 0 ? ["\(place): \(number)"] : []
        default: []
        }
    }
}
