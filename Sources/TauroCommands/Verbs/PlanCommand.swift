import ArgumentParser
import TauroBasics
import TauroModel
import TauroRuntime

/// Making a plan, as several verbs do it.
enum PlanVerb {
    /// Builds the plan; warnings go to stderr, those of the project's files among them.
    ///
    /// - Throws: `ValidationError` with every finding.
    static func plan(_ request: PlanRequest, with opened: BaseExecutor.Opened) throws -> ExecutionPlan {
        let result = opened.executor.plan(request)
        let findings = opened.findings(with: result.diagnostics)
        guard let plan = result.plan, !findings.contains(where: \.isError) else {
            throw ValidationError(operation: "validate \(request.pipeline)", diagnostics: findings)
        }
        Report.standard.findings(findings)
        return plan
    }
}

/// `tauro-host plan`.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what a run would do, in which order, and why.",
        discussion: SelectionOptions.discussion
    )

    /// The forms a plan comes in.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case dot
        case mermaid
        case graph
    }

    @Argument(help: "Name of the pipeline.")
    var pipeline: String

    @OptionGroup var projectOptions: ProjectOptions

    @OptionGroup var selection: SelectionOptions

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
        let opened = try projectOptions.openToCheck()
        let request = PlanRequest(
            pipeline: pipeline,
            startDate: projectOptions.startDate,
            endDate: projectOptions.endDate,
            parameters: param.map { CommandLineParameter(node: $0.node, name: $0.name, text: $0.text) },
            selection: selection.request,
            callOptions: projectOptions.configuration.given
        )
        let plan = try PlanVerb.plan(request, with: opened)
        let console = Console.standard
        switch format {
        case .text:
            let text = PlanText(
                plan: plan,
                style: console.style(.output),
                directory: opened.executor.context.projectDirectory
            )
            for line in text.lines() { console.print(line) }
        case .json: console.print(PlanDocument.document(plan).text(.pretty))
        case .dot: console.print(PlanGraph(plan: plan).dot())
        case .graph:
            let graph = GraphText(
                plan: plan,
                style: console.style(.output),
                glyphs: console.showsUnicode ? .unicode : .ascii,
                width: console.width(.output)
            )
            for line in graph.lines() { console.print(line) }
        case .mermaid: console.print(PlanGraph(plan: plan).mermaid())
        }
    }
}
