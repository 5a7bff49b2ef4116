import TauroBasics
import TauroModel

/// What `plugins check` found as JUnit's XML, which build servers read.
///
/// A warning is a passed case with its text as output: the format has none. Source of the format: the schema that
/// Jenkins publishes for its xUnit plugin.
enum CheckJUnit {
    static func text(_ report: CheckReport) -> String {
        let outcomes = report.outcomes
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        lines.append("<testsuites name=\"\(escaped(FilePath.name(report.path)))\" \(counts(outcomes))>")
        for group in PluginCheck.Group.allCases {
            let own = outcomes.filter { $0.key.check.group == group }
            guard !own.isEmpty else { continue }
            lines.append("  <testsuite name=\"\(group.rawValue)\" \(counts(own))>")
            for outcome in own { lines += self.lines(outcome, FilePath.stem(report.path)) }
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>", ""]).joined(separator: "\n")
    }

    private static func counts(_ outcomes: [CheckOutcome]) -> String {
        let failures = outcomes.count { $0.severity == .error }
        let skipped = outcomes.count { $0.severity == .skipped }
        return "tests=\"\(outcomes.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
    }

    private static func lines(_ outcome: CheckOutcome, _ plugin: String) -> [String] {
        let check = outcome.key.check
        let owner = "\(plugin).\(outcome.key.node ?? check.group.rawValue)"
        let head =
            "    <testcase classname=\"\(escaped(owner))\" name=\"\(escaped("\(check.rawValue) \(check.title)"))\""
        guard let element = element(outcome) else { return [head + "/>"] }
        return [head + ">", "      \(element)", "    </testcase>"]
    }

    private static func element(_ outcome: CheckOutcome) -> String? {
        let first = escaped(outcome.findings.first { $0.severity == outcome.severity }?.message ?? "")
        let all = outcome.findings.filter { $0.severity != .passed }
            .map { "\($0.severity.rawValue): \($0.message)" + ($0.cure.map { "\n\($0)" } ?? "") }
            .joined(separator: "\n")
        switch outcome.severity {
        case .error:
            return "<failure type=\"\(outcome.key.check.rawValue)\" message=\"\(first)\">\(escaped(all))</failure>"
        case .skipped: return "<skipped message=\"\(first)\"/>"
        case .warning, .info: return "<system-out>\(escaped(all))</system-out>"
        case .passed: return nil
        }
    }

    /// The text with what XML reserves written out, and without what XML 1.0 can not hold.
    private static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "\n", "\t": escaped.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}"..."\u{FFFF}": escaped.append("\u{FFFD}")
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
