import Foundation
import TauroTesting
import Testing

/// A disk that is full under a run: one clear error, nothing lost, and after room was made the run is resumed to its end.
@Suite struct FullDiskTests {
    private static let rounds = TestSeed.isLong ? 40 : 4
    /// In KiB: about what the run needs.
    private static let mostFree = 700

    /// The whole project, its runs with it, on a small file system of which so much is free; `$1` is where it is mounted, `$2`
    /// the project, `$3` how many KiB are free, `$4` where everything is copied to at the end.
    private static let script = #"""
        mount -t tmpfs -o size=24m tmpfs "$1"
        cp -a "$2" "$1/project"
        left=$(df --output=avail -k "$1" | tail -n 1)
        head -c $(((left - $3) * 1024)) /dev/zero >"$1/filler"
        run=("$host" run p --project "$1/project" --progress none --format json)
        status=0
        "${run[@]}" --start-date 2026-01-02 >"$4/output" 2>"$4/errors" || status=$?
        echo "$status" >"$4/status"
        rm "$1/filler"
        begun=$(grep -l host_began "$1"/project/.tauro/runs/*/journal.jsonl | wc -l)
        again=(--resume last)
        if [[ $begun -lt 2 ]]; then again=(--start-date 2026-01-02); fi
        "${run[@]}" "${again[@]}" >"$4/second"
        cp -a "$1/project" "$4/after"
        """#

    @Test(.enabled(if: PrivateMounts.arePossible, "only root may mount a small file system"))
    func aRunGoesOnWhenThereIsRoomAgain() throws {
        let reference = try LayeredReference()
        var chance = SeededGenerator(seed: TestSeed.value)
        for round in 0..<FullDiskTests.rounds {
            let free = round == 0 ? 0 : chance.below(FullDiskTests.mostFree)
            try fill(reference, free, "round \(round) of seed \(TestSeed.value), \(free) KiB free")
        }
    }

    private func fill(_ reference: LayeredReference, _ free: Int, _ name: String) throws {
        let scratch = try Scratch()
        for name in ["disk", "result"] { try scratch.write("", to: "\(name)/.keep") }
        let result = try PrivateMounts.run(
            FullDiskTests.script,
            [scratch.file("disk"), reference.beginning.path, "\(free)", scratch.file("result")],
            environment: ["LEDGER": scratch.file("ledger")]
        )
        let errors = (try? scratch.text("result/errors")) ?? ""
        try #require(result.status == 0, "\(name): \(result.errors) after \(errors)")
        let status = try scratch.text("result/status")
        #expect(["0\n", "4\n", "5\n"].contains(status), "\(name): \(status) \(errors)")
        // SQLite has words of its own.
        let words = ["No space left on device", "database or disk is full"]
        if status != "0\n" { #expect(words.contains { errors.contains($0) }, "\(name): \(errors)") }
        try reference.expectSame(scratch.file("result/after"), name)
    }

    /// The journal is what many attempts make longer than anything else.
    @Test func aJournalThatIsFullStopsTheRunAndNothingIsLost() throws {
        let project = try TestProject(
            nodes: """
                first: {function: l.source, output: gold.first, params: {node: first}}
                stubborn:
                  function: f.stubborn
                  input: [gold.first]
                  output: gold.stubborn
                  retry: {max_retries: 1000, delay_seconds: 0}
                last: {function: l.merge, input: [gold.stubborn], output: gold.last, params: {node: last}}

                """,
            pipeline: ["first", "stubborn", "last"],
            output: "gold.first: {format: parquet, write_mode: append}\n",
            settings: "start_date: 2026-01-02\n"
        )
        try project.plugin("ledger", LedgerPlugin.source)
        try project.plugin("stubborn", FullDiskTests.stubborn)
        let environment = ["LEDGER": project.scratch.file("ledger"), "ENOUGH": project.scratch.file("enough")]
        let full = try HostProcess.run(
            filesUpTo: 24,
            ["run", "p", "--project", project.path, "--progress", "none", "--format", "json"],
            environment: environment
        )
        #expect(full.status == 5, "\(full.errors)")
        #expect(full.errors.contains("/journal.jsonl: File too large; the run stops"), "\(full.errors)")
        let run = try #require(RunFiles.runs(of: project.path).first)
        #expect(RunFiles.completed(project.path, run) == ["first"])
        let list = try project.host("runs", "list", "--format", "json")
        #expect(list.status == 0 && !list.output.contains(#""status": "running""#), "\(list)")
        try project.scratch.write("", to: "enough")
        let resumed = try project.host("run", "p", "--resume", "last", environment: environment)
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try StoredTables.rowCounts(project.path) == ["gold.first": 20, "gold.stubborn": 20, "gold.last": 20])
        let ledger = RunFiles.lines(of: project.scratch.file("ledger"))
        #expect(ledger.count { $0.hasPrefix("begin first ") } == 1)
    }

    private static let stubborn = """
        #include <stdlib.h>
        #include <unistd.h>
        #include <tauro/tauro.h>
        TAURO_PLUGIN("stubborn", "1.0.0");
        TAURO_NODE(f_stubborn, "f.stubborn", TAURO_FRAME(rows)) {
          if (access(getenv("ENOUGH"), F_OK) != 0) return tauro_fail(call, TAURO_E_TRANSIENT, "not yet");
          return tauro_emit_frame(out, rows);
        }
        """
}
