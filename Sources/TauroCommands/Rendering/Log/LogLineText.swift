import TauroBasics
import TauroModel

/// A line of a log, for people: always one line, and unable to drive a terminal.
struct LogLineText {
    let style: Style

    /// `2026-01-31T10:00:00.000Z warning extract#2 text`.
    func line(_ line: RunLogLine) -> String {
        let attempt = line.attempt.map { "#\($0)" } ?? ""
        let owner = line.node.map { style.bold(PrintableText.line($0 + attempt)) + " " } ?? ""
        let padding = String(repeating: " ", count: Self.widestLevel - line.level.name.count)
        return
            "\(style.dim(line.at.description)) \(word(line.level))\(padding) \(owner)\(PrintableText.line(line.text))"
    }

    /// `warning extract: text`.
    func progressLine(_ level: LogLevel, _ node: String?, _ text: String) -> String {
        let owner = node.map { "\(PrintableText.line($0)): " } ?? ""
        return "\(word(level)) \(owner)\(PrintableText.line(text))"
    }

    private static let widestLevel = LogLevel.allCases.map(\.name.count).max() ?? 0

    private func word(_ level: LogLevel) -> String {
        switch level {
        case .debug: style.dim(level.name)
        case .info: style.cyan(level.name)
        case .warning: style.yellow(level.name)
        case .error: style.red(level.name)
        }
    }
}
