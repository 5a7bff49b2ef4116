import TauroBasics
import TauroEngine
import TauroModel

/// What one run's node stores in a Delta table: the actions that make it so, whatever the table is meanwhile.
struct DeltaCommit {
    let dataset: DatasetDefinition
    let identity: CommitIdentity
    /// The columns of the result, and those of them that divide it.
    let change: DeltaSchemaChange
    let files: [DeltaDataFiles.File]
    /// By what the columns of a result are known again that the files give back as it was; nil where they do not.
    let exactColumns: String?
    /// In milliseconds since 1970.
    let moment: Int64

    /// Who commits, by the name that lasts in the log.
    ///
    /// One that is there says that the very commit is. Source: the Delta Transaction Log Protocol, section "Transaction
    /// Identifiers".
    static func application(_ identity: CommitIdentity) -> String {
        "\(applicationPrefix)\(identity.runID)/\(identity.node)"
    }

    /// Whether a run of this program made a mark.
    static func isOurs(_ transaction: DeltaTransaction) -> Bool { transaction.application.hasPrefix(applicationPrefix) }

    private static let applicationPrefix = "tauro/"

    /// The name under which files say whose they are, in their tags.
    static let tag = "tauro.commit"

    /// The name under which files say XXH64 of their bytes, in their tags.
    static let digestTag = "tauro.xxh64"

    /// The name under which a commit says that its files give a result back as it was, and by what its columns are known.
    static let exactColumns = "exactColumns"

    /// What it does to rows that are there.
    var kind: DeltaConflict.Kind {
        dataset.writeMode == .overwrite || identity.generation > 1 ? .replacing : .adding
    }

    /// The actions of the version after `state`, which take the files `replaced` away.
    ///
    /// - Throws: `DatasetError` where the result does not fit into the table.
    func actions(after state: DeltaState, replacing replaced: [DeltaFile]) throws -> [DeltaAction] {
        let stored = state.metadata
        let metadata =
            try stored.map { try change.metadata(of: $0) }
            ?? DeltaMetadata(
                id: DeltaCommit.newIdentifier(),
                columns: change.columns,
                partition: change.partition,
                at: moment
            )
        var versions = state.versions
        if metadata.columns.contains(where: \.hasZonelessTimestamps) { versions = versions.allowingZonelessTimestamps }
        var actions: [DeltaAction] = [.commitInfo(information(partition: metadata.partition))]
        if versions != state.versions || stored == nil { actions.append(.versions(versions)) }
        if metadata != stored { actions.append(.metadata(metadata)) }
        let application = DeltaCommit.application(identity)
        actions.append(
            .transaction(
                DeltaTransaction(application: application, version: Int64(identity.generation), updated: moment)
            )
        )
        actions += replaced.map { .remove($0.removal(at: moment)) }
        return actions + files.compactMap { added($0, metadata.columns).map { .add($0) } }
    }

    private func added(_ file: DeltaDataFiles.File, _ columns: [DeltaColumn]) -> DeltaFile? {
        let partition = change.partition.map { name -> JSONValue.Member in
            .init(name, (file.partition[name] ?? nil).map { .string($0) } ?? .null)
        }
        return DeltaFile([
            "path": .string(DeltaFile.encoded(file.target)), "partitionValues": .object(partition),
            "size": .integer(file.written.bytes), "modificationTime": .integer(moment), "dataChange": true,
            "stats": .string(DeltaStatistics.text(file.written, columns)),
            "tags": .object([
                .init(DeltaCommit.tag, .string(DeltaCommit.application(identity))),
                .init(DeltaCommit.digestTag, .string(file.seal.digits)),
            ]),
        ])
    }

    /// Source: section "Commit Provenance Information", with the members that other writers have too.
    private func information(partition: [String]) -> JSONValue {
        let mode =
            dataset.writeMode == .append ? "Append" : dataset.writeMode == .overwrite ? "Overwrite" : "ErrorIfExists"
        var parameters: [JSONValue.Member] = [
            .init("mode", .string(mode)),
            .init("partitionBy", .string(JSONValue.array(partition.map { .string($0) }).text())),
        ]
        if let predicate = dataset.layout.replacePredicate, dataset.layout.overwriteStrategy != nil {
            parameters.append(.init("predicate", .string(predicate.value)))
        }
        return [
            "timestamp": .integer(moment), "operation": "WRITE", "operationParameters": .object(parameters),
            "isBlindAppend": .bool(dataset.writeMode == .append && identity.generation == 1),
            "engineInfo": .string("tauro-host/\(HostVersion.text)"),
            "runId": .string(identity.runID), "node": .string(identity.node),
            DeltaCommit.exactColumns: exactColumns.map { .string($0) } ?? .null,
            "operationMetrics": [
                "numFiles": .string("\(files.count)"),
                "numOutputRows": .string("\(files.reduce(0) { $0 + $1.written.rows })"),
                "numOutputBytes": .string("\(files.reduce(0) { $0 + $1.written.bytes })"),
            ],
        ]
    }

    /// A random UUID (RFC 9562, version 4).
    private static func newIdentifier() -> String {
        var digits = Array(DeltaStaging.word() + DeltaStaging.word())
        digits[12] = "4"
        digits[16] = "a"
        let ends = [0, 8, 12, 16, 20, 32]
        return zip(ends, ends.dropFirst()).map { String(digits[$0..<$1]) }.joined(separator: "-")
    }
}
