import TauroBasics
import TauroData
import TauroModel

@testable import TauroEngine
@testable import TauroIO

/// What a resumed run asks of an output.
extension RealStore {
    static func commit(_ run: Int = 1, generation: Int = 1) -> CommitIdentity {
        CommitIdentity(runID: RealStore.run(run), node: "n", generation: generation)
    }

    static func frame(_ query: String) throws -> Frame {
        try engine.run(SQLStatement(text: query, tables: []), cancellation: CancellationToken())
    }

    func manager(
        syncs: Bool = false,
        synchronize: @escaping @Sendable (String) throws -> Void = { _ in },
        atStep: @escaping @Sendable (CommitStep) throws -> Void = { _ in }
    ) -> DataOutputManager {
        DataOutputManager(
            engine: RealStore.engine,
            writers: 2,
            parts: RealStore.parts,
            syncs: syncs,
            synchronize: synchronize,
            atStep: atStep
        )
    }

    /// Stores the rows of a query and says all that is known of them.
    func output(
        _ query: String,
        run: Int = 1,
        generation: Int = 1,
        atStep: @escaping @Sendable (CommitStep) throws -> Void = { _ in }
    ) throws -> StoredOutput {
        try output(.frame(RealStore.frame(query)), run: run, generation: generation, atStep: atStep)
    }

    func output(
        _ result: Dataset,
        run: Int = 1,
        generation: Int = 1,
        atStep: @escaping @Sendable (CommitStep) throws -> Void = { _ in }
    ) throws -> StoredOutput {
        try manager(atStep: atStep).store(
            result,
            as: dataset,
            commit: RealStore.commit(run, generation: generation),
            cancellation: CancellationToken()
        )
    }

    func trouble(with output: StoredOutput, run: Int = 1, generation: Int = 1) throws -> String? {
        try manager().trouble(with: output, of: dataset, commit: RealStore.commit(run, generation: generation))
    }

    func restored(_ output: StoredOutput, run: Int = 1) throws -> Dataset? {
        try manager().restore(output, of: dataset, commit: RealStore.commit(run))
    }

    /// The paths of the files that an output is known by.
    func paths(of output: StoredOutput) -> [String] {
        guard case .files(let seals) = output.seal else { return [] }
        return seals.map { FilePath.join(dataset.path.value, $0.path) }
    }
}

extension Frame {
    /// The rows of a frame as texts, in their order.
    func texts() throws -> [[String?]] {
        try FrameTexts(RealStore.engine).rows(of: self, columns: schema().fields.map(\.name), limit: 1000)
    }
}
