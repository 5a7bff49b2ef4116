import TauroModel

/// Runs whose hosts died, in words.
enum DeadRunText {
    /// A run that nobody has been told of.
    static func warning(_ run: DeadRun) -> Diagnostic {
        let place = run.calls.count == 1 ? "node '\(run.calls[0].node)'" : "one of \(run.calls.count) nodes"
        let workers = run.calls.count == 1 ? "it in a worker process" : "them in worker processes"
        return Diagnostic(
            .warning,
            .configuration,
            PrintableText.line(
                "run \(run.id) of pipeline '\(run.pipeline)', begun \(run.startedAt), died inside \(place): \(cause(run))"
            ),
            notes: run.calls.map { call($0) } + [
                "run it again with --resume \(run.id) to call \(workers), or set 'isolation: process'"
            ]
        )
    }

    /// A run whose host died before it came to its end.
    static func warning(_ run: RunOverview) -> Diagnostic {
        Diagnostic(
            .warning,
            .configuration,
            PrintableText.line(
                "the last run of pipeline '\(run.pipeline)', \(run.id), never came to its end: its host died after \(run.lastEntryAt)"
            ),
            notes: ["finish it with --resume \(run.id), or --resume last while it is the last one"]
        )
    }

    /// A record that can not be understood.
    static func warning(unreadable path: String, _ reason: String) -> Diagnostic {
        Diagnostic(
            .warning,
            .configuration,
            "the record of a run, \(path), \(reason); what it says of that run is lost",
            notes: ["remove the file"]
        )
    }

    /// What a resumed run does otherwise.
    static func lines(resuming run: DeadRun, as plan: ExecutionPlan) -> [String] {
        let names = Set(plan.nodes.map(\.name))
        let suspects = run.suspects
        let lines = suspects.map { node in
            names.contains(node)
                ? "node '\(node)' runs in a worker process, because the host died inside it\(reason(node, run))"
                : "node '\(node)', which the host died inside, is "
                    + (plan.leftOut.contains(node) ? "not selected" : "not in the pipeline any more")
        }
        return lines.map { "resuming run \(run.id): \($0)" }
    }

    private static func call(_ call: DeadRun.Call) -> String {
        PrintableText.line(
            "node '\(call.node)', called \(call.beganAt): function \(call.function), plugin \(call.plugin)"
        )
    }

    private static func reason(_ node: String, _ run: DeadRun) -> String {
        guard let call = run.calls.first(where: { $0.node == node }) else { return " in an earlier run" }
        switch call.cause {
        case .signal(let number)?: return " (\(SignalWords.name(number)))"
        case .exit?: return " (it ended the process)"
        case .threadExit?: return " (it ended its thread)"
        case nil: return run.calls.count == 1 ? "" : " or inside another"
        }
    }

    private static func cause(_ run: DeadRun) -> String {
        switch run.calls.first?.cause {
        case .signal(let number)?: SignalWords.text(number)
        case .exit?: "it ended the process, as exit() does"
        case .threadExit?: "it ended its thread, as pthread_exit() does"
        case nil: "the host died without a word: killed, or the machine stopped"
        }
    }
}
