import TauroBasics
import TauroModel

/// How lines of a log are written: `--log-format`.
enum LogFormat: String, CaseIterable, Sendable {
    /// For people.
    case text
    /// One JSON object a line.
    case json

    /// The line as a log file shows it, without a line end; in text `time level node#attempt text`.
    func line(_ line: RunLogLine, style: Style) -> String {
        switch self {
        case .json: line.document.text()
        case .text: LogLineText(style: style).line(line)
        }
    }
}
