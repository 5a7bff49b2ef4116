import Logging
import TauroBasics
import TauroModel

/// What programs and libraries log through swift-log, as lines of the run's log.
///
/// The metadata `run`, `node` and `attempt` say what a line is about; other metadata follows the text as `key=value`.
/// Safe from any thread as far as `write` is.
struct RunLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level
    /// The run that lines without the metadata `run` belong to.
    private let run: String
    private let now: @Sendable () -> Timestamp
    private let write: @Sendable (RunLogLine) -> Void

    init(
        level: LogLevel,
        run: String,
        now: @escaping @Sendable () -> Timestamp,
        write: @escaping @Sendable (RunLogLine) -> Void
    ) {
        logLevel = Self.level(level)
        self.run = run
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
                level: Self.level(event.level),
                run: all["run"].map { "\($0)" } ?? run,
                node: all["node"].map { "\($0)" },
                attempt: all["attempt"].flatMap { Int("\($0)") }.flatMap { $0 > 0 ? $0 : nil },
                text: (["\(event.message)"] + rest.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
            )
        )
    }

    private static func level(_ level: LogLevel) -> Logger.Level {
        switch level {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }

    private static func level(_ level: Logger.Level) -> LogLevel {
        switch level {
        case .trace, .debug: .debug
        case .info, .notice: .info
        case .warning: .warning
        case .error, .critical: .error
        }
    }
}
