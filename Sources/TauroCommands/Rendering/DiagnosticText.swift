import TauroBasics
import TauroModel

/// Findings as lines: `file:line:column: error: message`, facts and cure below; on a terminal with the source line.
struct DiagnosticText {
    let style: Style
    /// The directory that paths are shown relative to.
    let directory: String?
    /// Columns of the terminal; nil where there is none, and no source is shown.
    let width: Int?

    /// All findings and a closing count.
    func lines(_ diagnostics: [Diagnostic]) -> [String] {
        var files: [String: SourceFile?] = [:]
        var lines: [String] = []
        for diagnostic in diagnostics {
            lines.append(headline(diagnostic))
            lines += excerpt(diagnostic, &files)
            lines += diagnostic.notes.map { "    \(PrintableText.line($0))" }
        }
        return lines + (diagnostics.count > 1 ? [closing(diagnostics)] : [])
    }

    private func headline(_ diagnostic: Diagnostic) -> String {
        let place =
            diagnostic.location.map { style.bold(PrintableText.line(Self.place($0, from: directory))) + " " } ?? ""
        let word = paint(diagnostic.severity, diagnostic.isError ? "error:" : "warning:")
        return "\(place)\(word) \(PrintableText.line(diagnostic.message))"
    }

    private func excerpt(_ diagnostic: Diagnostic, _ files: inout [String: SourceFile?]) -> [String] {
        guard let width, let location = diagnostic.location, location.line > 0 else { return [] }
        let file = files[location.file] ?? SourceFile(path: location.file)
        files[location.file] = .some(file)
        let excerpt = file.flatMap { SourceExcerpt($0, line: location.line, column: location.column) }
        return excerpt?.lines(width: width, style: style) { paint(diagnostic.severity, $0) } ?? []
    }

    private func closing(_ diagnostics: [Diagnostic]) -> String {
        let errors = diagnostics.count(where: \.isError)
        let counts = [(errors, "error"), (diagnostics.count - errors, "warning")].filter { $0.0 > 0 }
        return counts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
    }

    private func paint(_ severity: Diagnostic.Severity, _ text: String) -> String {
        severity == .error ? style.red(text) : style.yellow(text)
    }

    /// `file:line:column:` as far as they are known, relative to the directory.
    static func place(_ location: SourceLocation, from directory: String?) -> String {
        var file = location.file
        if let directory, file.hasPrefix(directory + "/") { file = String(file.dropFirst(directory.count + 1)) }
        if location.line == 0 { return "\(file):" }
        return location.column == 0 ? "\(file):\(location.line):" : "\(file):\(location.line):\(location.column):"
    }
}
