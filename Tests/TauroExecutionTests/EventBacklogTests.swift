import TauroBasics
import TauroModel
import Testing

@testable import TauroExecution

/// Watchers that are slow cost neither memory nor what matters.
struct EventBacklogTests {
    private func line(_ text: String, of node: String = "a", _ level: LogLevel = .info) -> RunEvent {
        event(.nodeReported(node: node, attempt: 1, .log(level: level, text: text)))
    }

    private func finished(_ node: String) -> RunEvent { event(.nodeFinished(NodeSummary(name: node))) }

    private func event(_ kind: RunEvent.Kind) -> RunEvent {
        RunEvent(runID: "r", at: Timestamp(millisecondsSinceEpoch: 0), kind)
    }

    /// The events in a few words.
    private func words(_ events: [RunEvent]?) -> [String] {
        (events ?? []).map { event in
            switch event.kind {
            case .runStarted: "run started"
            case .nodeStarted(let node, _): "\(node) started"
            case .nodeReported(let node, _, .log(let level, let text)): "\(node) \(level): \(text)"
            case .nodeReported(let node, _, .metric(let name, let value)): "\(node) \(name) = \(value)"
            case .nodeReported(let node, _, .progress(let fraction, _)): "\(node) at \(fraction ?? -1)"
            case .nodeChecked(let node, let result): "\(node) \(result.title)"
            case .nodeFinished(let summary): "\(summary.name) finished"
            case .warned, .nodeComputed, .nodeRetrying, .breakerChanged: "else"
            case .runFinished: "run finished"
            }
        }
    }

    @Test func everythingIsKeptInOrderWhileThereIsRoom() {
        var backlog = EventBacklog()
        backlog.add(event(.nodeStarted(node: "a", attempt: 1)))
        backlog.add(line("one"))
        backlog.add(event(.nodeReported(node: "a", attempt: 1, .metric(name: "m", value: 1))))
        backlog.add(event(.nodeReported(node: "a", attempt: 1, .metric(name: "m", value: 2))))
        backlog.add(line("two"))
        backlog.add(finished("a"))
        #expect(
            words(backlog.take()) == [
                "a started", "a info: one", "a m = 1.0", "a m = 2.0", "a info: two", "a finished",
            ]
        )
        #expect(backlog.take() == nil)
    }

    @Test func linesBeyondTheBoundAreCountedAndToldOnce() throws {
        var backlog = EventBacklog()
        for number in 0..<100_000 { backlog.add(line("\(number)")) }
        backlog.add(line("quiet", of: "b"))
        backlog.add(finished("a"))
        backlog.add(finished("b"))
        let told = words(backlog.take())
        #expect(told.prefix(EventBacklog.mostReports) == (0..<EventBacklog.mostReports).map { "a info: \($0)" }[...])
        #expect(
            told.dropFirst(EventBacklog.mostReports) == [
                "b info: quiet",
                "a warning: 90000 further log lines were not shown, because they came faster than they could be written",
                "a finished", "b finished",
            ]
        )
    }

    @Test func whatWasDroppedIsRememberedUntilTheNodeEnds() throws {
        var backlog = EventBacklog()
        for number in 0...EventBacklog.mostReports { backlog.add(line("\(number)")) }
        #expect(backlog.take()?.count == EventBacklog.mostReports)
        backlog.add(line("there is room again"))
        backlog.add(finished("a"))
        #expect(
            words(backlog.take()) == [
                "a info: there is room again",
                "a warning: 1 further log line was not shown, because they came faster than they could be written",
                "a finished",
            ]
        )
    }

    @Test func longLinesAreBoundedByTheirBytes() {
        var backlog = EventBacklog()
        let text = String(repeating: "x", count: 1 << 16)
        for _ in 0..<1000 { backlog.add(line(text)) }
        #expect(backlog.take()?.count == EventBacklog.mostBytes >> 16)
    }

    @Test func beyondTheBoundTheLastValuesAreKept() {
        var backlog = EventBacklog()
        backlog.add(event(.nodeReported(node: "a", attempt: 1, .progress(fraction: 0, text: nil))))
        for number in 0..<EventBacklog.mostReports { backlog.add(line("\(number)")) }
        for number in 1...1000 {
            backlog.add(event(.nodeReported(node: "a", attempt: 1, .metric(name: "rows", value: Double(number)))))
            backlog.add(
                event(.nodeReported(node: "a", attempt: 1, .progress(fraction: Double(number) / 1000, text: "text")))
            )
        }
        let told = words(backlog.take())
        #expect(told.count == EventBacklog.mostReports + 1)
        #expect(told.first == "a at 1.0" && told.last == "a rows = 1000.0")
    }

    @Test func watchersThatHangLoseLinesAndNothingElse() throws {
        let watcher = HeldWatcher()
        let bus = try RunEventBus(runID: "r", clock: SystemWallClock(), observers: [watcher])
        bus.publish(.nodeStarted(node: "a", attempt: 1))
        watcher.waitUntilHeld()
        for number in 0..<15_000 { bus.publish(line("\(number)").kind) }
        bus.publish(finished("a").kind)
        watcher.letGo()
        bus.drain()
        let told = words(watcher.seen)
        #expect(told.count == EventBacklog.mostReports + 3)
        #expect(told.dropLast().last?.hasPrefix("a warning: 5000 further log lines were not shown") == true)
        #expect(told.last == "a finished")
    }

    @Test(arguments: [(Duration.zero, Duration.seconds(60)), (.seconds(60), .zero)])
    func runDoesNotWaitForWatchersThatHangForEver(patience: Duration, longest: Duration) throws {
        let watcher = HeldWatcher()
        let bus = try RunEventBus(
            runID: "r",
            clock: SystemWallClock(),
            observers: [watcher],
            patience: patience,
            longest: longest
        )
        bus.publish(.nodeStarted(node: "a", attempt: 1))
        watcher.waitUntilHeld()
        bus.publish(finished("a").kind)
        bus.drain()
        #expect(words(watcher.seen) == ["a started"])
        // Only now may it go on: `drain` came back while it was held.
        watcher.letGo()
    }

    @Test func linesThatNobodyWantsTakeNoRoom() throws {
        let watcher = HeldWatcher(leastLevel: .warning)
        let bus = try RunEventBus(runID: "r", clock: SystemWallClock(), observers: [watcher])
        bus.publish(.nodeStarted(node: "a", attempt: 1))
        watcher.waitUntilHeld()
        for number in 0..<15_000 { bus.publish(line("\(number)").kind) }
        bus.publish(line("wanted", .warning).kind)
        bus.publish(finished("a").kind)
        watcher.letGo()
        bus.drain()
        #expect(words(watcher.seen) == ["a started", "a warning: wanted", "a finished"])
    }
}

/// Is held at its first event until it is let go, and remembers what it saw.
private final class HeldWatcher: RunObserver {
    private struct State {
        var seen: [RunEvent] = []
        var isFree = false
    }

    let leastLevel: LogLevel
    private let state = Monitor(State())

    init(leastLevel: LogLevel = .debug) { self.leastLevel = leastLevel }

    var seen: [RunEvent] { state.withLock { $0.seen } }

    func observe(_ event: RunEvent) {
        state.withLockNotifyingAll { $0.seen.append(event) }
        state.wait { $0.isFree }
    }

    func waitUntilHeld() { state.wait { !$0.seen.isEmpty } }

    func letGo() { state.withLockNotifyingAll { $0.isFree = true } }
}
