/// What a person asked to run.
package struct PlanRequest: Sendable {
    /// The pipeline's name.
    package let pipeline: String
    /// First day as given by the call, unchecked.
    package let startDate: String?
    /// Last day as given by the call, unchecked.
    package let endDate: String?
    /// Values for typed parameters from the call.
    package let parameters: [CommandLineParameter]
    /// Which of the pipeline's nodes are wanted.
    package let selection: SelectionRequest
    /// Where all functions are called, whatever configuration says.
    package let isolation: NodeIsolation?
    /// Nodes that run in a worker process, whatever anyone says.
    package let isolatedNodes: Set<String>
    /// Whether the plan is to be run, not only looked at.
    package let isToRun: Bool
    /// The run that is resumed: what it has stored itself does not stand in its way.
    package let resumedRun: String?
    /// What holds for ML nodes, whatever configuration says.
    package let machineLearning: MLRequest
    /// The call's options that decide its configuration, for commands that people are told.
    package let callOptions: [String]

    package init(
        pipeline: String,
        startDate: String? = nil,
        endDate: String? = nil,
        parameters: [CommandLineParameter] = [],
        selection: SelectionRequest = SelectionRequest(),
        isolation: NodeIsolation? = nil,
        isolatedNodes: Set<String> = [],
        isToRun: Bool = false,
        resumedRun: String? = nil,
        machineLearning: MLRequest = MLRequest(),
        callOptions: [String] = []
    ) {
        self.pipeline = pipeline
        self.startDate = startDate
        self.endDate = endDate
        self.parameters = parameters
        self.selection = selection
        self.isolation = isolation
        self.isolatedNodes = isolatedNodes
        self.isToRun = isToRun
        self.resumedRun = resumedRun
        self.machineLearning = machineLearning
        self.callOptions = callOptions
    }
}

/// One `--param NODE.NAME=VALUE`.
package struct CommandLineParameter: Sendable, Hashable {
    package let node: String
    package let name: String
    /// The value as written; read by the type that the function declares.
    package let text: String

    package init(node: String, name: String, text: String) {
        self.node = node
        self.name = name
        self.text = text
    }
}

/// A plan, or why there is none.
package struct PlanResult: Sendable {
    /// The plan; nil when a diagnostic is an error.
    package let plan: ExecutionPlan?
    /// All findings, sorted by place.
    package let diagnostics: [Diagnostic]

    package init(plan: ExecutionPlan?, diagnostics: [Diagnostic]) {
        self.plan = plan
        self.diagnostics = diagnostics
    }
}
