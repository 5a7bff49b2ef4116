import TauroBasics
import TauroModel

extension PlanBuilder {
    /// Checks what levels of configuration say of how nodes are executed.
    ///
    /// Told where it is said: what holds for many nodes is told once.
    mutating func checkExecution(of definitions: [NodeDefinition], in pipeline: PipelineDefinition) {
        for node in definitions where !context.isDoubtful(node.location) {
            let settings = context.execution(of: node, in: pipeline)
            let planned = PlanAssembly.execution(of: node, in: pipeline, context, request)
            checkPool(settings, of: node, in: pipeline)
            checkMemory(settings, of: node, in: pipeline)
            checkRetry(planned, of: node, in: pipeline)
        }
    }

    private mutating func checkPool(
        _ settings: ExecutionSettings,
        of node: NodeDefinition,
        in pipeline: PipelineDefinition
    ) {
        guard let pool = settings.pool, context.globalSettings.pools[pool.value] == nil else { return }
        let known = context.globalSettings.pools.keys.sorted()
        let speaker = speaker(of: node, in: pipeline) { $0.pool != nil }
        diagnostics.append(
            Diagnostic(
                .error,
                .validation,
                "\(speaker.name): there is no pool '\(pool.value)'",
                at: pool.location ?? speaker.location,
                notes: NearestName.note(nearestNames.nearest(to: pool.value, in: known))
                    + [
                        known.isEmpty
                            ? "say in global settings how many of its nodes may run at once, for example `pools: {\(pool.value): 2}`"
                            : "pools: \(known.joined(separator: ", "))"
                    ]
            )
        )
    }

    private mutating func checkMemory(
        _ settings: ExecutionSettings,
        of node: NodeDefinition,
        in pipeline: PipelineDefinition
    ) {
        guard let memory = settings.memory, let limit = context.globalSettings.memoryLimit, memory.value > limit
        else { return }
        let speaker = speaker(of: node, in: pipeline) { $0.memory != nil }
        diagnostics.append(
            Diagnostic(
                .warning,
                .validation,
                "\(speaker.name): \(memory.value) bytes of memory are more than memory_limit, \(limit), so \(speaker.runs) alone",
                at: memory.location ?? speaker.location,
                notes: ["raise memory_limit in global settings, or say less"]
            )
        )
    }

    private mutating func checkRetry(
        _ execution: PlannedExecution,
        of node: NodeDefinition,
        in pipeline: PipelineDefinition
    ) {
        let retry = execution.retry
        if retry.maxRetries == 0 { return }
        if retry.causes.contains(.crash), execution.isolation == .inProcess {
            let speaker = speaker(of: node, in: pipeline) { $0.retry.causes != nil }
            reportRetry(
                "\(speaker.name): a crash in this process ends the run, so that nothing is tried again after it",
                speaker,
                cure: "set isolation: process, or leave crash out of `on`"
            )
        }
        if retry.causes.contains(.timeout), execution.timeout == nil {
            let speaker = speaker(of: node, in: pipeline) { $0.retry.causes != nil }
            reportRetry(
                "\(speaker.name): without timeout_seconds no attempt times out",
                speaker,
                cure: "set timeout_seconds, or leave timeout out of `on`"
            )
        }
        if retry.delaySeconds > retry.maxDelaySeconds {
            let speaker = speaker(of: node, in: pipeline) {
                $0.retry.delaySeconds != nil || $0.retry.maxDelaySeconds != nil
            }
            reportRetry(
                "\(speaker.name): delay_seconds is \(retry.delaySeconds), but no wait is longer than max_delay_seconds, "
                    + "\(retry.maxDelaySeconds)",
                speaker,
                cure: "raise max_delay_seconds, or say a shorter delay"
            )
        }
    }

    private mutating func reportRetry(_ message: String, _ speaker: Speaker, cure: String) {
        diagnostics.append(
            Diagnostic(
                .warning,
                .validation,
                message,
                at: speaker.settings.retry.location ?? speaker.location,
                notes: [cure]
            )
        )
    }

    /// Who says something of how a node is executed: the nearest level that does.
    private func speaker(
        of node: NodeDefinition,
        in pipeline: PipelineDefinition,
        says: (ExecutionSettings) -> Bool
    ) -> Speaker {
        if says(node.execution) {
            return Speaker(
                name: "Node '\(node.name)'",
                runs: "it runs",
                settings: node.execution,
                location: node.location
            )
        }
        if says(pipeline.execution) {
            return Speaker(
                name: "Pipeline '\(pipeline.name)'",
                runs: "its nodes run",
                settings: pipeline.execution,
                location: pipeline.location
            )
        }
        return Speaker(
            name: "Global settings",
            runs: "nodes run",
            settings: context.globalSettings.execution,
            location: nil
        )
    }

    /// The circuit breakers of a pipeline's nodes.
    mutating func assignBreakers(
        _ definitions: [NodeDefinition],
        _ inputs: [[PlannedInput]],
        _ outputs: [[DatasetDefinition]],
        in pipeline: PipelineDefinition
    ) -> BreakerAssignment {
        let servers = definitions.indices.map { node in
            let read = inputs[node] + inputs[node].flatMap { readByQueries[$0.id] ?? [] }
            return (read.compactMap(\.definition) + outputs[node]).compactMap { datasets.resource(of: $0) }
        }
        let assignment = BreakerAssignment(definitions, servers: servers, in: pipeline, context)
        diagnostics += assignment.findings
        return assignment
    }
}

/// A level of configuration that says something.
private struct Speaker {
    let name: String
    /// What becomes of the nodes it speaks of, in the middle of a sentence.
    let runs: String
    let settings: ExecutionSettings
    let location: SourceLocation?
}
