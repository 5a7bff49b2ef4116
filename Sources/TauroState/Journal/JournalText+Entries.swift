import TauroBasics
import TauroModel

extension JournalText {
    /// Adds the line of an entry, its end included.
    ///
    /// Long: one case for each kind of entry.
    mutating func add(_ entry: JournalEntry, _ sequence: Int) {
        switch entry {
        case .hostBegan(let host):
            begin("host_began", sequence, at: host.beganAt)
            add(host)
        case .nodeStarted(let node, let attempt, let generation, let at):
            begin("node_started", sequence, at: at)
            add(node: node, attempt: attempt)
            member(",\"generation\":", Int64(generation))
        case .nodeComputed(let node, let rows, let copy, let at):
            begin("node_computed", sequence, at: at)
            add(node: node)
            member(rows: rows)
            if let copy {
                raw(",\"copy\":")
                add(copy)
            }
        case .nodeInvalidated(let node, let generation, let reason, let at):
            begin("node_invalidated", sequence, at: at)
            add(node: node)
            member(",\"generation\":", Int64(generation))
            member(",\"reason\":", reason)
        case .nodeCompleted(let node, let completion):
            begin("node_completed", sequence, at: completion.at)
            add(node: node, attempt: completion.attempt)
            add(completion)
        case .nodeRestored(let node, let at):
            begin("node_restored", sequence, at: at)
            add(node: node)
        case .nodeRetrying(let node, let attempt, let error, let nextAt, let at):
            begin("node_retrying", sequence, at: at)
            add(node: node, attempt: attempt)
            raw(",\"next_at\":")
            add(nextAt)
            add(error)
        case .nodeFailed(let node, let attempt, let error, let at):
            begin("node_failed", sequence, at: at)
            add(node: node, attempt: attempt)
            add(error)
        case .nodeCancelled(let node, let reason, let at):
            begin("node_cancelled", sequence, at: at)
            add(node: node)
            member(",\"reason\":", reason)
        case .breakerChanged(let resource, let state, let failures, let at):
            begin("breaker_changed", sequence, at: at)
            member(",\"resource\":", resource)
            member(",\"state\":", state.rawValue)
            member(",\"failures\":", Int64(failures))
        case .runEnded(let ending):
            begin("run_ended", sequence, at: ending.at)
            add(ending)
        }
        end()
    }

    private mutating func member(_ name: StaticString, _ text: String) {
        raw(name)
        add(text)
    }

    private mutating func member(_ name: StaticString, _ number: Int64) {
        raw(name)
        add(number)
    }

    private mutating func member(_ name: StaticString, _ number: Double) {
        raw(name)
        add(number)
    }

    private mutating func member(rows: Int64?) {
        if let rows { member(",\"rows\":", rows) }
    }

    private mutating func add(node: String, attempt: Int? = nil) {
        member(",\"node\":", node)
        if let attempt { member(",\"attempt\":", Int64(attempt)) }
    }

    private mutating func add(_ host: RunHost) {
        member(",\"process\":", Int64(host.process))
        member(",\"boot\":", host.boot)
        member(",\"machine\":", host.machine)
        member(",\"version\":", host.version)
    }

    private mutating func add(_ error: RunError) {
        member(",\"error\":{\"type\":", error.type)
        member(",\"message\":", error.message)
        member(",\"operation\":", error.operation)
        raw("}")
    }

    private mutating func add(_ ending: RunEnding) {
        member(",\"status\":", ending.status.rawValue)
        member(",\"seconds\":", ending.seconds)
        member(",\"engine_seconds\":", ending.engineSeconds)
        member(",\"peak_frame_bytes\":", ending.peakFrameBytes)
        member(",\"spooled_frame_bytes\":", ending.spooledFrameBytes)
    }

    /// Adds what there is: most completions have no metrics, checks or copy.
    private mutating func add(_ completion: NodeCompletion) {
        member(",\"seconds\":", completion.seconds)
        member(rows: completion.rows)
        if !completion.metrics.isEmpty {
            raw(",\"metrics\":{")
            add(completion.metrics.sorted { $0.key < $1.key }) { text, metric in
                text.add(metric.key)
                text.member(":", metric.value)
            }
            raw("}")
        }
        if !completion.checks.isEmpty {
            raw(",\"checks\":[")
            add(completion.checks) { $0.add($1) }
            raw("]")
        }
        if !completion.outputs.isEmpty {
            raw(",\"outputs\":[")
            add(completion.outputs) { $0.add($1) }
            raw("]")
        }
        if let copy = completion.copy {
            raw(",\"copy\":")
            add(copy)
        }
    }

    private mutating func add(_ output: StoredOutput) {
        member("{\"id\":", output.record.id)
        member(",\"format\":", output.record.format)
        member(",\"path\":", output.record.path)
        member(rows: output.record.rows)
        member(",\"bytes\":", output.record.bytes)
        member(",\"files\":", Int64(output.record.files))
        switch output.seal {
        case .commit: raw(",\"seal\":\"commit\"}")
        case .none: raw(",\"seal\":\"none\"}")
        case .files(let files):
            raw(",\"seal\":[")
            add(files) { $0.add($1) }
            raw("]}")
        }
    }

    private mutating func add(_ seal: FileSeal) {
        member("{\"path\":", seal.path)
        member(",\"size\":", seal.size)
        raw(",\"digest\":")
        add(digest: seal.digest)
        raw("}")
    }

    private mutating func add(_ check: CheckResult) {
        member("{\"check\":", check.check)
        if let dataset = check.dataset { member(",\"dataset\":", dataset) }
        if let name = check.name { member(",\"name\":", name) }
        raw(",\"columns\":[")
        add(check.columns) { $0.add($1) }
        member("],\"status\":", check.status.rawValue)
        member(rows: check.rows)
        if let failing = check.failingRows { member(",\"failing_rows\":", failing) }
        member(",\"message\":", check.message)
        raw(",\"samples\":[")
        add(check.samples) { text, row in
            text.raw("[")
            text.add(row) { $0.add($1) }
            text.raw("]")
        }
        raw("]}")
    }

    private mutating func add(_ value: CheckResult.SampleValue) {
        member("{\"column\":", value.column)
        if let text = value.text { member(",\"text\":", text) }
        raw("}")
    }
}
