import TauroBasics
import TauroModel

/// Findings as lines: `file:line:column: error: message`, facts and cure below.
struct DiagnosticText {
    let style: Style
    /// The directory that paths are shown relative to.
    let directory: String?

    func lines(_ diagnostic: Diagnostic) -> [String] {
        let word = diagnostic.severity == .error ? style.red("error:") : style.yellow("warning:")
        let place = diagnostic.location.map { style.bold(describe($0)) + " " } ?? ""
        return ["\(place)\(word) \(diagnostic.message)"] + diagnostic.notes.map { "    \($0)" }
    }

    /// All findings and a closing count.
    func lines(_ diagnostics: [Diagnostic]) -> [String] {
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count - errors
        let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
        let closing = counts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
        return diagnostics.flatMap { lines($0) } + (diagnostics.count > 1 ? [closing] : [])
    }

    private func describe(_ location: SourceLocation) -> String {
        var file = location.file
        if let directory, file.hasPrefix(directory + "/") { file = String(file.dropFirst(directory.count + 1)) }
        if location.line == 0 { return "\(file):" }
        return location.column == 0 ? "\(file):\(location.line):" : "\(file):\(location.line):\(location.column):"
    }
}
