import TauroBasics
package import TauroModel

/// Checks a whole project: every pipeline, and what belongs to none.
///
/// Nothing is loaded or run.
package struct ProjectValidator {
    private let context: Context
    private let signatures: any SignatureSource
    private let datasets: any DatasetChecker
    private let dates: DateWindow
    private let callOptions: [String]

    /// Creates a validator; `dates` are those of the call, unchecked, and `callOptions` those of a `PlanRequest`.
    package init(
        context: Context,
        signatures: any SignatureSource,
        datasets: any DatasetChecker,
        dates: DateWindow = DateWindow(),
        callOptions: [String] = []
    ) {
        self.context = context
        self.signatures = signatures
        self.datasets = datasets
        self.dates = dates
        self.callOptions = callOptions
    }

    /// Checks one pipeline, or everything if none is named.
    package func validate(_ pipeline: String? = nil) -> ValidationOutcome {
        var outcome = ValidationOutcome()
        for name in pipeline.map({ [$0] }) ?? context.pipelines.map(\.name) {
            var builder = builder(for: name)
            let result = builder.build()
            // Not those of the result: what is told once there has to be told once of all pipelines.
            outcome.diagnostics += builder.diagnostics
            if let plan = result.plan { outcome.validPipelines.append((name, plan.nodes.count)) }
        }
        // Who uses what can not be told while some of it is not known.
        if pipeline == nil, context.doubtful.isEmpty {
            let loose = looseNodes
            outcome.diagnostics += checks(of: loose)
            // A name that leads nowhere was meant for something that only seems unused.
            let hasLostNames = outcome.diagnostics.contains { $0.severity == .error && $0.kind == .configuration }
            outcome.diagnostics += remarks(loose).filter { !hasLostNames || $0.severity == .error }
        }
        let sorted = outcome.diagnostics.sortedByPlace()
        outcome.diagnostics = SearchFacts(signatures).toldOnce(in: sorted)
        return outcome
    }

    private func builder(for pipeline: String) -> PlanBuilder {
        PlanBuilder(
            context: context,
            signatures: signatures,
            datasets: datasets,
            request: PlanRequest(
                pipeline: pipeline,
                startDate: dates.start,
                endDate: dates.end,
                callOptions: callOptions
            )
        )
    }

    /// The nodes that no pipeline lists.
    private var looseNodes: [NodeDefinition] {
        let listed = Set(context.pipelines.lazy.flatMap { $0.nodes.map(\.value) })
        return context.nodes.filter { !listed.contains($0.name) }
    }

    /// What is wrong with nodes that no pipeline lists, as far as each can be checked alone.
    private func checks(of loose: [NodeDefinition]) -> [Diagnostic] {
        if loose.isEmpty { return [] }
        var builder = builder(for: "")
        builder.checkLoose(loose)
        return builder.diagnostics
    }

    /// What a look at the project as a whole shows: what is unused, and what gets into each other's way.
    private func remarks(_ loose: [NodeDefinition]) -> [Diagnostic] {
        let inNoPipeline = loose.map { node in
            Diagnostic(
                .warning,
                .validation,
                "Node '\(node.name)' is in no pipeline",
                at: node.location,
                notes: ["add it to the nodes of a pipeline, or remove it"]
            )
        }
        return inNoPipeline + UnreadDatasets(context: context, datasets: datasets).findings()
            + SharedOutputs(context: context).findings() + unreadDefaults()
    }

    /// Defaults of global settings and of `ml_info` that no function of the project reads.
    private func unreadDefaults() -> [Diagnostic] {
        let known = context.nodes.compactMap { signatures.signature(named: $0.function.value) }
        // While a function is not known, neither is what it would read.
        if known.isEmpty || known.count < context.nodes.count { return [] }
        let readers = ValueReaders(known)
        let ofSettings = readers.unread(
            parameters: context.globalSettings.parameters,
            hyperparameters: context.globalSettings.hyperparameters,
            owner: "Global settings",
            readers: "of the project"
        )
        return ofSettings
            + readers.unread(context.mlInfo.layers.filter { $0.pipeline == nil }, readers: "of the project")
    }
}
