import TauroBasics
import TauroModel

/// Made-up runs to look at.
enum SampleRuns {
    /// 2026-03-02T09:00:00Z and some seconds.
    static func moment(_ seconds: Double) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: 1_772_442_000_000 + Int64((seconds * 1000).rounded()))
    }

    static func host(_ process: Int32, at seconds: Double) -> RunHost {
        RunHost(process: process, boot: "b-1", machine: "box", version: "0.1.0", beganAt: moment(seconds))
    }

    static func record(
        _ nodes: [RunRecord.Node],
        id: String = "20260302T090000-a1",
        request: RunRequest = RunRequest()
    )
        -> RunRecord
    {
        RunRecord(
            id: id,
            pipeline: "flights",
            kind: .batch,
            engine: "duckdb",
            dates: DateWindow(start: "2013-01-01", end: "2013-01-31"),
            maxWorkers: 3,
            request: request,
            nodes: nodes
        )
    }

    static func planned(_ name: String, _ dependencies: [String] = [], parameter: String = "600") -> RunRecord.Node {
        RunRecord.Node(
            name: name,
            function: "flights.\(name)",
            plugin: "/project/plugins/flights.so",
            dependencies: dependencies,
            inputs: dependencies.isEmpty ? ["raw_\(name)"] : dependencies,
            outputs: ["gold.\(name)"],
            fingerprint: NodeFingerprint([.init("plugin", "9a8b"), .init("parameter max_delay", parameter)])
        )
    }

    static func attempt(
        _ number: Int = 1,
        host: Int = 0,
        from start: Double,
        computed: Double? = nil,
        to end: Double?,
        _ outcome: AttemptHistory.Outcome = .completed,
        error: RunError? = nil
    ) -> AttemptHistory {
        AttemptHistory(
            number: number,
            host: host,
            startedAt: moment(start),
            computedAt: computed.map { moment($0) },
            endedAt: end.map { moment($0) },
            outcome: outcome,
            error: error
        )
    }

    static func stored(_ id: String, rows: Int64, bytes: Int64) -> StoredOutput {
        StoredOutput(
            OutputRecord(id: id, format: "parquet", path: "/project/data/\(id)", rows: rows, bytes: bytes, files: 1),
            seal: .commit
        )
    }

    /// A node that completed at its last attempt.
    static func completed(
        _ name: String,
        _ attempts: [AttemptHistory],
        rows: Int64 = 1000,
        metrics: [String: Double] = [:],
        checks: [CheckResult] = [],
        isRestored: Bool = false
    ) -> NodeHistory {
        let last = attempts[attempts.count - 1]
        let end = last.endedAt ?? last.startedAt
        let completion = NodeCompletion(
            attempt: last.number,
            at: end,
            seconds: Double(end.millisecondsSinceEpoch - last.startedAt.millisecondsSinceEpoch) / 1000,
            rows: rows,
            metrics: metrics,
            checks: checks,
            outputs: [stored("gold.\(name)", rows: rows, bytes: rows * 24)]
        )
        return NodeHistory(
            name: name,
            status: .completed,
            attempts: attempts,
            reason: nil,
            isRestored: isRestored,
            generation: 1,
            completion: completion
        )
    }

    /// A node that did not complete.
    static func unfinished(
        _ name: String,
        _ status: NodeStatus,
        _ attempts: [AttemptHistory] = [],
        reason: String? = nil
    )
        -> NodeHistory
    {
        NodeHistory(
            name: name,
            status: status,
            attempts: attempts,
            reason: reason,
            isRestored: false,
            generation: attempts.isEmpty ? 0 : 1,
            completion: nil
        )
    }

    static func line(
        _ seconds: Double,
        _ level: LogLevel,
        _ node: String?,
        _ attempt: Int?,
        _ text: String
    ) -> RunLogLine {
        RunLogLine(
            at: moment(seconds),
            level: level,
            run: "20260302T090000-a1",
            node: node,
            attempt: attempt,
            text: text
        )
    }

    static func history(
        _ record: RunRecord,
        _ status: RunHistory.Status,
        _ nodes: [NodeHistory],
        hosts: [RunHost]? = nil,
        ending: RunEnding? = nil,
        breakers: [BreakerChange] = [],
        last: Double
    ) -> RunHistory {
        RunHistory(
            record: record,
            status: status,
            hosts: hosts ?? [host(4242, at: 0)],
            ending: ending,
            nodes: nodes,
            breakers: breakers,
            lastEntryAt: moment(last)
        )
    }

    static func ending(_ status: RunSummary.Status, at seconds: Double, engine: Double = 0.084) -> RunEnding {
        RunEnding(
            status: status,
            at: moment(seconds),
            seconds: seconds,
            engineSeconds: engine,
            peakFrameBytes: 412_000_000,
            spooledFrameBytes: 96_000_000
        )
    }
}
