import Logging
import TauroBasics
import TauroModel
import TauroRuntime

/// Tells on stderr what is wrong: a person in text, a program in lines of the console's log.
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
        guard let log = console.log else {
            for line in text.lines(diagnostics) { console.print(line, to: .error) }
            return
        }
        for finding in diagnostics {
            let place = finding.location.map { DiagnosticText.place($0, from: text.directory) + " " } ?? ""
            let words = ([place + finding.message] + finding.notes).joined(separator: "\n")
            log.log(level: finding.isError ? .error : .warning, "\(words)")
        }
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

    /// Says something that is not wrong.
    func notes(_ lines: [String]) {
        for text in lines {
            if let log = console.log {
                log.info("\(text)")
            } else {
                console.print(PrintableText.line(text), to: .error)
            }
        }
    }

    private func line(_ text: String) {
        if let log = console.log { return log.error("\(text)") }
        console.print("\(console.style(.error).red("error:")) \(text)", to: .error)
    }
}
