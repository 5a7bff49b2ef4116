import TauroBasics
import TauroModel

/// Checks how the batch and the streaming nodes of a pipeline go together.
///
/// A node is a streaming one if its `input` is a map with a format that the policy reads. What waits for such a node never
/// sees it end, so it belongs to the streaming phase too and gets the stream's rows as they come.
struct HybridValidator {
    private let context: Context
    private let pipeline: PipelineDefinition
    private let policy: FormatPolicy
    private let nodes: [NodeDefinition]
    /// For each node the places of those it waits for.
    private let upstream: [[Int]]
    /// The places of nodes that others wait for.
    private let waitedFor: Set<Int>
    private let readsStream: [Bool]
    private let isStreaming: [Bool]
    private var result = HybridValidation()

    /// Everything about `pipeline`.
    static func validation(
        of pipeline: PipelineDefinition,
        in context: Context,
        _ policy: FormatPolicy
    )
        -> HybridValidation
    {
        var validator = HybridValidator(pipeline, context, policy)
        validator.checkPhases(of: pipeline)
        for place in validator.nodes.indices { validator.checkEndpoints(at: place) }
        for place in validator.nodes.indices where validator.isStreaming[place] { validator.checkBatchSide(of: place) }
        validator.checkConflicts()
        return validator.result
    }

    private init(_ pipeline: PipelineDefinition, _ context: Context, _ policy: FormatPolicy) {
        self.context = context
        self.pipeline = pipeline
        self.policy = policy
        nodes = DependencyResolver.extractPipelineNodes(pipeline).compactMap(context.node)
        upstream = DependencyResolver.upstream(of: nodes.map { ($0.name, $0) }).places
        waitedFor = Set(upstream.joined())
        readsStream = nodes.map { node in
            node.streamInput?.format.map { policy.isSupportedInput($0.value) } ?? false
        }
        isStreaming = Self.spread(readsStream, along: upstream)
    }

    /// Marks what waits for something marked, however indirectly.
    private static func spread(_ marks: [Bool], along upstream: [[Int]]) -> [Bool] {
        var downstream = [[Int]](repeating: [], count: marks.count)
        for (place, needed) in upstream.enumerated() {
            for other in needed { downstream[other].append(place) }
        }
        var marks = marks
        var open = marks.indices.filter { marks[$0] }
        while let place = open.popLast() {
            for dependent in downstream[place] where !marks[dependent] {
                marks[dependent] = true
                open.append(dependent)
            }
        }
        return marks
    }

    private mutating func checkPhases(of pipeline: PipelineDefinition) {
        for (place, node) in nodes.enumerated() {
            if isStreaming[place] {
                result.streamingNodes.append(node.name)
            } else {
                result.batchNodes.append(node.name)
            }
        }
        if nodes.isEmpty { return }
        let isLacking = pipeline.kind == .streaming ? !result.batchNodes.isEmpty : result.streamingNodes.isEmpty
        guard isLacking else { return }
        let which = result.streamingNodes.isEmpty ? "none of its nodes reads" : "not all of its nodes read"
        report(
            .warning,
            "Pipeline '\(pipeline.name)' is of type \(pipeline.kind.rawValue), but \(which) a stream",
            at: pipeline.location,
            notes: ["a node reads a stream if its `input` is a map with a format: input: {format: kafka, …}"]
        )
    }

    private mutating func checkEndpoints(at place: Int) {
        let node = nodes[place]
        let check = StreamEndpointCheck(node: node, policy: policy)
        result.findings += check.input() + check.output(isStreaming: isStreaming[place])
        guard isStreaming[place] else { return }
        for output in node.outputs {
            guard let format = context.outputDefinition(for: output.value)?.format,
                !policy.isSupportedOutput(format.value)
            else { continue }
            result.findings.append(check.unsupportedOutput(format, at: format.location ?? output.location))
        }
        if readsStream[place] { checkReader(node, at: place) }
    }

    private mutating func checkReader(_ node: NodeDefinition, at place: Int) {
        if node.streamOutput == nil, node.outputs.isEmpty, !waitedFor.contains(place) {
            report(
                .error,
                "Streaming node '\(node.name)' must have an 'output'",
                at: node.location,
                notes: ["give it an `output`, or a node that depends on it"]
            )
        }
        guard let format = node.streamInput?.format, policy.requiresCheckpoint(format.value) else { return }
        let isGiven =
            context.execution(of: node, in: pipeline).checkpointLocation != nil
            || node.streamOutput?.checkpointLocation != nil
            || context.globalSettings.all["checkpoints_base"] != nil
        if isGiven { return }
        report(
            .error,
            "Streaming node '\(node.name)' reads \(format.value), which requires 'checkpoint_location'",
            at: format.location ?? node.location,
            notes: [
                "add `streaming: {checkpoint_location: …}` to the node or its pipeline, or `checkpoints_base` to global "
                    + "settings, so that a restart goes on where the last run ended"
            ]
        )
    }

