import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// Writes the whole state of a Delta table into one file, so that readers need not begin at its first commit.
///
/// Source: the Delta Transaction Log Protocol, sections "Checkpoints", "Checkpoint Schema" and "Last Checkpoint File".
struct DeltaCheckpoint {
    /// How long files of earlier versions are told of, in milliseconds: a week, unless the table says otherwise.
    private static let tombstonePeriod: Int64 = 7 * 86_400_000
    /// How long it is told which of this program's runs are in the table, in milliseconds: ninety days.
    private static let transactionPeriod: Int64 = 90 * 86_400_000
    private static let lastName = "_last_checkpoint"
    private static let schema = """
        {"txn": {"appId": "VARCHAR", "version": "BIGINT", "lastUpdated": "BIGINT"}, \
        "add": {"path": "VARCHAR", "partitionValues": "MAP(VARCHAR, VARCHAR)", "size": "BIGINT", \
        "modificationTime": "BIGINT", "dataChange": "BOOLEAN", "tags": "MAP(VARCHAR, VARCHAR)", "stats": "VARCHAR"}, \
        "remove": {"path": "VARCHAR", "deletionTimestamp": "BIGINT", "dataChange": "BOOLEAN", \
        "extendedFileMetadata": "BOOLEAN", "partitionValues": "MAP(VARCHAR, VARCHAR)", "size": "BIGINT", \
        "tags": "MAP(VARCHAR, VARCHAR)"}, \
        "metaData": {"id": "VARCHAR", "name": "VARCHAR", "description": "VARCHAR", \
        "format": {"provider": "VARCHAR", "options": "MAP(VARCHAR, VARCHAR)"}, "schemaString": "VARCHAR", \
        "partitionColumns": ["VARCHAR"], "configuration": "MAP(VARCHAR, VARCHAR)", "createdTime": "BIGINT"}, \
        "protocol": {"minReaderVersion": "INTEGER", "minWriterVersion": "INTEGER", "readerFeatures": ["VARCHAR"], \
        "writerFeatures": ["VARCHAR"]}}
        """

    let engine: any Engine
    let table: String

    /// Whether a version is one that is written down.
    static func isDue(_ state: DeltaState) -> Bool {
        state.version > 0 && state.version % (state.metadata?.checkpointInterval ?? 10) == 0
    }

    /// Writes the checkpoint of a version, by way of a file in another directory; nothing where it is there already.
    ///
    /// The moment is now, in milliseconds since 1970.
    func write(_ state: DeltaState, by directory: String, at moment: Int64, _ cancellation: CancellationToken) throws {
        let lines = DeltaCheckpoint.actions(of: state, at: moment).map { Optional($0.json.text()) }
        let batch = try RecordBatch(columns: [("line", ArrowColumn(lines))])
        let text = """
            SELECT parsed.txn AS txn, parsed.add AS add, parsed.remove AS remove, parsed.metaData AS metaData, \
            parsed.protocol AS protocol FROM (SELECT from_json(line, \(SQLText.literal(DeltaCheckpoint.schema))) AS parsed \
            FROM lines)
            """
        let rows = try engine.open(
            QueryRequest(text: text, tables: [("lines", Frame(schema: batch.schema, batches: [batch]))])
        )
        let file = FilePath.join(directory, "checkpoint.parquet")
        let receipt = try engine.write(rows, WriteRequest(format: .parquet, file: file), cancellation: cancellation)
        let log = FilePath.join(table, DeltaLog.directoryName)
        let target = FilePath.join(log, DeltaLogFile.checkpointName(state.version))
        do {
            try FileSystem.renameWithoutReplacing(file, to: target)
        } catch {
            if error.isExistingPath { return }
            throw error
        }
        try point(to: state.version, size: lines.count, bytes: receipt.bytes, in: log)
    }

    /// Only a hint to readers, which look for the newest one themselves.
    private func point(to version: Int64, size: Int, bytes: Int64, in log: String) throws {
        let path = FilePath.join(log, DeltaCheckpoint.lastName)
        if let text = try? FileSystem.readText(path), let last = (try? JSONValue(parsing: text))?["version"]?.number,
            last > version
        {
            return
        }
        let hint: JSONValue = [
            "version": .integer(version), "size": .integer(Int64(size)), "sizeInBytes": .integer(bytes),
        ]
        try FileSystem.writeAtomically(hint.text(), to: path)
    }

    /// What reads a column of a checkpoint: of an added file what this program keeps of it.
    ///
    /// Some writers say the statistics only as a structure (section "Checkpoint Schema").
    static func value(_ column: String, in schema: Schema) -> String {
        let name = SQLText.identifier(column)
        guard column == "add", case .structure(let fields)? = schema.fields.first(where: { $0.name == "add" })?.type,
            fields.contains(where: { $0.name == "stats_parsed" })
        else { return name }
        let parsed = "to_json(add.stats_parsed)"
        let text =
            fields.contains { $0.name == "stats" }
            ? "coalesce(add.stats, CAST(\(parsed) AS VARCHAR))" : "CAST(\(parsed) AS VARCHAR)"
        let kept = fields.map(\.name).filter { !["stats", "stats_parsed", "partitionValues_parsed"].contains($0) }
            .map { "\(SQLText.identifier($0)) := add.\(SQLText.identifier($0))" }
        let members = kept + ["stats := CASE WHEN json_valid(\(text)) THEN \(text) END"]
        return "CASE WHEN add IS NOT NULL THEN struct_pack(\(members.joined(separator: ", "))) END"
    }

    /// The actions that make the state anew, in a lasting order.
    static func actions(of state: DeltaState, at moment: Int64) -> [DeltaAction] {
        let keepsAll = state.metadata?.setting("delta.deletedFileRetentionDuration") != nil
        let removed = state.removed.values.filter { keepsAll || ($0.removed ?? 0) > moment - tombstonePeriod }
        let transactions = state.transactions.values
            .filter { !DeltaCommit.isOurs($0) || ($0.updated ?? moment) > moment - transactionPeriod }
            .sorted { $0.application < $1.application }
        return [.versions(state.versions)] + (state.metadata.map { [.metadata($0)] } ?? [])
            + transactions.map { .transaction($0) } + state.sortedFiles.map { .add($0) }
            + removed.sorted { $0.path < $1.path }.map { .remove($0) }
    }
}
