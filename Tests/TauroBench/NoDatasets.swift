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
    ) throws -> OutputRecord { throw NoDatasets.unreached }
}
