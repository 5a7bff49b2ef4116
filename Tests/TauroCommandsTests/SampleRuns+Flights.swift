import TauroBasics
import TauroModel

extension SampleRuns {
    private static let plan = [
        planned("weather"), planned("airports"), planned("flights"), planned("planes"),
        planned("clean_flights", ["flights"]), planned("join_weather", ["clean_flights", "weather"]),
        planned("join_planes", ["clean_flights", "planes"]), planned("by_carrier", ["clean_flights"]),
        planned("features", ["join_weather", "join_planes", "airports"]), planned("train_delay_model", ["features"]),
        planned("score", ["train_delay_model", "features"]), planned("publish", ["score", "by_carrier"]),
    ]

    private static let timeout = RunError(
        type: "NodeExecutionError",
        message: "the server at 127.0.0.1:9092 did not answer within 2 s; is it running?",
        operation: "store output 'gold.publish'"
    )

    private static let broken = CheckResult(
        dataset: nil,
        check: "not_null",
        columns: ["tailnum"],
        status: .warned,
        rows: 336_776,
        failingRows: 2512,
        message: "2,512 of 336,776 rows are NULL",
        samples: [[.init(column: "carrier", text: "AA"), .init(column: "tailnum", text: nil)]]
    )

    private static var ingested: [NodeHistory] {
        [
            completed("weather", [attempt(from: 0.01, computed: 0.9, to: 1.4)], rows: 26_115),
            completed("airports", [attempt(from: 0.01, computed: 0.2, to: 0.3)], rows: 1458),
            completed("flights", [attempt(from: 0.012, computed: 2.2, to: 3.1)], rows: 336_776, checks: [broken]),
            completed("planes", [attempt(from: 0.32, computed: 0.5, to: 0.7)], rows: 3322),
            completed(
                "clean_flights",
                [attempt(from: 3.11, computed: 4.9, to: 5.6)],
                rows: 327_346,
                checks: [CheckResult(dataset: "silver.flights", check: "unique", columns: ["id"], rows: 327_346)]
            ),
            completed("join_weather", [attempt(from: 5.61, computed: 7.2, to: 7.7)], rows: 327_346),
            completed("join_planes", [attempt(from: 5.62, computed: 6.4, to: 6.9)], rows: 327_346),
            completed("by_carrier", [attempt(from: 5.62, computed: 5.9, to: 6.0)], rows: 16),
            completed("features", [attempt(from: 7.71, computed: 9.4, to: 10.6)], rows: 327_346),
        ]
    }

    /// A run that succeeded, with a node that was tried three times.
    static var successful: RunHistory {
        let failure = RunError(
            type: "NodeExecutionError",
            message: "connection reset",
            operation: "call 'flights.score'"
        )
        let nodes =
            ingested + [
                completed(
                    "train_delay_model",
                    [attempt(from: 10.62, computed: 15.8, to: 16.0)],
                    rows: 1,
                    metrics: ["rmse": 18.42, "trees": 240, "auc": 0.8713]
                ),
                completed(
                    "score",
                    [
                        attempt(1, from: 16.01, to: 16.6, .failed, error: failure),
                        attempt(2, from: 17.6, to: 18.1, .failed, error: failure),
                        attempt(3, from: 20.1, computed: 21.2, to: 21.9),
                    ],
                    rows: 327_346
                ), completed("publish", [attempt(from: 21.91, computed: 22.0, to: 22.8)], rows: 327_362),
            ]
        return history(
            record(plan),
            .completed,
            nodes,
            ending: ending(.completed, at: 22.85),
            breakers: [
                BreakerChange(resource: "model server", state: .open, failures: 2, at: moment(18.1)),
                BreakerChange(resource: "model server", state: .halfOpen, failures: 2, at: moment(20.1)),
                BreakerChange(resource: "model server", state: .closed, failures: 0, at: moment(21.9)),
            ],
            last: 22.85
        )
    }

    /// A run that failed at its end: one node cancelled, one that never began.
    static var failed: RunHistory {
        let nodes =
            ingested.dropLast() + [
                unfinished(
                    "features",
                    .failed,
                    [
                        attempt(1, from: 7.71, to: 9.0, .failed, error: timeout),
                        attempt(2, from: 10.0, computed: 11.0, to: 12.2, .failed, error: timeout),
                    ]
                ), unfinished("train_delay_model", .cancelled, reason: "node 'features' failed"),
                unfinished("score", .cancelled, reason: "node 'features' failed"),
                unfinished("publish", .pending),
            ]
        return history(record(plan), .failed, Array(nodes), ending: ending(.failed, at: 12.3), last: 12.3)
    }

    /// A run whose first host died inside a node; another host, a day later, took over what was done.
    static var resumed: RunHistory {
        let restored = ingested.prefix(5).map { node in
            completed(node.name, node.attempts, rows: node.completion?.rows ?? 0, isRestored: true)
        }
        let day = 86_400.0
        let later = [
            completed(
                "join_weather",
                [
                    attempt(1, from: 5.61, to: nil, .lost),
                    attempt(2, host: 1, from: day + 0.1, computed: day + 2, to: day + 2.5),
                ],
                rows: 327_346
            ),
            completed(
                "join_planes",
                [attempt(host: 1, from: day + 0.1, computed: day + 1, to: day + 1.4)],
                rows: 327_346
            ),
            completed("by_carrier", [attempt(host: 1, from: day + 0.1, computed: day + 0.3, to: day + 0.4)], rows: 16),
            unfinished("features", .running, [attempt(host: 1, from: day + 2.51, to: nil, .running)]),
            unfinished("train_delay_model", .pending), unfinished("score", .pending), unfinished("publish", .pending),
        ]
        return history(
            record(plan),
            .running,
            restored + later,
            hosts: [host(4242, at: 0), host(977, at: day)],
            last: day + 4
        )
    }

    /// What the failed run's nodes said.
    static var log: [RunLogLine] {
        [
            line(0, .info, nil, nil, "pipeline 'flights' begins with 12 nodes"),
            line(0.4, .debug, "weather", 1, "26115 rows read"),
            line(2.4, .warning, "flights", 1, "2512 rows have no tail number"),
            line(7.9, .info, "features", 1, "building 42 features"),
            line(9.0, .error, "features", 1, "the server did not answer"),
            line(10.1, .info, "features", 2, "building 42 features"),
            line(11.2, .info, "features", 2, "storing\n  part 1 of 3\n  part 2 of 3"),
            line(12.2, .error, "features", 2, "the server did not answer"),
        ]
    }
}