    private mutating func checkBatchSide(of place: Int) {
        let batch = upstream[place].filter { !isStreaming[$0] }
        if batch.isEmpty { return }
        let node = nodes[place]
        result.crossDependencies.append(
            HybridValidation.CrossDependency(
                streamingNode: node.name,
                batchDependencies: batch.map { nodes[$0].name }
            )
        )
        // A node that only waits for a stream gets the very results of its batch nodes, whatever their format.
        guard readsStream[place], let format = node.streamInput?.format?.value else { return }
        for dependency in batch { checkFormats(of: nodes[dependency], readBy: node, as: format) }
    }

    private mutating func checkFormats(of batch: NodeDefinition, readBy node: NodeDefinition, as format: String) {
        let stored = batch.outputs.compactMap { context.outputDefinition(for: $0.value) }
        guard !stored.isEmpty else {
            let message = "Streaming node '\(node.name)' depends on batch node '\(batch.name)', which has no 'output'"
            return add(.error, batch, node, message, cure: "store what '\(batch.name)' returns, or drop the dependency")
        }
        guard let readable = stored.first(where: { policy.areCompatible(batch: $0.format.value, streaming: format) })
        else {
            let formats = DependencyResolver.unique(stored.map(\.format.value)).joined(separator: ", ")
            let message =
                "Batch node '\(batch.name)' stores \(formats), which streaming node '\(node.name)' can not read as \(format)"
            return add(.error, batch, node, message, cure: cure(for: stored))
        }
        if let path = node.streamInput?.path ?? node.streamInput?.option("path").map({ Located($0) }),
            !stored.contains(where: { isSame(path.value, $0.path.value) })
        {
            let message =
                "Streaming node '\(node.name)' reads \(path.value), which is not where batch node '\(batch.name)' stores"
            let places = stored.map(\.path.value).joined(separator: ", ")
            return add(.warning, batch, node, message, cure: "'\(batch.name)' stores in \(places)")
        }
        let message = "\(readable.format.value) of '\(batch.name)' can be read as \(format) by '\(node.name)'"
        add(.info, batch, node, message, cure: "")
    }

    private func cure(for stored: [DatasetDefinition]) -> String {
        let pairs = policy.compatibility.sorted { $0.key < $1.key }
            .map { "\($0.key) as \($0.value.joined(separator: " or "))" }
        return "what can be read: \(pairs.joined(separator: ", "))"
    }

    private mutating func add(
        _ severity: HybridValidation.FormatFinding.Severity,
        _ batch: NodeDefinition,
        _ streaming: NodeDefinition,
        _ message: String,
        cure: String
    ) {
        result.formatCompatibility.append(
            HybridValidation.FormatFinding(
                severity: severity,
                batchNode: batch.name,
                streamingNode: streaming.name,
                message: message
            )
        )
        if severity == .info { return }
        report(
            severity == .error ? .error : .warning,
            message,
            at: streaming.streamInput?.location ?? streaming.location,
            notes: [cure]
        )
    }

    private mutating func checkConflicts() {
        let outputs = nodes.map { node in node.outputs.compactMap { context.outputDefinition(for: $0.value) } }
        result.findings += OutputPaths(nodes, outputs).repeated()
        var writers: [WrittenResource: [NodeDefinition]] = [:]
        for (node, stored) in zip(nodes, outputs) {
            for resource in Set(resources(node, stored)) { writers[resource, default: []].append(node) }
        }
        for (resource, ofResource) in writers.sorted(by: { $0.key < $1.key }) where ofResource.count > 1 {
            let names = ofResource.map(\.name)
            result.resourceConflicts.append(
                HybridValidation.ResourceConflict(kind: resource.kind, resource: resource.name, nodes: names)
            )
            guard ofResource.contains(where: { $0.streamOutput != nil }) else { continue }
            let what = resource.kind == .topic ? "the Kafka topic '\(resource.name)'" : "the path \(resource.name)"
            report(
                resource.kind == .topic ? .warning : .error,
                "Nodes \(names.map { "'\($0)'" }.joined(separator: " and ")) both write \(what)",
                at: ofResource.last?.streamOutput?.location ?? ofResource.last?.location,
                notes: ["give each node an output of its own"]
            )
        }
    }

    private func resources(_ node: NodeDefinition, _ stored: [DatasetDefinition]) -> [WrittenResource] {
        var found = stored.map { WrittenResource(kind: .path, name: $0.path.value) }
        guard let stream = node.streamOutput else { return found }
        if stream.format?.value == "kafka", let topic = stream.option("topic") {
            found.append(WrittenResource(kind: .topic, name: topic))
        }
        if let path = stream.path?.value ?? stream.option("path") {
            found.append(WrittenResource(kind: .path, name: absolute(path)))
        }
        return found
    }

    private func isSame(_ path: String, _ stored: String) -> Bool { absolute(path) == stored }

    private func absolute(_ path: String) -> String {
        path.contains("://") ? path : FilePath.absolute(path, from: context.projectDirectory)
    }

    private mutating func report(
        _ severity: Diagnostic.Severity,
        _ message: String,
        at location: SourceLocation?,
        notes: [String]
    ) {
        result.findings.append(Diagnostic(severity, .validation, message, at: location, notes: notes))
    }
}

/// Something that a node writes.
private struct WrittenResource: Hashable, Comparable {
    let kind: HybridValidation.ResourceConflict.Kind
    let name: String

    static func < (left: Self, right: Self) -> Bool {
        (left.kind.rawValue, left.name) < (right.kind.rawValue, right.name)
    }
}
