import TauroBasics
import TauroModel

/// A run's summary as the JSON document of the contract: every key present, on every exit.
enum SummaryDocument {
    static func document(_ summary: RunSummary) -> JSONValue {
        [
            "run_id": .string(summary.runID),
            "pipeline": .string(summary.pipeline),
            "type": .string(summary.kind.rawValue),
            "status": .string(summary.status.rawValue),
            "engine": .string(summary.engine),
            "start_date": text(summary.dates.start),
            "end_date": text(summary.dates.end),
            "started_at": .string(summary.startedAt),
            "finished_at": .string(summary.finishedAt),
            "duration_seconds": .double(summary.durationSeconds),
            "max_workers": .integer(Int64(summary.maxWorkers)),
            "peak_frame_bytes": .integer(summary.peakFrameBytes),
            "spooled_frame_bytes": .integer(summary.spooledFrameBytes),
            "execution_order": .array(summary.nodes.map { .string($0.name) }),
            "nodes": .object(summary.nodes.map { JSONValue.Member($0.name, node($0)) }),
            "counts": counts(summary.nodes),
            "circuit_breaker": breaker(summary.circuitBreaker),
            "engine_seconds": .double(summary.engineSeconds),
            "abandoned_threads": .integer(Int64(summary.abandonedThreads)),
            "errors": .array(summary.errors.map { error($0) }),
        ]
    }

    /// The document of a run that never began.
    static func document(
        notStarted pipeline: String?,
        status: RunSummary.Status = .failed,
        because errors: [JSONValue]
    ) -> JSONValue {
        [
            "run_id": .null, "pipeline": text(pipeline), "type": .null, "status": .string(status.rawValue),
            "engine": .null, "start_date": .null, "end_date": .null, "started_at": .null, "finished_at": .null,
            "duration_seconds": .null, "max_workers": .null, "peak_frame_bytes": .null,
            "spooled_frame_bytes": .null, "execution_order": [], "nodes": .object([]), "counts": counts([]),
            "circuit_breaker": breaker(nil), "engine_seconds": .null, "abandoned_threads": .null,
            "errors": .array(errors),
        ]
    }

    /// Everything that an error says; `operation` where the error does not say what was being done.
    static func errors(_ error: any Error, operation: String) -> [JSONValue] {
        switch error {
        case let error as ConfigurationError: error.diagnostics.filter(\.isError).map { Self.error($0) }
        case let error as ValidationError: error.diagnostics.filter(\.isError).map { Self.error($0) }
        case let error as any ExecutionError: [Self.error(error)]
        case let error as DatasetError: [failure("DatasetError", error.message, operation)]
        case let error as SQLError: [failure("SQLError", error.message, operation)]
        default: [failure("Error", "\(error)", operation)]
        }
    }

    private static func failure(_ type: String, _ message: String, _ operation: String) -> JSONValue {
        ["type": .string(type), "message": .string(message), "node": .null, "operation": .string(operation)]
    }

    static func error(_ error: any ExecutionError) -> JSONValue {
        [
            "type": .string(type(of: error).typeName),
            "message": .string(error.message),
            "node": text(error.node),
            "operation": .string(error.operation),
        ]
    }

    static func error(_ diagnostic: Diagnostic) -> JSONValue {
        let type =
            switch diagnostic.kind {
            case .configuration: ConfigurationError.typeName
            case .validation: ValidationError.typeName
            case .security: PluginError.typeName
            }
        return [
            "type": .string(type),
            "message": .string(diagnostic.message),
            "node": .null,
            "operation": "validate",
            "location": diagnostic.location.map { location($0) } ?? .null,
            "notes": .array(diagnostic.notes.map { .string($0) }),
        ]
    }

    static func location(_ location: SourceLocation) -> JSONValue {
        [
            "file": .string(location.file), "line": .integer(Int64(location.line)),
            "column": .integer(Int64(location.column)),
        ]
    }

    /// The breaker that is most out of order; a run without one is as well as one can be.
    private static func breaker(_ breaker: BreakerSummary?) -> JSONValue {
        [
            "state": .string((breaker?.state ?? .closed).rawValue), "failures": .integer(Int64(breaker?.failures ?? 0)),
            "resource": text(breaker?.resource),
        ]
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    private static func counts(_ nodes: [NodeSummary]) -> JSONValue {
        .object(
            NodeStatus.allCases.map { status in
                JSONValue.Member(status.rawValue, .integer(Int64(nodes.count { $0.status == status })))
            }
        )
    }

    private static func node(_ node: NodeSummary) -> JSONValue {
        [
            "status": .string(node.status.rawValue),
            "attempts": .integer(Int64(node.attempts)),
            "started_at": text(node.startedAt),
            "duration_seconds": node.durationSeconds.map { .double($0) } ?? .null,
            "rows": node.rows.map { .integer($0) } ?? .null,
            "metrics": .object(
                node.metrics.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .double($0.value)) }
            ),
            "checks": .array(node.checks.map { CheckResultDocument.document($0) }),
            "outputs": .array(node.outputs.map { output($0) }),
            "reason": text(node.reason),
            "error": node.error.map { error($0) } ?? .null,
        ]
    }

    private static func output(_ output: OutputRecord) -> JSONValue {
        [
            "id": .string(output.id), "format": .string(output.format), "path": .string(output.path),
            "rows": output.rows.map { .integer($0) } ?? .null, "bytes": .integer(output.bytes),
            "files": .integer(Int64(output.files)),
        ]
    }
}
