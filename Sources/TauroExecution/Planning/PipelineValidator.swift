import TauroBasics
public import TauroModel

/// Checks what configuration says before anything runs.
///
/// Every check returns all its findings.
public enum PipelineValidator {
    /// Checks the name and the days of a run; a day comes from the call, else from global settings.
    ///
    /// A run without days is one without days, unless `requiresDates` says that it must have both.
    public static func validateRequiredParams(
        pipelineName: String,
        startDate: String?,
        endDate: String?,
        contextStartDate: Located<String>? = nil,
        contextEndDate: Located<String>? = nil,
        requiresDates: Bool = false
    ) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        if pipelineName.isEmpty {
            findings.append(Diagnostic(.error, .configuration, "Pipeline name is required"))
        }
        if requiresDates {
            if startDate == nil, contextStartDate == nil { findings.append(missingDate("Start", "start")) }
            if endDate == nil, contextEndDate == nil { findings.append(missingDate("End", "end")) }
        }
        let start = day(startDate.map { Located($0) } ?? contextStartDate, "start_date", &findings)
        let end = day(endDate.map { Located($0) } ?? contextEndDate, "end_date", &findings)
        if let start, let end, end < start {
            findings.append(
                Diagnostic(
                    .error,
                    .configuration,
                    "Start date \(start) must be <= end date \(end)",
                    at: endDate == nil ? contextEndDate?.location : nil,
                    notes: ["both days belong to the run; give the earlier one as the start date"]
                )
            )
        }
        return findings
    }

    private static func missingDate(_ word: String, _ name: String) -> Diagnostic {
        Diagnostic(
            .error,
            .configuration,
            "\(word) date is required",
            notes: ["give --\(name)-date, or \(name)_date in global settings; the pipeline has `requires_dates: true`"]
        )
    }

    private static func day(_ text: Located<String>?, _ name: String, _ findings: inout [Diagnostic]) -> Day? {
        guard let text else { return nil }
        if let day = Day(text.value) { return day }
        findings.append(
            Diagnostic(
                .error,
                .configuration,
                "Invalid date format '\(text.value)' for \(name). Use YYYY-MM-DD",
                at: text.location,
                notes: ["for example 2025-01-31; the day must exist in the calendar"]
            )
        )
        return nil
    }

    /// Checks that a pipeline has nodes, each once.
    public static func validatePipelineConfig(_ pipeline: PipelineDefinition) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        if pipeline.nodes.isEmpty {
            findings.append(
                Diagnostic(
                    .error,
                    .validation,
                    "Pipeline '\(pipeline.name)' must have at least one node",
                    at: pipeline.location
                )
            )
        }
        var seen: Set<String> = []
        for node in pipeline.nodes where !seen.insert(node.value).inserted {
            findings.append(
                Diagnostic(
                    .error,
                    .validation,
                    "Pipeline '\(pipeline.name)' lists node '\(node.value)' twice",
                    at: node.location,
                    notes: ["a node runs once; remove one of the two"]
                )
            )
        }
        return findings
    }

    /// Checks that every node a pipeline lists is configured.
    public static func validateNodeConfigs(
        _ pipeline: PipelineDefinition,
        nodes: [String: NodeDefinition]
    ) -> [Diagnostic] {
        var nearestNames = NearestNames()
        lazy var names = nodes.keys.sorted()
        return pipeline.nodes.filter { nodes[$0.value] == nil }.map { missing in
            let nearest = nearestNames.nearest(to: missing.value, in: names)
            return Diagnostic(
                .error,
                .configuration,
                "Missing nodes: \(missing.value) (in pipeline '\(pipeline.name)')",
                at: missing.location ?? pipeline.location,
                notes: NearestName.note(nearest)
                    + ["add '\(missing.value)' to nodes.yaml, or remove it from the pipeline"]
            )
        }
    }
}
