import TauroBasics
import TauroModel

/// Fills the seams that the benchmark's calls never reach.
struct NoDatasets: SQLRunner, DatasetLoader, DatasetWriter, ContractHolder {
    private static let unreached = BenchmarkError(text: "a call that is measured went beyond its function")

    func run(_ statement: SQLStatement, cancellation: CancellationToken) throws -> Frame { throw NoDatasets.unreached }

    func load(
        _ dataset: DatasetDefinition,
        as kind: NodeSignature.Input.Kind,
        dates: DateWindow
    ) throws -> Dataset { throw NoDatasets.unreached }

    func hold(
        _ frame: Frame,
        to contracts: [DataContract],
        now: Timestamp,
        cancellation: CancellationToken
    ) throws -> [CheckResult] { throw NoDatasets.unreached }

    func store(
        _ result: Dataset,
        as dataset: DatasetDefinition,
        commit: CommitIdentity,
        cancellation: CancellationToken
    ) throws -> StoredOutput { throw NoDatasets.unreached }

    func stored(as dataset: DatasetDefinition, by commit: CommitIdentity) throws -> StoredOutput? {
        throw NoDatasets.unreached
    }

    func trouble(with output: StoredOutput, of dataset: DatasetDefinition, commit: CommitIdentity) throws -> String? {
        throw NoDatasets.unreached
    }

    func restore(_ output: StoredOutput, of dataset: DatasetDefinition, commit: CommitIdentity) throws -> Dataset? {
        throw NoDatasets.unreached
    }

    func restoresExactly(_ result: Dataset, as dataset: DatasetDefinition) -> Bool { false }

    func obstacle(toReplacing dataset: DatasetDefinition) -> String? { nil }
}
