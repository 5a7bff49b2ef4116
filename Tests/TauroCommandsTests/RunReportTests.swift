import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroCommands

/// The page of a run: whole for every run, and safe whatever is written in it.
@Suite struct RunReportTests {
    /// The parts that the page has, by their ids.
    private func parts(_ page: String) -> [String] {
        page.split(separator: "<section id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }

    /// The page without what its script reads.
    private func markup(_ page: String) -> String {
        page.components(before: "<script type=\"application/json\"")
    }

    /// What the page's script reads.
    private func data(_ page: String) throws -> JSONValue {
        let start = try #require(page.split(separator: "id=\"data\">").last)
        return try JSONValue(parsing: String(start).components(before: "</script>"))
    }

    /// Every element that is opened is closed, in order.
    private func checkElements(_ page: String) {
        let alone: Set<String> = ["meta", "input", "br", "circle", "path", "use", "rect"]
        var open: [String] = []
        for piece in markup(page).split(separator: "<").dropFirst() {
            let name = piece.prefix { $0.isLetter || $0.isNumber || $0 == "/" }
            if name.hasPrefix("/") {
                #expect(open.popLast() == String(name.dropFirst()), "</\(piece.prefix(60))")
            } else if !name.isEmpty, name.first?.isLetter == true, !alone.contains(String(name)) {
                open.append(String(name))
            }
        }
        #expect(open == ["html", "body"])
    }

    @Test func everyPartOfARunIsThere() throws {
        let page = RunReport(history: SampleRuns.successful, log: SampleRuns.log).page()
        checkElements(page)
        #expect(
            parts(page) == ["graph", "timeline", "critical", "nodes", "checks", "metrics", "breakers", "log"]
        )
        #expect(page.contains("<dd>22.85 s<small>from start to end</small>"))
        #expect(page.contains("<dd>84 ms<small>7 ms a node</small>"))
        #expect(page.contains("score #1 failed after 590 ms"))
        #expect(page.contains("score #3 completed after 1.80 s, 700 ms of it storing"))
        #expect(page.contains("score waited 1.00 s to be tried again"))
        #expect(page.contains("0.8713"))
        #expect(try data(page)[4]?["needs"] == [2])
    }

    @Test func aFailureIsToldFirstWithItsLastLinesAndWhatToDo() {
        let page = RunReport(history: SampleRuns.failed, log: SampleRuns.log, command: "./tauro-host").page()
        checkElements(page)
        #expect(parts(page).first == "errors")
        #expect(page.contains("did not answer within 2 s; is it running?"))
        #expect(page.contains("building 42 features"))
        #expect(page.contains("./tauro-host run flights --resume 20260302T090000-a1"))
        #expect(page.contains("Not run without it: "))
    }

    @Test func hostsOfAResumedRunAreTold() {
        let page = RunReport(history: SampleRuns.resumed, log: []).page()
        checkElements(page)
        #expect(page.contains("in the hands of 2 hosts"))
        #expect(page.contains("no host had the run for 1439 min 54 s"))
        #expect(page.contains("<b>5</b> of them taken over from an earlier host"))
        #expect(page.contains("join_weather #1 lost"))
    }

    @Test func aDeadRunTellsWhereItsHostDied() {
        let node = SampleRuns.unfinished("a", .running, [SampleRuns.attempt(from: 0, to: nil, .lost)])
        let run = SampleRuns.history(SampleRuns.record([SampleRuns.planned("a")]), .dead, [node], last: 1)
        let page = RunReport(history: run, log: []).page()
        checkElements(page)
        #expect(page.contains("The host died"))
        #expect(page.contains("It was inside <a href=\"#n0\""))
    }

    @Test func aRunWithoutNodesIsAPageToo() throws {
        let page = RunReport(history: SampleRuns.history(SampleRuns.record([]), .running, [], last: 0), log: []).page()
        checkElements(page)
        #expect(parts(page).isEmpty)
        #expect(page.contains("The run has no nodes."))
        #expect(try data(page) == [])
    }

    @Test func aRunOfOneNodeThatNeverBeganHasNoTimeline() {
        let run = SampleRuns.history(
            SampleRuns.record([SampleRuns.planned("a")]),
            .cancelled,
            [SampleRuns.unfinished("a", .cancelled, reason: "the run was cancelled")],
            last: 0
        )
        let page = RunReport(history: run, log: []).page()
        checkElements(page)
        #expect(parts(page) == ["errors", "graph", "nodes"])
        #expect(page.contains(">How to go on</h2>"))
    }

    @Test func nothingOfARunBecomesMarkup() throws {
        let evil = "</script><script>alert('&\"1\"')</script>\u{0}\u{202E}"
        let error = RunError(type: evil, message: evil, operation: evil)
        let check = CheckResult(
            dataset: evil,
            check: evil,
            columns: [evil],
            status: .warned,
            message: evil,
            samples: [[.init(column: evil, text: evil)]]
        )
        let nodes = [
            SampleRuns.completed(evil, [SampleRuns.attempt(from: 0, to: 9)], metrics: [evil: 1], checks: [check]),
            SampleRuns.unfinished(
                evil + "2",
                .failed,
                [
                    SampleRuns.attempt(1, from: 9, to: 9.5, .failed, error: error),
                    SampleRuns.attempt(2, from: 10, to: 12, .failed, error: error),
                ],
                reason: evil
            ),
        ]
        let request = RunRequest(environment: evil, modelVersion: evil)
        let record = SampleRuns.record(
            [SampleRuns.planned(evil), SampleRuns.planned(evil + "2", [evil])],
            id: evil,
            request: request
        )
        let breaker = BreakerChange(resource: evil, state: .open, failures: 1, at: SampleRuns.moment(1))
        let run = SampleRuns.history(record, .failed, nodes, breakers: [breaker], last: 12)
        let page = RunReport(history: run, log: [SampleRuns.line(1, .error, evil + "2", 1, evil)], command: evil).page()
        checkElements(page)
        #expect(!page.contains("<script>alert"))
        #expect(page.split(separator: "<script").count == 3, "the page's own two scripts")
        #expect(!page.contains("alert('&\""))
        #expect(!markup(page).contains("\u{0}") && !markup(page).contains("\u{202E}"))
        #expect(try data(page)[0]?["name"] == .string(evil))
    }

    @Test func nothingIsFetchedFromOutside() {
        for history in [SampleRuns.successful, SampleRuns.failed, SampleRuns.resumed] {
            let page = RunReport(history: history, log: SampleRuns.log).page()
            for word in ["http://", "https://", "src=", "url(", "@import", "<link", "<iframe"] {
                #expect(!page.contains(word), "\(word)")
            }
            #expect(page.contains("default-src 'none'"))
        }
    }

    @Test func aLongLogIsCutAtItsStart() {
        let log = (0..<6000).map { SampleRuns.line(Double($0), .info, nil, nil, "line \($0) ends") }
        let page = RunReport(history: SampleRuns.successful, log: log).page()
        #expect(page.contains("6,000 lines. The first 1,000 are left out"))
        #expect(!page.contains("line 999 ends"))
        #expect(page.contains("line 1000 ends"))
        #expect(page.contains("line 5999 ends"))
    }

    @Test func aThousandNodesAreAllThere() throws {
        let history = SampleRuns.large(1000)
        let page = RunReport(history: history, log: []).page()
        checkElements(page)
        #expect(page.split(separator: "<tr id=\"n").count == 1001)
        #expect(page.split(separator: "class=\"box ").count == 1001)
        guard case .array(let nodes) = try data(page) else { throw JSONError("no array", at: 0) }
        #expect(nodes.count == 1000)
    }

    @Test func whatMattersNeedsNoScript() {
        let page = RunReport(history: SampleRuns.failed, log: SampleRuns.log).page()
        let markup = markup(page)
        for text in ["features", "is it running?", "12.30 s", "gold.by_carrier", "2,512", "the server did not answer"] {
            #expect(markup.contains(text), "\(text)")
        }
        #expect(markup.contains("<title>flights failed, run 20260302T090000-a1</title>"))
    }
}

extension String {
    /// The text before the first `mark`; all of it where there is none.
    fileprivate func components(before mark: String) -> String {
        let parts = split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
        return String(parts[0])
    }
}
