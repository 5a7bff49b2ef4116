import Logging
import TauroBasics
import TauroModel
import TauroRuntime

/// What is logged through swift-log, as lines of a run's log.
///
/// The metadata `run`, `node` and `attempt` say what a line is about; other metadata follows the text as `key=value`.
/// Safe from any thread as far as `write` is.
struct RunLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level
    private let now: @Sendable () -> Timestamp
    private let write: @Sendable (RunLogLine) -> Void

    init(level: LogLevel, now: @escaping @Sendable () -> Timestamp, write: @escaping @Sendable (RunLogLine) -> Void) {
        logLevel = Logger.Level(level)
        self.now = now
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata.merging(metadataProvider?.get() ?? [:]) { _, new in new }
        all.merge(event.metadata ?? [:]) { _, new in new }
        let rest = all.filter { !["run", "node", "attempt"].contains($0.key) }.sorted { $0.key < $1.key }
        write(
            RunLogLine(
                at: now(),
                level: LogLevel(event.level),
                run: all["run"].map { "\($0)" },
                node: all["node"].map { "\($0)" },
                attempt: all["attempt"].flatMap { Int("\($0)") }.flatMap { $0 > 0 ? $0 : nil },
                text: (["\(event.message)"] + rest.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
            )
        )
    }
}

extension Logger {
    /// A logger that writes one JSON object a line to the console's stderr.
    static func lines(from level: LogLevel, on console: Console) -> Logger {
        Logger(label: "tauro-host") { _ in
            RunLogHandler(level: level, now: { SystemWallClock().wallTime() }) { line in
                console.print(line.document.text(), to: .error)
            }
        }
    }
}
