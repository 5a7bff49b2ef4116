import Synchronization
package import TauroBasics
import TauroData
package import TauroModel

/// A store in memory: what was stored can be loaded again.
package final class FakeDatasets: DatasetLoader, DatasetWriter, DatasetChecker, ContractHolder {
    private let checks = Mutex<[String: CheckResult.Status]>([:])
    private let stored = Mutex<[String: Dataset]>([:])
    private let commits = Mutex<[String: [CommitIdentity: Commit]]>([:])
    private let faults = Mutex<[String: Set<Fault>]>([:])
    private let hooks = Mutex<[String: @Sendable () throws -> Void]>([:])

    private let missing: Set<String>
    private let reading: [String: [PlannedInput]]
    private let resources: [String: String]

    /// Creates a store; what plans are told to be `missing` is not there, everything else is, and `reading` says what
    /// queries read, `resources` which servers datasets are on, by their ids.
    package init(
        missing: Set<String> = [],
        reading: [String: [PlannedInput]] = [:],
        resources: [String: String] = [:]
    ) {
        self.resources = resources
        self.missing = missing
        self.reading = reading
    }

    /// What befalls an output in a run that is resumed.
    package enum Fault: Sendable {
        /// A file of it is not as it was stored.
        case altered
        /// A file of it is gone.
        case missing
        /// Its format does not give the result back.
        case notRestorable
        /// Nothing can take the place of what is stored.
        case irreplaceable
    }

    /// What one commit stored.
    private struct Commit {
        let output: StoredOutput
        let result: Dataset
    }

    /// Sets what befalls an output from now on.
    package func set(_ faults: Set<Fault>, of id: String) {
        self.faults.withLock { $0[id] = faults }
    }

    /// The commits that stored an output and were not replaced, by generation.
    package func commits(of id: String) -> [CommitIdentity] {
        commits.withLock { $0[id, default: [:]].keys.sorted { $0.generation < $1.generation } }
    }

    package func datasets(readBy dataset: DatasetDefinition) -> [PlannedInput] { reading[dataset.id] ?? [] }

    package func resource(of dataset: DatasetDefinition) -> String? { resources[dataset.id] }

    /// Puts a dataset where nodes find it.
    package func put(_ dataset: Dataset, as id: String) {
        stored.withLock { $0[id] = dataset }
    }

    /// Sets what happens just before `id` is stored; throwing makes the storing fail.
    package func whenStoring(_ id: String, _ hook: @escaping @Sendable () throws -> Void) {
        hooks.withLock { $0[id] = hook }
    }

    /// Sets how checks called `name` end; others pass.
    package func whenChecking(_ name: String, _ status: CheckResult.Status) {
        checks.withLock { $0[name] = status }
    }

    package func hold(
        _ frame: Frame,
        to contracts: [DataContract],
        now: Timestamp,
        cancellation: CancellationToken
    ) throws -> [CheckResult] {
        contracts.flatMap { contract in
            contract.checks.map { check in
                let status = checks.withLock { $0[check.name ?? ""] } ?? .passed
                return CheckResult(
                    dataset: contract.dataset,
                    check: check.rule.word,
                    name: check.name,
                    columns: check.rule.columns.map(\.value),
                    status: status,
                    message: status == .passed ? "" : "2 of 3 rows are NULL",
                    samples: status == .passed ? [] : [[CheckResult.SampleValue(column: "n", text: nil)]]
                )
            }
        }
    }

    /// The ids of everything that is there, sorted.
    package var ids: [String] { stored.withLock { $0.keys.sorted() } }

    package func check(_ input: PlannedInput, as kind: NodeSignature.Input.Kind) -> InputFindings {
        if !missing.contains(input.id) { return InputFindings() }
        return InputFindings(missing: Diagnostic(.error, .configuration, "Dataset '\(input.id)' is not there"))
    }

    package func check(output: DatasetDefinition, commit: CommitIdentity?) -> [Diagnostic] { [] }

    package func check(description dataset: DatasetDefinition, isInput: Bool) -> [Diagnostic] { [] }

    package func load(
        _ dataset: DatasetDefinition,
        as kind: NodeSignature.Input.Kind,
        dates: DateWindow
    ) throws -> Dataset {
        guard let found = stored.withLock({ $0[dataset.id] }) else {
            throw DatasetError(.notFound, "dataset '\(dataset.id)' is not there")
        }
        return found
    }

    package func store(
        _ result: Dataset,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> StoredOutput {
        if let known = commits.withLock({ $0[dataset.id]?[commit] }) { return known.output }
        try hooks.withLock { $0[dataset.id] }?()
        put(result, as: dataset.id)
        var rows: Int64?
        if case .frame(let frame) = result { rows = frame.rowCount }
        let record = OutputRecord(
            id: dataset.id,
            format: dataset.format.value,
            path: dataset.path.value,
            rows: rows,
            bytes: 0,
            files: 1
        )
        let seal = FileSeal(path: "part-\(commit.runID)", size: rows ?? 0, digest: UInt64(commit.generation))
        let output = StoredOutput(record, seal: .files([seal]))
        commits.withLock {
            let others = $0[dataset.id, default: [:]].filter { !$0.key.isSameNode(as: commit) }
            $0[dataset.id] = others.merging([commit: Commit(output: output, result: result)]) { $1 }
        }
        return output
    }

    package func stored(as dataset: DatasetDefinition, by commit: CommitIdentity) -> StoredOutput? {
        commits.withLock { $0[dataset.id]?[commit]?.output }
    }

    package func trouble(
        with output: StoredOutput,
        of dataset: DatasetDefinition,
        commit: CommitIdentity
    ) -> String? {
        let faults = faults.withLock { $0[dataset.id, default: []] }
        let isThere = stored(as: dataset, by: commit) == output
        if faults.contains(.missing) || !isThere { return "part-\(commit.runID) is missing" }
        return faults.contains(.altered) ? "part-\(commit.runID) was altered" : nil
    }

    package func restore(
        _ output: StoredOutput,
        of dataset: DatasetDefinition,
        commit: CommitIdentity
    ) -> Dataset? {
        if has(.notRestorable, dataset) { return nil }
        return commits.withLock { $0[dataset.id]?[commit]?.result }
    }

    package func restoresExactly(_ result: Dataset, as dataset: DatasetDefinition) -> Bool {
        !has(.notRestorable, dataset)
    }

    package func obstacle(toReplacing dataset: DatasetDefinition) -> String? {
        has(.irreplaceable, dataset)
            ? "output '\(dataset.id)' can not take rows back; remove them, and begin a new run" : nil
    }

    private func has(_ fault: Fault, _ dataset: DatasetDefinition) -> Bool {
        faults.withLock { $0[dataset.id, default: []].contains(fault) }
    }
}

extension Frame {
    /// A frame with one column `n` that counts from 0.
    package static func rows(_ count: Int) -> Frame {
        let schema = Schema([Field("n", .int64)])
        guard count > 0,
            let column = try? ArrowColumn((0..<count).map { Int64($0) as Int64? }),
            let batch = try? RecordBatch(columns: [(name: "n", column: column)])
        else { return Frame(schema: schema, batches: []) }
        return Frame(schema: batch.schema, batches: [batch])
    }
}
