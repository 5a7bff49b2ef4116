import TauroBasics
import TauroModel

/// What `plugins check` found, for people: everything that is not plainly passed, then a table of counts.
struct CheckText {
    let style: Style
    /// Columns that a line may have.
    let width: Int
    /// Options of the command line that a command to repeat a case needs too.
    var options: [String] = []

    func lines(_ report: CheckReport) -> [String] {
        var lines = report.findings.filter { $0.severity != .passed && $0.severity != .skipped }
            .flatMap { self.lines($0) + repetition($0, report.path) }
        lines += skipped(report.findings.filter { $0.severity == .skipped })
        lines += lines.isEmpty ? [] : [""]
        let fuzz = report.fuzz.map { ["", "\($0.caseCount) random cases, --seed \($0.seed)"] } ?? []
        return lines + table(report.outcomes) + fuzz + ["", verdict(report)]
    }

    private func lines(_ finding: CheckFinding) -> [String] {
        let word = finding.severity.rawValue
        let padding = String(repeating: " ", count: max(0, CheckText.wordWidth - word.count))
        let indent = String(repeating: " ", count: finding.check.rawValue.count + CheckText.wordWidth + 2)
        var texts = WrappedText.lines(PrintableText.line(finding.message), width: width - indent.count)
        let first = "\(style.bold(finding.check.rawValue)) \(colored(finding.severity))\(padding) "
        texts[0] = first + texts[0]
        let cure = finding.cure.map { WrappedText.lines(PrintableText.line($0), width: width - indent.count) } ?? []
        return texts.prefix(1) + texts.dropFirst().map { indent + $0 } + cure.map { indent + style.dim($0) }
    }

    /// The command that makes a random case again.
    private func repetition(_ finding: CheckFinding, _ path: String) -> [String] {
        guard let seed = finding.seed, let node = finding.node else { return [] }
        let options = options.map { $0.hasPrefix("--") ? $0 : ShellWord.quoted($0) }.joined(separator: " ")
        let command =
            "plugins check \(ShellWord.quoted(path)) --test \(finding.check.rawValue) --node \(node) --seed \(seed)"
        return ["    \(HostCommand.current()) \(command)\(options.isEmpty ? "" : " " + options)"]
    }

    /// One line for each reason, however many checks it kept from being made.
    private func skipped(_ findings: [CheckFinding]) -> [String] {
        var reasons: [String] = []
        for finding in findings where !reasons.contains(finding.message) { reasons.append(finding.message) }
        return reasons.flatMap { reason in
            let own = findings.filter { $0.message == reason }
            if own.count == 1 { return lines(own[0]) }
            return [style.dim("\(own.count) checks skipped: \(PrintableText.line(reason))")]
        }
    }

    private static let wordWidth = "warning".count

    private func colored(_ severity: CheckFinding.Severity) -> String {
        switch severity {
        case .error: style.red(severity.rawValue)
        case .warning: style.yellow(severity.rawValue)
        case .info: style.cyan(severity.rawValue)
        case .skipped: style.dim(severity.rawValue)
        case .passed: style.green(severity.rawValue)
        }
    }

    private func table(_ outcomes: [CheckOutcome]) -> [String] {
        let severities = CheckFinding.Severity.allCases
        var table = TextTable(
            [("checks", .left), ("all", .right)] + severities.map { ($0.rawValue, TextTable.Alignment.right) }
        )
        for group in PluginCheck.Group.allCases {
            let own = outcomes.filter { $0.key.check.group == group }
            guard !own.isEmpty else { continue }
            let counts = severities.map { severity in own.count { $0.severity == severity } }
            table.add([group.rawValue, "\(own.count)"] + counts.map { "\($0)" })
        }
        return table.lines(style)
    }

    private func verdict(_ report: CheckReport) -> String {
        let errors = report.findings.count { $0.severity == .error }
        let warnings = report.findings.count { $0.severity == .warning }
        let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
            .map { ", \($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined()
        let word = report.hasErrors ? style.red("failed") : style.green("passed")
        return "\(PrintableText.line(report.path)) \(word)\(counts)"
    }
}
