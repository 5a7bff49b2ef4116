import Synchronization
import TauroBasics
import TauroModel
import Testing

@testable import TauroExecution

/// Books that remember what happened, in its order, and store nothing.
struct LoggingBook: RunBook {
    struct Step: Sendable {
        let node: Int
        let attempt: Int
    }

    private(set) var ended: [Int] = []
    private(set) var begun: [Int] = []
    private(set) var cancelled: [Int] = []
    private(set) var failed: [Int] = []
    private(set) var abandoned: [Int] = []

    mutating func note(_ action: RunMachine.Action, into entries: inout [JournalEntry]) -> BookedAction<Step> {
        switch action {
        case .run(let node, let attempt):
            begun.append(node)
            entries.append(.nodeStarted(node: "\(node)", attempt: attempt, generation: 1, at: .distantPast))
            return .step(Step(node: node, attempt: attempt))
        case .store(let node, let attempt):
            ended.append(node)
            let completion = NodeCompletion(attempt: attempt, at: .distantPast, seconds: 0)
            entries.append(.nodeCompleted(node: "\(node)", completion))
            return .happened(.completed(node))
        case .cancel(let node, _): cancelled.append(node)
        case .fail(let node, _): failed.append(node)
        case .abandon(let node, _): abandoned.append(node)
        case .retry, .expire, .breaker, .finish: break
        }
        return .noted
    }
}

extension Timestamp {
    fileprivate static let distantPast = Timestamp(millisecondsSinceEpoch: 0)
}

/// A journal in memory, which can be told to wait in the middle of writing, and to fail.
final class FakeJournal: RunJournal {
    struct Full: Error {}

    private struct State {
        var batches: [[JournalEntry]] = []
        var isOverlapping = false
        var isWriting = false
    }

    private let state = Mutex(State())
    private let write: @Sendable (Int) throws -> Void

    /// `write` is called in the middle of writing each batch, with how many there were before.
    init(_ write: @escaping @Sendable (Int) throws -> Void = { _ in }) { self.write = write }

    func append(_ entries: [JournalEntry]) throws {
        let count = state.withLock { state in
            if state.isWriting { state.isOverlapping = true }
            state.isWriting = true
            return state.batches.count
        }
        defer { state.withLock { $0.isWriting = false } }
        try write(count)
        state.withLock { $0.batches.append(entries) }
    }

    var batches: [[JournalEntry]] { state.withLock { $0.batches } }

    /// Whether two threads wrote at once.
    var hasOverlapped: Bool { state.withLock { $0.isOverlapping } }

    /// Whether it holds that a node has started.
    func hasStarted(_ node: Int) -> Bool {
        state.withLock { state in
            state.batches.contains { $0.contains { Self.isStart($0) && $0.node == "\(node)" } }
        }
    }

    private static func isStart(_ entry: JournalEntry) -> Bool {
        if case .nodeStarted = entry { true } else { false }
    }
}

/// A clock that stands still until it is told how much time has passed.
final class SetClock: MonotonicClock {
    private let now = Atomic<Int64>(0)

    func elapsedTime() -> Duration { .nanoseconds(nanoseconds()) }

    func nanoseconds() -> Int64 { now.load(ordering: .relaxed) }

    func advance(by nanoseconds: Int64) { now.add(nanoseconds, ordering: .relaxed) }
}

/// A dispatcher over a graph, with a function in place of every node.
struct DispatchedRun {
    typealias Dispatcher = RunDispatcher<LoggingBook>

    /// The nodes that each node waits for until they are stored.
    var dependencies: [[Int]]
    var maxWorkers = 4
    var rules = RecoveryRules()
    var onFailure = FailurePolicy.stop
    var journal: FakeJournal?
    var stopNodes: @Sendable () -> Void = {}
    var clock: any MonotonicClock = SystemMonotonicClock()

    func dispatcher(_ perform: @escaping Dispatcher.Perform) -> Dispatcher {
        var followers = [[Int]](repeating: [], count: dependencies.count)
        for (node, sources) in dependencies.enumerated() {
            for source in Set(sources) { followers[source].append(node) }
        }
        let graph = ScheduleGraph(
            nodes: dependencies.map { _ in ScheduleGraph.Node(onFailure: onFailure) },
            readers: dependencies.map { _ in [] },
            followers: followers
        )
        return RunDispatcher(
            machine: RunMachine(scheduler: Scheduler(graph: graph, maxWorkers: maxWorkers), rules: rules),
            book: LoggingBook(),
            journal: journal,
            clock: clock,
            maxThreads: maxWorkers,
            stopNodes: stopNodes,
            perform: perform
        )
    }

    /// Tells that a node's result is there.
    static func succeed(_ step: LoggingBook.Step, _ reporter: StepReporter<LoggingBook>) {
        reporter.end(.computed(step.node)) { _, _, _ in }
    }

    static func fail(_ step: LoggingBook.Step, _ reporter: StepReporter<LoggingBook>, _ kind: FailureKind) {
        reporter.end(.failed(step.node, kind)) { _, _, _ in }
    }
}
