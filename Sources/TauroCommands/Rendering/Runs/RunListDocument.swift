import TauroBasics
import TauroModel

/// The runs of a project as one JSON document.
enum RunListDocument {
    /// The runs in the order given; `errors` says which could not be read.
    static func document(_ runs: [RunHistory], errors: [JSONValue] = []) -> JSONValue {
        ["runs": .array(runs.map { .object(head($0)) }), "errors": .array(errors)]
    }

    /// What is told of a run wherever it is told of.
    static func head(_ run: RunHistory) -> [JSONValue.Member] {
        let figures = RunFigures(run)
        return [
            .init("run_id", .string(run.record.id)),
            .init("pipeline", .string(run.record.pipeline)),
            .init("type", .string(run.record.kind.rawValue)),
            .init("status", .string(run.status.rawValue)),
            .init("engine", .string(run.record.engine)),
            .init("start_date", run.record.dates.start.map { .string($0) } ?? .null),
            .init("end_date", run.record.dates.end.map { .string($0) } ?? .null),
            .init("started_at", figures.times.whole.map { .string($0.start.description) } ?? .null),
            .init("finished_at", run.ending.map { .string($0.at.description) } ?? .null),
            .init("last_entry_at", .string(run.lastEntryAt.description)),
            .init("duration_seconds", .double(figures.times.seconds)),
            .init("nodes_completed", .integer(Int64(figures.completedCount))),
            .init("nodes_total", .integer(Int64(run.nodes.count))),
        ]
    }
}
