import TauroBasics
import TauroModel

/// Where nodes store, in a world in which hosts die between any two commits: each takes place whole or not at all.
final class SimulatedStorage: DatasetWriter, ResultKeeper, DatasetLoader, ContractHolder, @unchecked Sendable {
    // Used by the one thread that plays the history.

    /// What one commit stored.
    struct Commit {
        let result: UInt64
        let output: StoredOutput
        /// Whether somebody has changed it since, or taken it away.
        var isAltered = false
    }

    /// What is known of a dataset's format.
    private struct Format {
        let givesResultsBack: Bool
        let knowsItsCommits: Bool

        init(_ dataset: DatasetDefinition) {
            givesResultsBack = dataset.format.value != "loose"
            knowsItsCommits = dataset.format.value == "table"
        }
    }

    private let world: World
    /// What datasets hold, by their ids.
    private(set) var commits: [String: [CommitIdentity: Commit]] = [:]
    /// Every commit that ever took place.
    private var past: [String: Set<CommitIdentity>] = [:]
    private var copies: [FileSeal: UInt64] = [:]
    /// How many calls of a hundred fail.
    var failurePercent = 0
    /// Whether hosts may have forgotten what generation they are at.
    var mayGoBack = false
    /// A fault that the tests put in: a commit that took place takes place again.
    var forgetsCommits = false

    init(_ world: World) { self.world = world }

    /// What another run has added to a dataset.
    static let foreign = CommitIdentity(runID: "run-0", node: "before")

    /// Puts something of another run into a dataset.
    func putForeign(_ id: String) {
        let record = OutputRecord(id: id, format: "table", path: "", rows: nil, bytes: 8, files: 1)
        commits[id, default: [:]][SimulatedStorage.foreign] = Commit(
            result: 0,
            output: StoredOutput(record, seal: .commit)
        )
    }

    /// Whether a node's commit of a dataset took place, whatever became of it since.
    func has(_ node: String, generation: Int, in id: String) -> Bool {
        past[id]?.contains(CommitIdentity(runID: Scenario.run, node: node, generation: generation)) ?? false
    }

    /// The commit of a node, of whatever generation.
    func commit(of node: String, in id: String) -> (identity: CommitIdentity, commit: Commit)? {
        commits[id]?.first { $0.key.node == node && $0.key.runID == Scenario.run }.map { ($0.key, $0.value) }
    }

    /// Changes what a commit stored, or takes it away.
    func tamper(_ id: String, _ identity: CommitIdentity) {
        if world.chance(50) { commits[id]?[identity] = nil } else { commits[id]?[identity]?.isAltered = true }
    }

    /// Loses all copies of results.
    func loseCopies() { copies = [:] }

    // MARK: - Storing

    func store(
        _ result: Dataset,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> StoredOutput {
        guard world.pass() else { throw HostDied() }
        if let known = commits[dataset.id]?[commit], !forgetsCommits { return known.output }
        if cancellation.isCancelled { throw DatasetError(.cancelled, "told to stop") }
        if world.chance(failurePercent) { throw DatasetError(.unwritable, "no room") }
        let stored = put(result.number, dataset, commit)
        guard world.pass() else { throw HostDied() }
        // Some find out too late that all is well.
        if world.chance(failurePercent) { throw DatasetError(.unwritable, "the answer did not come") }
        return stored
    }

    private func put(_ result: UInt64, _ dataset: DatasetDefinition, _ identity: CommitIdentity) -> StoredOutput {
        let format = Format(dataset)
        let file = FileSeal(path: "part-\(identity.node)-\(identity.generation)", size: 8, digest: result)
        let record = OutputRecord(
            id: dataset.id,
            format: dataset.format.value,
            path: dataset.path.value,
            rows: nil,
            bytes: 8,
            files: 1
        )
        let output = StoredOutput(record, seal: format.knowsItsCommits ? .commit : .files([file]))
        let mine = commits[dataset.id, default: [:]].keys.filter { $0.isSameNode(as: identity) }
        for other in mine {
            world.expect(
                mayGoBack || other.generation <= identity.generation,
                "\(identity.node) replaced generation \(other.generation) of \(dataset.id) with \(identity.generation)"
            )
        }
        if forgetsCommits, mine.contains(identity) { return add(Commit(result: result, output: output), dataset.id) }
        if dataset.writeMode == .overwrite { commits[dataset.id] = [:] }
        for other in mine { commits[dataset.id]?[other] = nil }
        commits[dataset.id, default: [:]][identity] = Commit(result: result, output: output)
        past[dataset.id, default: []].insert(identity)
        return output
    }

    /// Adds a commit as if it were another one.
    private func add(_ commit: Commit, _ id: String) -> StoredOutput {
        commits[id, default: [:]][CommitIdentity(runID: "again", node: "\(world.number())")] = commit
        return commit.output
    }

    // MARK: - Evidence

    func stored(as dataset: DatasetDefinition, by commit: CommitIdentity) -> StoredOutput? {
        commits[dataset.id]?[commit]?.output
    }

    func trouble(with output: StoredOutput, of dataset: DatasetDefinition, commit: CommitIdentity) -> String? {
        guard let known = commits[dataset.id]?[commit] else { return "it is missing" }
        return known.isAltered ? "it was altered" : nil
    }

    func restore(_ output: StoredOutput, of dataset: DatasetDefinition, commit: CommitIdentity) -> Dataset? {
        guard Format(dataset).givesResultsBack else { return nil }
        return commits[dataset.id]?[commit].map { .number($0.result) }
    }

    func restoresExactly(_ result: Dataset, as dataset: DatasetDefinition) -> Bool {
        Format(dataset).givesResultsBack
    }

    func obstacle(toReplacing dataset: DatasetDefinition) -> String? { nil }

    // MARK: - Copies

    func keep(_ result: Dataset, of node: String, cancellation: CancellationToken) throws -> FileSeal {
        guard world.pass() else { throw HostDied() }
        if world.chance(failurePercent) { throw DatasetError(.unwritable, "no room for the copy") }
        let seal = FileSeal(path: "results/\(node)-\(copies.count)", size: 8, digest: result.number)
        copies[seal] = result.number
        return seal
    }

    func restore(_ copy: FileSeal) -> Dataset? { copies[copy].map { .number($0) } }

    // MARK: - What nodes here do without

    func load(_ dataset: DatasetDefinition, as kind: NodeSignature.Input.Kind, dates: DateWindow) throws -> Dataset {
        throw DatasetError(.notFound, "nothing is read from outside")
    }

    func hold(
        _ frame: Frame,
        to contracts: [DataContract],
        now: Timestamp,
        cancellation: CancellationToken
    ) -> [CheckResult] { [] }
}

extension Dataset {
    /// A result that is a number.
    static func number(_ number: UInt64) -> Dataset {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
        return .artifact(Artifact(mediaType: "application/octet-stream", content: .bytes(bytes)))
    }

    /// The number that the result is.
    var number: UInt64 {
        guard case .artifact(let artifact) = self, case .bytes(let bytes) = artifact.content else { return 0 }
        return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
