import TauroBasics
import TauroModel

extension JournalEntry {
    /// Reads a line; nil where it can not be understood, as a newer version's may not.
    init?(_ line: JSONValue) {
        guard let event = line["event"]?.text, let at = line["at"]?.moment else { return nil }
        let entry =
            switch event {
            case "host_began": RunHost(line, at).map(JournalEntry.hostBegan)
            case "run_ended": RunEnding(line, at).map(JournalEntry.runEnded)
            case "breaker_changed": JournalEntry.breaker(line, at)
            default: line["node"]?.text.flatMap { JournalEntry.ofNode($0, event, line, at) }
            }
        guard let entry else { return nil }
        self = entry
    }

    private static func ofNode(_ node: String, _ event: String, _ line: JSONValue, _ at: Timestamp) -> JournalEntry? {
        switch event {
        case "node_computed":
            let copy = line["copy"].map(FileSeal.init)
            if case .some(nil) = copy { return nil }
            return .nodeComputed(node: node, rows: line["rows"]?.integer, copy: copy ?? nil, at: at)
        case "node_invalidated":
            guard let generation = line["generation"]?.count, let reason = line["reason"]?.text else { return nil }
            return .nodeInvalidated(node: node, generation: generation, reason: reason, at: at)
        case "node_restored": return .nodeRestored(node: node, at: at)
        case "node_cancelled": return line["reason"]?.text.map { .nodeCancelled(node: node, reason: $0, at: at) }
        default: break
        }
        guard let attempt = line["attempt"]?.count else { return nil }
        switch event {
        case "node_started":
            return line["generation"]?.count
                .map { .nodeStarted(node: node, attempt: attempt, generation: $0, at: at) }
        case "node_completed":
            return NodeCompletion(line, attempt, at).map { .nodeCompleted(node: node, $0) }
        case "node_retrying":
            guard let error = line["error"].flatMap(RunError.init), let next = line["next_at"]?.moment else {
                return nil
            }
            return .nodeRetrying(node: node, attempt: attempt, error, nextAt: next, at: at)
        case "node_failed":
            return line["error"].flatMap(RunError.init)
                .map { .nodeFailed(node: node, attempt: attempt, $0, at: at) }
        default: return nil
        }
    }

    private static func breaker(_ line: JSONValue, _ at: Timestamp) -> JournalEntry? {
        guard let resource = line["resource"]?.text, let failures = line["failures"]?.count,
            let state = line["state"]?.text.flatMap(BreakerState.init(rawValue:))
        else { return nil }
        return .breakerChanged(resource: resource, state: state, failures: failures, at: at)
    }
}

extension RunHost {
    fileprivate init?(_ line: JSONValue, _ at: Timestamp) {
        guard let process = line["process"]?.integer.flatMap(Int32.init(exactly:)), let boot = line["boot"]?.text,
            let machine = line["machine"]?.text, let version = line["version"]?.text
        else { return nil }
        self.init(process: process, boot: boot, machine: machine, version: version, beganAt: at)
    }
}

extension RunEnding {
    fileprivate init?(_ line: JSONValue, _ at: Timestamp) {
        guard let status = line["status"]?.text.flatMap(RunSummary.Status.init(rawValue:)),
            let seconds = line["seconds"]?.number, let engine = line["engine_seconds"]?.number
        else { return nil }
        self.init(
            status: status,
            at: at,
            seconds: seconds,
            engineSeconds: engine,
            peakFrameBytes: line["peak_frame_bytes"]?.integer ?? 0,
            spooledFrameBytes: line["spooled_frame_bytes"]?.integer ?? 0
        )
    }
}

extension RunError {
    fileprivate init?(_ value: JSONValue) {
        guard let type = value["type"]?.text, let message = value["message"]?.text,
            let operation = value["operation"]?.text
        else { return nil }
        self.init(type: type, message: message, operation: operation)
    }
}

extension NodeCompletion {
    fileprivate init?(_ line: JSONValue, _ attempt: Int, _ at: Timestamp) {
        guard let seconds = line["seconds"]?.number, let checks = line.list("checks", CheckResult.init),
            let outputs = line.list("outputs", StoredOutput.init),
            let metrics = NodeCompletion.metrics(line["metrics"])
        else { return nil }
        var copy: FileSeal?
        if let value = line["copy"] {
            guard let seal = FileSeal(value) else { return nil }
            copy = seal
        }
        self.init(
            attempt: attempt,
            at: at,
            seconds: seconds,
            rows: line["rows"]?.integer,
            metrics: metrics,
            checks: checks,
            outputs: outputs,
            copy: copy
        )
    }

    private static func metrics(_ value: JSONValue?) -> [String: Double]? {
        guard let value else { return [:] }
        guard let members = value.members else { return nil }
        var metrics: [String: Double] = [:]
        for member in members {
            guard let number = member.value.number else { return nil }
            metrics[member.key] = number
        }
        return metrics
    }
}

extension StoredOutput {
    fileprivate init?(_ value: JSONValue) {
        guard let id = value["id"]?.text, let format = value["format"]?.text, let path = value["path"]?.text,
            let bytes = value["bytes"]?.integer, let files = value["files"]?.count,
            let seal = value["seal"].flatMap(OutputSeal.init)
        else { return nil }
        let rows = value["rows"]?.integer
        self.init(
            OutputRecord(id: id, format: format, path: path, rows: rows, bytes: bytes, files: files),
            seal: seal
        )
    }
}

extension OutputSeal {
    fileprivate init?(_ value: JSONValue) {
        switch value {
        case .string("commit"): self = .commit
        case .string("none"): self = .none
        default:
            guard let files = value.list(FileSeal.init) else { return nil }
            self = .files(files)
        }
    }
}

extension FileSeal {
    fileprivate init?(_ value: JSONValue) {
        guard let path = value["path"]?.text, let size = value["size"]?.integer,
            let digest = value["digest"]?.text.flatMap({ UInt64($0, radix: 16) })
        else { return nil }
        self.init(path: path, size: size, digest: digest)
    }
}

extension CheckResult {
    fileprivate init?(_ value: JSONValue) {
        guard let check = value["check"]?.text, let columns = value.list("columns", \.text),
            let status = value["status"]?.text.flatMap(Status.init(rawValue:)), let message = value["message"]?.text,
            let samples = value.list("samples", { $0.list(SampleValue.init) })
        else { return nil }
        self.init(
            dataset: value["dataset"]?.text,
            check: check,
            name: value["name"]?.text,
            columns: columns,
            status: status,
            rows: value["rows"]?.integer,
            failingRows: value["failing_rows"]?.integer,
            message: message,
            samples: samples
        )
    }
}

extension CheckResult.SampleValue {
    fileprivate init?(_ value: JSONValue) {
        guard let column = value["column"]?.text else { return nil }
        self.init(column: column, text: value["text"]?.text)
    }
}
