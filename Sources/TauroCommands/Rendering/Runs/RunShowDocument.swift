import TauroBasics
import TauroModel

/// One run as a JSON document: every key present.
enum RunShowDocument {
    static func document(_ run: RunHistory, errors: [JSONValue] = []) -> JSONValue {
        let figures = RunFigures(run)
        let own: [JSONValue.Member] = [
            .init("max_workers", .integer(Int64(run.record.maxWorkers))),
            .init("options", texts(RunWords.options(run.record.request))),
            .init("hosts", .array(run.hosts.map { host($0) })),
            .init("node_seconds", .double(figures.nodeSeconds)),
            .init("engine_seconds", number(run.ending?.engineSeconds)),
            .init("engine_seconds_per_node", number(figures.engineSecondsPerNode)),
            .init("peak_frame_bytes", run.ending.map { .integer($0.peakFrameBytes) } ?? .null),
            .init("spooled_frame_bytes", run.ending.map { .integer($0.spooledFrameBytes) } ?? .null),
            .init("critical_path", texts(figures.criticalPath.map { run.nodes[$0].name })),
            .init("critical_path_seconds", .double(figures.criticalSeconds)),
            .init("counts", counts(run)),
            .init("execution_order", texts(run.nodes.map(\.name))),
            .init("nodes", .object(run.nodes.indices.map { .init(run.nodes[$0].name, node($0, figures)) })),
            .init("breakers", .array(run.breakers.map { breaker($0) })),
            .init("can_be_resumed", .bool(figures.canBeResumed)),
            .init("errors", .array(errors)),
        ]
        return .object(RunListDocument.head(run) + own)
    }

    private static func host(_ host: RunHost) -> JSONValue {
        [
            "process": .integer(Int64(host.process)), "machine": .string(host.machine), "boot": .string(host.boot),
            "version": .string(host.version), "began_at": .string(host.beganAt.description),
        ]
    }

    private static func counts(_ run: RunHistory) -> JSONValue {
        .object(
            NodeStatus.allCases.map { status in
                .init(status.rawValue, .integer(Int64(run.nodes.count { $0.status == status })))
            }
        )
    }

    private static func node(_ place: Int, _ figures: RunFigures) -> JSONValue {
        let node = figures.history.nodes[place]
        let completion = node.completion
        let metrics = (completion?.metrics ?? [:]).sorted { $0.key < $1.key }
        return [
            "status": .string(node.status.rawValue),
            "is_restored": .bool(node.isRestored),
            "generation": .integer(Int64(node.generation)),
            "function": figures.records[place].map { .string($0.function) } ?? .null,
            "plugin": figures.records[place].map { .string($0.plugin) } ?? .null,
            "dependencies": texts(figures.records[place]?.dependencies ?? []),
            "duration_seconds": number(node.attempts.isEmpty ? nil : figures.times.seconds(node)),
            "rows": completion?.rows.map { .integer($0) } ?? .null,
            "attempts": .array(node.attempts.map { attempt($0, figures.times) }),
            "metrics": .object(metrics.map { .init($0.key, .double($0.value)) }),
            "checks": .array((completion?.checks ?? []).map { CheckResultDocument.document($0) }),
            "outputs": .array((completion?.outputs ?? []).map { output($0.record) }),
            "reason": node.reason.map { .string($0) } ?? .null,
            "error": node.status == .completed ? .null : error(node.error),
        ]
    }

    private static func attempt(_ attempt: AttemptHistory, _ times: RunTimes) -> JSONValue {
        [
            "attempt": .integer(Int64(attempt.number)),
            "host": .integer(Int64(attempt.host)),
            "started_at": .string(attempt.startedAt.description),
            "computed_at": attempt.computedAt.map { .string($0.description) } ?? .null,
            "ended_at": attempt.endedAt.map { .string($0.description) } ?? .null,
            "duration_seconds": .double(times.span(attempt).seconds),
            "outcome": .string(attempt.outcome.rawValue),
            "error": error(attempt.error),
        ]
    }

    private static func error(_ error: RunError?) -> JSONValue {
        guard let error else { return .null }
        return ["type": .string(error.type), "message": .string(error.message), "operation": .string(error.operation)]
    }

    private static func output(_ output: OutputRecord) -> JSONValue {
        [
            "id": .string(output.id), "format": .string(output.format), "path": .string(output.path),
            "rows": output.rows.map { .integer($0) } ?? .null, "bytes": .integer(output.bytes),
            "files": .integer(Int64(output.files)),
        ]
    }

    private static func breaker(_ change: BreakerChange) -> JSONValue {
        [
            "resource": .string(change.resource), "state": .string(change.state.rawValue),
            "failures": .integer(Int64(change.failures)), "at": .string(change.at.description),
        ]
    }

    private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    private static func number(_ number: Double?) -> JSONValue { number.map { .double($0) } ?? .null }
}
