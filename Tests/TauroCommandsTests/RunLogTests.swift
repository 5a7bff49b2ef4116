import Logging
import Synchronization
import TauroBasics
import TauroModel
import Testing

@testable import TauroCommands

/// Lines of a run's log: written, read again, shown, and taken from swift-log.
@Suite struct RunLogTests {
    private let plain = Style(isEnabled: false)

    @Test func aLineIsOneObjectWithEveryKey() {
        let line = SampleRuns.line(1.5, .warning, "a", 2, "odd\n\"rows\"")
        #expect(
            line.document.text()
                == #"{"time":"2026-03-02T09:00:01.500Z","level":"warning","run":"20260302T090000-a1","node":"a","attempt":2,"message":"odd\n\"rows\""}"#
        )
        #expect(SampleRuns.line(0, .info, nil, nil, "x").document["attempt"] == .null)
    }

    @Test func whatWasWrittenIsReadAgain() throws {
        for line in SampleRuns.log + [SampleRuns.line(0, .debug, "<é\u{1F}>", 1, "\u{1B}[0m\r\n")] {
            #expect(try RunLogLine(parsing: line.document.text()) == line)
        }
    }

    @Test(arguments: [
        "", "7", "{}", "{\"time\":\"noon\",\"level\":\"info\",\"run\":\"r\",\"message\":\"m\"}",
        "{\"time\":\"2026-01-31T10:00:00Z\",\"level\":\"loud\",\"run\":\"r\",\"message\":\"m\"}",
        "{\"time\":\"2026-01-31T10:00:00Z\",\"level\":\"info\",\"run\":\"r\",\"message\":7}",
        "{\"time\":\"2026-01-31T10:00:00Z\",\"level\":\"info\",\"run\":\"r\",\"message\":\"m\",\"node\":7}",
        "{\"time\":\"2026-01-31T10:00:00Z\",\"level\":\"info\",\"run\":\"r\",\"message\":\"m\",\"attempt\":0}",
        "{\"time\":\"2026-01-31T10:00:00Z\",\"level\":\"info\",\"run\":\"r\",\"mess",
    ])
    func brokenLinesAreRefused(text: String) {
        #expect(throws: JSONError.self) { try RunLogLine(parsing: text) }
    }

    @Test func keysOfALaterVersionArePassedOver() throws {
        let text = #"{"new":[1],"time":"2026-01-31T10:00:00Z","level":"info","run":"r","message":"m"}"#
        #expect(try RunLogLine(parsing: text).node == nil)
    }

    @Test func linesForPeopleAreOneLine() {
        let line = SampleRuns.line(0.25, .info, "a\u{7}", 2, "b\nc\u{1B}[31m")
        #expect(
            LogFormat.text.line(line, style: plain) == "2026-03-02T09:00:00.250Z info    a\u{FFFD}#2 b⏎c\u{FFFD}[31m"
        )
        #expect(
            LogLineText(style: plain).progressLine(line.level, line.node, line.text)
                == "info a\u{FFFD}: b⏎c\u{FFFD}[31m"
        )
        #expect(
            LogFormat.text.line(SampleRuns.line(0, .error, nil, nil, "x"), style: plain)
                == "2026-03-02T09:00:00.000Z error   x"
        )
    }

    @Test func jsonIsTheLineAsItIs() {
        for line in SampleRuns.log {
            #expect(LogFormat.json.line(line, style: Style(isEnabled: true)) == line.document.text())
        }
    }

    /// Gathers lines from any thread.
    private final class Lines: Sendable {
        private let lines = Mutex<[RunLogLine]>([])
        var all: [RunLogLine] { lines.withLock { $0 } }

        func add(_ line: RunLogLine) { lines.withLock { $0.append(line) } }
    }

    private func logger(_ level: LogLevel, to lines: Lines) -> Logger {
        Logger(label: "test") { _ in
            RunLogHandler(level: level, now: { SampleRuns.moment(3) }, write: { lines.add($0) })
        }
    }

    @Test func whatIsLoggedThroughSwiftLogBecomesALine() {
        let lines = Lines()
        var logger = logger(.info, to: lines)
        logger[metadataKey: "run"] = "r1"
        logger[metadataKey: "node"] = "extract"
        logger.info("read", metadata: ["attempt": "2", "rows": "7", "file": "a.csv"])
        logger.critical("lost", metadata: ["node": "load", "run": "r2", "attempt": "0"])
        logger.debug("not wanted")
        let at = SampleRuns.moment(3)
        #expect(
            lines.all == [
                RunLogLine(
                    at: at,
                    level: .info,
                    run: "r1",
                    node: "extract",
                    attempt: 2,
                    text: "read file=a.csv rows=7"
                ),
                RunLogLine(at: at, level: .error, run: "r2", node: "load", text: "lost"),
            ]
        )
    }

    @Test func metadataOfTheTaskIsTakenToo() {
        let lines = Lines()
        var logger = logger(.debug, to: lines)
        logger.handler.metadataProvider = Logger.MetadataProvider { ["node": "score"] }
        logger.notice("scored")
        logger.trace("below the level")
        #expect(lines.all.map(\.node) == ["score"])
        #expect(lines.all.map(\.level) == [.info])
    }
}
