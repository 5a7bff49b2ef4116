import TauroBasics
import TauroModel
import Testing

@testable import TauroCommands

/// Runs as text and as JSON, for terminals and programs.
@Suite struct RunTextTests {
    private let plain = Style(isEnabled: false)

    // MARK: runs list

    @Test func runsAreListedOneALine() {
        let lines = RunListText(style: plain, width: 100).lines([SampleRuns.failed, SampleRuns.resumed])
        #expect(
            lines == [
                "run                 pipeline  status   started                 time  nodes",
                "20260302T090000-a1  flights   failed   2026-03-02 09:00:00  12.30 s   8/12",
                "20260302T090000-a1  flights   running  2026-03-02 09:00:00   9.61 s   8/12",
            ]
        )
        #expect(RunListText(style: plain, width: 100).lines([]) == ["no runs"])
    }

    @Test func everyListedRunHasTheSameKeys() throws {
        let document = RunListDocument.document([SampleRuns.failed, SampleRuns.resumed])
        #expect(document["runs"]?[0]?["duration_seconds"] == .double(12.3))
        #expect(document["runs"]?[1]?["finished_at"] == .null)
        #expect(keys(document["runs"]?[0]) == keys(document["runs"]?[1]))
        #expect(RunListDocument.document([]) == ["runs": [], "errors": []])
    }

    // MARK: runs show

    @Test func aFailedRunIsShownWithWhatToDo() {
        let lines = RunShowText(style: plain).lines(SampleRuns.failed)
        #expect(lines.contains("status     failed"))
        #expect(lines.contains("time       12.30 s, ended 2026-03-02 09:00:12"))
        #expect(
            lines.contains("spent      nodes 14.88 s, engine 84 ms (9 ms a node), critical path 12.16 s"),
            "\(lines)"
        )
        #expect(lines.contains("score              cancelled         0       -        -  node 'features' failed"))
        #expect(
            lines.suffix(4) == [
                "NodeExecutionError in node 'features' after 2 attempts, store output 'gold.publish'",
                "  the server at 127.0.0.1:9092 did not answer within 2 s; is it running?", "",
                "to go on from here: tauro-host run flights --resume 20260302T090000-a1",
            ]
        )
    }

    @Test func breakersAndHostsAreShown() {
        let lines = RunShowText(style: plain).lines(SampleRuns.successful)
        #expect(lines.last == "2026-03-02 09:00:21 breaker of 'model server' closed")
        let resumed = RunShowText(style: plain).lines(SampleRuns.resumed)
        #expect(resumed.contains("then       tauro-host 0.1.0 on box, process 977, from 2026-03-03 09:00:00"))
        #expect(resumed.contains { $0.hasPrefix("weather            restored ") })
    }

    @Test func textsOfARunCanNotDriveTheTerminal() {
        let evil = "a\u{1B}[2Jb\nc"
        let failure = RunError(type: "E", message: evil, operation: evil)
        let node = SampleRuns.unfinished(
            evil,
            .failed,
            [SampleRuns.attempt(from: 0, to: 1, .failed, error: failure)],
            reason: evil
        )
        let breaker = BreakerChange(resource: evil, state: .halfOpen, failures: 2, at: SampleRuns.moment(0))
        let run = SampleRuns.history(
            SampleRuns.record([SampleRuns.planned(evil)], id: evil, request: RunRequest(environment: evil)),
            .failed,
            [node],
            breakers: [breaker],
            last: 1
        )
        let lines =
            RunShowText(style: plain).lines(run) + RunListText(style: plain, width: 80).lines([run])
            + RunDifferenceText(style: plain).lines(RunDifference(run, SampleRuns.successful))
        for line in lines { #expect(!line.contains("\u{1B}") && !line.contains("\n"), "\(line)") }
    }

    @Test func everyNodeAndAttemptIsInTheDocument() throws {
        let document = RunShowDocument.document(SampleRuns.failed)
        let nodes = try #require(document["nodes"])
        #expect(keys(nodes["features"]) == keys(nodes["publish"]))
        #expect(nodes["features"]?["attempts"]?[1]?["computed_at"] == "2026-03-02T09:00:11.000Z")
        #expect(nodes["features"]?["error"]?["type"] == "NodeExecutionError")
        #expect(nodes["publish"]?["duration_seconds"] == .null)
        #expect(document["can_be_resumed"] == true)
        #expect(keys(document) == keys(RunShowDocument.document(SampleRuns.resumed)))
        #expect(document["critical_path"] == ["flights", "clean_flights", "join_weather", "features"])
    }

    // MARK: runs diff

    private func small(_ id: String, _ nodes: [(RunRecord.Node, NodeHistory)]) -> RunHistory {
        SampleRuns.history(
            SampleRuns.record(nodes.map(\.0), id: id),
            .completed,
            nodes.map(\.1),
            ending: SampleRuns.ending(.completed, at: 2),
            last: 2
        )
    }

    private var pair: RunDifference {
        let first = small(
            "one",
            [
                (SampleRuns.planned("a"), SampleRuns.completed("a", [SampleRuns.attempt(from: 0, to: 1)])),
                (SampleRuns.planned("b"), SampleRuns.completed("b", [SampleRuns.attempt(from: 0, to: 1)])),
                (SampleRuns.planned("gone"), SampleRuns.completed("gone", [SampleRuns.attempt(from: 0, to: 1)])),
            ]
        )
        let second = small(
            "two",
            [
                (SampleRuns.planned("a"), SampleRuns.completed("a", [SampleRuns.attempt(from: 0, to: 1.04)])),
                (
                    SampleRuns.planned("b", parameter: "300"),
                    SampleRuns.completed("b", [SampleRuns.attempt(from: 0, to: 2)], rows: 900)
                ),
            ]
        )
        return RunDifference(first, second)
    }

    @Test func onlyWhatDiffersIsTold() {
        #expect(
            RunDifferenceText(style: plain).lines(pair) == [
                "       one     two", "nodes  3       2", "time   2.00 s  2.00 s (same)", "",
                "node  status                  attempts              time  change          rows",
                "b     completed                      1  1.00 s -> 2.00 s   +100%  1,000 -> 900",
                "gone  completed -> not there    1 -> -       1.00 s -> -       -    1,000 -> -", "", "b",
                "  parameter max_delay: 600 -> 300", "  stored: gold.b (24.0 kB) -> gold.b (21.6 kB)", "",
                "1 other node alike, and as quick within a tenth",
            ]
        )
    }

    @Test func aRunDoesNotDifferFromItself() {
        let lines = RunDifferenceText(style: plain).lines(RunDifference(SampleRuns.failed, SampleRuns.failed))
        #expect(lines.suffix(2) == ["", "12 other nodes alike, and as quick within a tenth"])
        #expect(lines.count == 4)
    }

    @Test func theDocumentTellsOfAllNodes() {
        let document = RunDifferenceDocument.document(pair)
        #expect(document["nodes"]?["a"]?["differs"] == false)
        #expect(document["nodes"]?["b"]?["inputs"]?["parameter max_delay"]?["second"] == "300")
        #expect(document["nodes"]?["gone"]?["second"] == .null)
        #expect(document["run"]?["nodes_at_once"]?["differs"] == false)
    }

    // MARK: Words

    @Test func optionsAreSaidAsTheShellTakesThem() {
        let request = RunRequest(
            environment: "prod",
            parameters: [CommandLineParameter(node: "a", name: "label", text: "it's")],
            selection: SelectionRequest(exclusions: ["b+"], tags: ["x y"]),
            isolation: .process
        )
        let words = RunWords.options(request).joined(separator: " ")
        #expect(words == #"--env prod --param 'a.label=it'\''s' --exclude b+ --tag 'x y' --isolation process"#)
        #expect(RunWords.options(RunRequest()).isEmpty)
    }

    @Test func metricsAreReadable() {
        #expect(RunWords.metric(1234) == "1,234")
        #expect(RunWords.metric(0.25) == "0.25")
        #expect(RunWords.metric(.nan) == "nan")
        #expect(RunWords.metric(1e300) == "1e+300")
    }

    private func keys(_ document: JSONValue?) -> [String] {
        guard case .object(let members)? = document else { return [] }
        return members.map(\.key)
    }
}
