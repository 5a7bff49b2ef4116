import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// Making a plan, as several verbs do it.
enum PlanVerb {
    /// Builds the plan; warnings go to stderr.
    ///
    /// - Throws: `ValidationError` with every finding.
    static func plan(_ request: PlanRequest, with executor: BaseExecutor) throws -> ExecutionPlan {
        let result = executor.plan(request)
        guard let plan = result.plan else {
            throw ValidationError(operation: "validate \(request.pipeline)", diagnostics: result.diagnostics)
        }
        Report.standard.findings(result.diagnostics)
        return plan
    }
}

/// `tauro-host plan`.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what a run would do, in which order, and why."
    )

    /// The forms a plan comes in.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case dot
        case mermaid
    }

    @Argument(help: "Name of the pipeline.")
    var pipeline: String

    @OptionGroup var projectOptions: ProjectOptions

    @Option(help: ArgumentHelp("Value of a typed parameter; repeatable.", valueName: "node.name=value"))
    var param: [ParameterOption] = []

    @Option(help: "How the plan is printed.")
    var format: Format = .text

    func run() throws {
        do {
            try printPlan()
        } catch {
            if format == .json {
                let errors = SummaryDocument.errors(error, operation: "plan")
                Console.standard.print(PlanDocument.document(notPlanned: pipeline, because: errors).text(.pretty))
            }
            throw error
        }
    }

    private func printPlan() throws {
        let executor = try projectOptions.open()
        let request = PlanRequest(
            pipeline: pipeline,
            startDate: projectOptions.startDate,
            endDate: projectOptions.endDate,
            parameters: param.map { CommandLineParameter(node: $0.node, name: $0.name, text: $0.text) }
        )
        let plan = try PlanVerb.plan(request, with: executor)
        let console = Console.standard
        switch format {
        case .text:
            let text = PlanText(
                plan: plan,
                style: console.style(.output),
                directory: executor.context.projectDirectory
            )
            for line in text.lines() { console.print(line) }
        case .json: console.print(PlanDocument.document(plan).text(.pretty))
        case .dot: console.print(PlanGraph(plan: plan).dot())
        case .mermaid: console.print(PlanGraph(plan: plan).mermaid())
        }
    }
}

/// `tauro-host validate`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check a pipeline, or every pipeline, without running anything."
    )

    @Argument(help: "Name of the pipeline; all of them if none is given.")
    var pipeline: String?

    @OptionGroup var projectOptions: ProjectOptions

    func run() throws {
        let executor = try projectOptions.open()
        let names = pipeline.map { [$0] } ?? executor.context.pipelines.map(\.name)
        var findings: [Diagnostic] = []
        for name in names {
            let request = PlanRequest(
                pipeline: name,
                startDate: projectOptions.startDate,
                endDate: projectOptions.endDate
            )
            let result = executor.plan(request)
            findings += result.diagnostics.filter { !findings.contains($0) }
            if let plan = result.plan {
                Console.standard.print("Pipeline '\(name)' is valid: \(plan.nodes.count) nodes")
            }
        }
        if findings.contains(where: \.isError) {
            throw ValidationError(operation: "validate", diagnostics: findings)
        }
        Report.standard.findings(findings)
    }
}
