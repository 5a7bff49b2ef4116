import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// `tauro-host validate`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check a pipeline, or the whole project, without running anything.",
        discussion: """
            Without a pipeline and --env, the files of every environment are read too. With --env, all is checked as it is \
            in that environment.
            """
    )

    /// The forms findings come in.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case sarif
    }

    @Argument(help: "Name of the pipeline; all of them if none is given.")
    var pipeline: String?

    @OptionGroup var projectOptions: ProjectOptions

    @Option(help: "How the findings are printed: for people, for editors, or for continuous integration.")
    var format: Format = .text

    func run() throws {
        do {
            let findings = try check()
            printDocument(findings, .success)
            Report.standard.findings(findings)
        } catch {
            printDocument(Findings.of(error), ExitStatus(error))
            throw error
        }
    }

    /// Warnings; the pipelines that are valid are told on stdout.
    ///
    /// - Throws: `ConfigurationError` or `ValidationError` with every finding.
    private func check() throws -> [Diagnostic] {
        let opened = try projectOptions.openToCheck()
        let outcome = opened.executor.validate(
            pipeline,
            dates: projectOptions.dates,
            callOptions: projectOptions.configuration.given
        )
        // While something of the project could not be read, nothing of it is called valid.
        for valid in outcome.validPipelines where format == .text && !opened.findings.contains(where: \.isError) {
            let count = "\(valid.nodes) node\(valid.nodes == 1 ? "" : "s")"
            Console.standard.print("Pipeline '\(valid.name)' is valid: \(count)")
        }
        let findings = opened.findings(with: outcome.diagnostics + (try environmentFindings()))
        if findings.contains(where: \.isError) {
            throw ValidationError(operation: "validate", diagnostics: findings)
        }
        return findings
    }

    /// What is wrong in the files of environments: looked for where the project as a whole is checked, in none of them.
    private func environmentFindings() throws -> [Diagnostic] {
        if pipeline != nil || projectOptions.env != nil { return [] }
        return try BaseExecutor.environmentFindings(project: projectOptions.project)
    }

    private func printDocument(_ findings: [Diagnostic], _ status: ExitStatus) {
        let document: JSONValue
        switch format {
        case .text: return
        case .json: document = FindingsDocument.document(findings)
        case .sarif: document = SarifDocument(project: projectDirectory).document(findings, status: status)
        }
        Console.standard.print(document.text(.pretty))
    }

    private var projectDirectory: String {
        let directory = (try? FileSystem.workingDirectory()) ?? "/"
        let path = FilePath.absolute(projectOptions.project, from: directory)
        // A project may be one file.
        return FileSystem.isDirectory(path) ? path : FilePath.parent(path)
    }
}
