import Synchronization
import TauroModel
public import TauroSDK

extension NodeTestBench {
    /// A line that the node logged.
    public struct LogLine: Sendable, Hashable {
        /// How important it is.
        public let level: TauroSDK.LogLevel
        /// What it says.
        public let text: String

        /// Creates a line, to compare with.
        public init(_ text: String, level: TauroSDK.LogLevel = .info) {
            self.level = level
            self.text = text
        }
    }

    /// One report of progress.
    public struct Progress: Sendable, Hashable {
        /// From 0 to 1; nil when it is not known.
        public let fraction: Double?
        /// What the node said with it.
        public let text: String?

        /// Creates a report, to compare with.
        public init(_ fraction: Double?, _ text: String? = nil) {
            self.fraction = fraction
            self.text = text
        }
    }

    /// The lines that the node logged, in order.
    public var log: [LogLine] { reports.state.withLock { $0.log } }

    /// The node's metrics: the last value of each name.
    public var metrics: [String: Double] { reports.state.withLock { $0.metrics } }

    /// The progress that the node reported, in order.
    public var progress: [Progress] { reports.state.withLock { $0.progress } }
}

/// What a node has told so far.
final class Reports: Sendable {
    struct State {
        var log: [NodeTestBench.LogLine] = []
        var metrics: [String: Double] = [:]
        var progress: [NodeTestBench.Progress] = []
    }

    let state = Mutex(State())

    func add(_ report: NodeReport) {
        state.withLock { state in
            switch report {
            case .log(let level, let text):
                let level = TauroSDK.LogLevel(rawValue: level.rawValue) ?? .info
                state.log.append(NodeTestBench.LogLine(text, level: level))
            case .metric(let name, let value): state.metrics[name] = value
            case .progress(let fraction, let text):
                state.progress.append(NodeTestBench.Progress(fraction, text))
            }
        }
    }
}
