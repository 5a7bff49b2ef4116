public import Logging
public import TauroModel

/// Writes what happens in runs, and what nodes say, to a logger of swift-log.
///
/// Each record carries the metadata `run`, and `node` and `attempt` where it is about them. What the logger's level does
/// not let through is not asked for.
public struct LoggingObserver: RunObserver {
    private let logger: Logger

    /// Creates an observer that writes to `logger`.
    public init(_ logger: Logger) { self.logger = logger }

    /// What the logger lets through.
    public var leastLevel: LogLevel { LogLevel(logger.logLevel) }

    /// Writes the event, if a log tells of it.
    public func observe(_ event: RunEvent) {
        guard let line = RunLogLine(event), line.level >= leastLevel else { return }
        var metadata: Logger.Metadata = ["run": "\(event.runID)"]
        if let node = line.node { metadata["node"] = "\(node)" }
        if let attempt = line.attempt { metadata["attempt"] = "\(attempt)" }
        logger.log(level: Logger.Level(line.level), "\(line.text)", metadata: metadata)
    }
}
