import TauroBasics
import TauroModel

/// Tells a person on stderr what is wrong.
struct Report {
    static let standard = Report(console: .standard)

    let console: Console

    /// Shows findings, with paths relative to where the person stands.
    func findings(_ diagnostics: [Diagnostic]) {
        let text = DiagnosticText(
            style: console.style(.error),
            directory: try? FileSystem.workingDirectory(),
            width: console.isTerminal(.error) ? console.width(.error) : nil
        )
        for line in text.lines(diagnostics) { console.print(line, to: .error) }
    }

    /// Shows an error; findings one by one, anything else as a sentence.
    func error(_ error: any Error) {
        switch error {
        case let error as ConfigurationError: findings(error.diagnostics)
        case let error as ValidationError: findings(error.diagnostics)
        case let error as any ExecutionError: line(error.message)
        case let error as DatasetError: line(error.message)
        case let error as SQLError: line(error.message)
        case is ExitStatus: break
        default: line("\(error)")
        }
    }

    /// Shows what became of the nodes that failed.
    func failures(of summary: RunSummary) {
        for error in summary.errors { line("\(type(of: error).typeName): \(error.message)") }
    }

    private func line(_ text: String) {
        console.print("\(console.style(.error).red("error:")) \(text)", to: .error)
    }
}
