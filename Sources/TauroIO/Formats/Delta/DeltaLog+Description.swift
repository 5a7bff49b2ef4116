import TauroBasics
import TauroEngine
import TauroModel

/// What a Delta table says of itself at one version, apart from its rows; nil where its log does not say it.
struct DeltaDescription {
    private(set) var versions: DeltaVersions?
    private(set) var metadata: DeltaMetadata?

    /// Why its rows can not be read, in words that follow "it"; nil where they can.
    ///
    /// With column mapping the engine's reader finds the columns of files, and NULL for those that divide the table.
    var obstacle: String? {
        guard let metadata, let mode = metadata.columnMapping, !metadata.partition.isEmpty else { return nil }
        let columns = metadata.partition.map { "'\($0)'" }.joined(separator: ", ")
        return
            "has column mapping by \(mode) and is divided by \(columns), whose values are not found then; have the program"
            + " that writes it leave out one of the two"
    }

    fileprivate var isWhole: Bool { versions != nil && metadata != nil }

    /// Takes what an action says, unless a later one has said it.
    fileprivate mutating func take(_ action: DeltaAction) {
        switch action {
        case .versions(let versions): self.versions = self.versions ?? versions
        case .metadata(let metadata): self.metadata = self.metadata ?? metadata
        case .add, .commitInfo, .other, .remove, .transaction: break
        }
    }
}

extension DeltaLog {
    /// What the table says of itself at a version: the latest commit that does, else the checkpoint before it.
    ///
    /// Files are not looked at, so that it costs little also where there are many. `access` says how a log on a server is read.
    func description(
        at version: Int64,
        _ engine: any Engine,
        _ access: RemoteAccess? = nil
    ) throws -> DeltaDescription {
        var description = DeltaDescription()
        let start = checkpoints.last { $0 <= version } ?? -1
        let later = commits.filter { $0 > start && $0 <= version }.map(commitFile)
        if let access {
            for action in try actions(inLines: later, engine, access).reversed() { description.take(action) }
        } else {
            for commit in later.reversed() where !description.isWhole {
                for action in try actions(in: commit) { description.take(action) }
            }
        }
        if start >= 0, !description.isWhole {
            for action in try actions(describingCheckpoint: start, engine, access) { description.take(action) }
        }
        return description
    }

    /// A checkpoint of the second form says it in the file that has a unique name (section "V2 Spec"), which may be JSON.
    private func actions(
        describingCheckpoint version: Int64,
        _ engine: any Engine,
        _ access: RemoteAccess?
    ) throws -> [DeltaAction] {
        let names = files.filter { $0.version == version && $0.kind != .commit }.map(\.name)
        if let text = names.first(where: { $0.hasSuffix(".json") }) {
            let file = FilePath.join(directory, text)
            return try access.map { try actions(inLines: [file], engine, $0) } ?? actions(in: file)
        }
        return try names.flatMap {
            try actions(ofCheckpoint: [$0], DeltaLog.describing, engine, CancellationToken(), access)
        }
    }

    /// The actions that say what a table is.
    private static let describing = ["protocol", "metaData"]

    /// Those of files on a server, whose lines only the engine reads.
    private func actions(
        inLines files: [String],
        _ engine: any Engine,
        _ access: RemoteAccess
    ) throws -> [DeltaAction] {
        if files.isEmpty { return [] }
        let request = ReadRequest(
            format: .json,
            files: files,
            options: ["format": .string("newline")],
            unitesColumns: true,
            access: access
        )
        return try DeltaLog.actions(in: engine.open(request), DeltaLog.describing, engine, CancellationToken())
    }

    /// The actions of a file that are not about one of the table's own.
    private func actions(in file: String) throws -> [DeltaAction] {
        try FileSystem.readText(file).split(separator: "\n").compactMap { line in
            if line.hasPrefix("{\"add\"") || line.hasPrefix("{\"remove\"") { return nil }
            return (try? JSONValue(parsing: String(line))).flatMap { DeltaAction($0) }
        }
    }
}
