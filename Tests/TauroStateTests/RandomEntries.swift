import TauroBasics
import TauroModel
import TauroTesting

/// Makes entries of all kinds from chance, with the values that are hard to write.
struct RandomEntries {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func entries(_ count: Int) -> [JournalEntry] { (0..<count).map { _ in entry() } }

    mutating func entry() -> JournalEntry {
        switch random.below(11) {
        case 0: .hostBegan(host())
        case 1: .nodeStarted(node: text(), attempt: int(), generation: int(), at: moment())
        case 2: .nodeComputed(node: text(), rows: maybe { $0.int64() }, copy: maybe { $0.seal() }, at: moment())
        case 3: .nodeCompleted(node: text(), completion())
        case 4: .nodeRestored(node: text(), at: moment())
        case 5: .nodeRetrying(node: text(), attempt: int(), error(), nextAt: moment(), at: moment())
        case 6: .nodeFailed(node: text(), attempt: int(), error(), at: moment())
        case 7: .nodeCancelled(node: text(), reason: text(), at: moment())
        case 8: .breakerChanged(resource: text(), state: one(of: BreakerState.allCases), failures: int(), at: moment())
        case 9: .nodeInvalidated(node: text(), generation: int(), reason: text(), at: moment())
        default: .runEnded(ending())
        }
    }

    mutating func text() -> String {
        let parts = [
            "node", "\"", "\\", "\n", "\r\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "e\u{301}", "数据", "🚀", "\u{2028}",
            "/", " ", "{\"sum\":\"", "\u{FEFF}", "\u{10FFFF}",
        ]
        return (0..<random.below(6)).map { _ in parts[random.below(parts.count)] }.joined()
    }

    private mutating func host() -> RunHost {
        RunHost(
            process: Int32(truncatingIfNeeded: random.next()),
            boot: text(),
            machine: text(),
            version: text(),
            beganAt: moment()
        )
    }

    private mutating func error() -> RunError { RunError(type: text(), message: text(), operation: text()) }

    private mutating func ending() -> RunEnding {
        RunEnding(
            status: one(of: [.completed, .failed, .cancelled]),
            at: moment(),
            seconds: double(),
            engineSeconds: double(),
            peakFrameBytes: int64(),
            spooledFrameBytes: int64()
        )
    }

    private mutating func completion() -> NodeCompletion {
        let metrics = list { ($0.text(), $0.double()) }
        return NodeCompletion(
            attempt: int(),
            at: moment(),
            seconds: double(),
            rows: maybe { $0.int64() },
            metrics: Dictionary(metrics, uniquingKeysWith: { first, _ in first }),
            checks: list { $0.check() },
            outputs: list { $0.output() },
            copy: maybe { $0.seal() }
        )
    }

    private mutating func output() -> StoredOutput {
        let record = OutputRecord(
            id: text(),
            format: text(),
            path: text(),
            rows: maybe { $0.int64() },
            bytes: int64(),
            files: int()
        )
        let files = list { $0.seal() }
        return StoredOutput(record, seal: one(of: [.commit, .none, .files(files)]))
    }

    private mutating func seal() -> FileSeal {
        FileSeal(path: text(), size: int64(), digest: one(of: [0, .max, random.next()]))
    }

    private mutating func check() -> CheckResult {
        CheckResult(
            dataset: maybe { $0.text() },
            check: text(),
            name: maybe { $0.text() },
            columns: list { $0.text() },
            status: one(of: CheckResult.Status.allCases),
            rows: maybe { $0.int64() },
            failingRows: maybe { $0.int64() },
            message: text(),
            samples: list { row in
                row.list { value in
                    CheckResult.SampleValue(column: value.text(), text: value.maybe { $0.text() })
                }
            }
        )
    }

    private mutating func moment() -> Timestamp {
        let usual = Int64(random.below(4_000_000_000)) * 1000 + Int64(random.below(1000))
        return Timestamp(millisecondsSinceEpoch: one(of: [usual, usual, -usual, int64()]))
    }

    private mutating func double() -> Double {
        let some = Double(bitPattern: random.next())
        let finite = some.isFinite ? some : 0.1
        return one(of: [
            0, -0.0, 1, 0.1, finite, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
        ])
    }

    private mutating func int64() -> Int64 { one(of: [0, -1, .min, .max, Int64(bitPattern: random.next())]) }

    private mutating func int() -> Int { Int(int64()) }

    private mutating func maybe<Value>(_ make: (inout RandomEntries) -> Value) -> Value? {
        random.below(2) == 0 ? nil : make(&self)
    }

    private mutating func list<Value>(_ make: (inout RandomEntries) -> Value) -> [Value] {
        (0..<random.below(3)).map { _ in make(&self) }
    }

    private mutating func one<Value>(of values: [Value]) -> Value { values[random.below(values.count)] }
}
