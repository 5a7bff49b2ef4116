import TauroBasics
import TauroData
import TauroEngine
import TauroModel

extension DeltaLog {
    /// What the table is at its newest version; before the first commit nothing.
    ///
    /// - Throws: `Problem` that names what is broken in the log.
    func state(_ engine: any Engine, _ cancellation: CancellationToken = CancellationToken()) throws -> DeltaState {
        guard let newest else { return DeltaState() }
        return try state(engine, at: newest, cancellation)
    }

    /// What the table is at a version.
    func state(
        _ engine: any Engine,
        at version: Int64,
        _ cancellation: CancellationToken = CancellationToken()
    ) throws -> DeltaState {
        var state = DeltaState()
        try check(version)
        if let checkpoint = checkpoints.last(where: { $0 <= version }) {
            let files = try checkpointFiles(checkpoint)
            state.apply(
                try actions(ofCheckpoint: files, DeltaLog.allActions, engine, cancellation),
                version: checkpoint
            )
        }
        for (next, actions) in try actions(after: state.version, upTo: version) { state.apply(actions, version: next) }
        if state.metadata == nil {
            throw Problem(description: "its log \(directory) does not say what columns it has")
        }
        return state
    }

    /// The actions of all commits after a version, in order.
    ///
    /// - Throws: `Problem` where one is missing or broken.
    func actions(
        after version: Int64,
        upTo last: Int64? = nil
    ) throws -> [(version: Int64, actions: [DeltaAction])] {
        guard let last = last ?? newest, last > version else { return [] }
        let there = Set(commits)
        return try ((version + 1)...last).map { next in
            if !there.contains(next) { try checkLate(next) }
            return (next, try DeltaAction.all(in: commitFile(next)))
        }
    }

    /// How many bytes say what the table is at a version.
    func size(upTo version: Int64) -> Int64 {
        let start = checkpoints.last { $0 <= version } ?? -1
        let read = files.filter { file in
            file.kind == .commit ? file.version > start && file.version <= version : file.version == start
        }
        return read.reduce(0) { $0 + ((try? FileSystem.size(of: FilePath.join(directory, $1.name))) ?? 0) }
    }

    /// The actions that a state is made of.
    private static let allActions = ["protocol", "metaData", "add", "remove", "txn"]

    /// Actions of some kinds that the parquet files of a checkpoint hold.
    ///
    /// Source: the Delta Transaction Log Protocol, section "Checkpoints".
    func actions(
        ofCheckpoint files: [String],
        _ wanted: [String],
        _ engine: any Engine,
        _ cancellation: CancellationToken,
        _ access: RemoteAccess? = nil
    ) throws -> [DeltaAction] {
        let paths = files.map { FilePath.join(directory, $0) }
        let stored = try engine.open(ReadRequest(format: .parquet, files: paths, access: access))
        return try DeltaLog.actions(in: stored, wanted, engine, cancellation)
    }

    /// Actions of some kinds that are the columns of a table.
    static func actions(
        in stored: Frame,
        _ wanted: [String],
        _ engine: any Engine,
        _ cancellation: CancellationToken
    ) throws -> [DeltaAction] {
        let schema = try stored.schema()
        let names = schema.fields.map(\.name).filter(wanted.contains)
        if names.isEmpty { return [] }
        let members = names.map { "\(SQLText.identifier($0)) := \(DeltaCheckpoint.value($0, in: schema))" }
            .joined(separator: ", ")
        let isWanted = names.map { "\(SQLText.identifier($0)) IS NOT NULL" }.joined(separator: " OR ")
        let rows = try engine.run(
            SQLStatement(
                text: "SELECT CAST(to_json(struct_pack(\(members))) AS VARCHAR) AS line FROM stored WHERE \(isWanted)",
                tables: [("stored", stored)]
            ),
            cancellation: cancellation
        )
        let stream = try rows.stream(cancellation: cancellation)
        var actions: [DeltaAction] = []
        while let batch = try stream.next() {
            for line in try batch.column("line", as: String.self) {
                guard let line, let action = DeltaAction(try JSONValue(parsing: line)) else { continue }
                actions.append(action)
            }
        }
        return actions
    }

    /// The files of a checkpoint of the first form.
    private func checkpointFiles(_ version: Int64) throws -> [String] {
        let candidates = files.filter { $0.version == version && $0.kind != .commit }
        if candidates.contains(where: { $0.name == DeltaLogFile.checkpointName(version) }) {
            return [DeltaLogFile.checkpointName(version)]
        }
        let whole = Dictionary(grouping: candidates) { $0.partCount }.first { $0.key > 1 && $0.value.count == $0.key }
        guard let whole else {
            throw Problem(
                description: "its checkpoint of version \(version) is of the second form, which is not read here"
            )
        }
        return whole.value.map(\.name)
    }
}

extension DeltaLogFile {
    /// How many parts its checkpoint has.
    fileprivate var partCount: Int { if case .checkpoint(_, let count) = kind { count } else { 0 } }
}
