import Synchronization
import TauroModel

/// Runs SQL elsewhere and remembers what it was asked.
final class CountingRunner: SQLRunner {
    private let runner: any SQLRunner
    private let asked = Mutex<[String]>([])

    /// Every query so far.
    var texts: [String] { asked.withLock { $0 } }

    init(_ runner: any SQLRunner) { self.runner = runner }

    func run(_ statement: SQLStatement, cancellation: CancellationToken) throws -> Frame {
        asked.withLock { $0.append(statement.text) }
        return try runner.run(statement, cancellation: cancellation)
    }
}
