import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// Whether the columns of new files are those of a stored dataset.
struct SchemaAgreement {
    let engine: any Engine
    let dataset: DatasetDefinition
    let format: TableFormat

    /// What the files in a directory say of their columns.
    private struct Stored {
        let columns: [(name: String, type: String)]
        let partition: [String]
        let isUnion: Bool
        var compression: String?
    }

    /// Compares the files in two directories, neither of which holds an artifact; those of `taken` count for nothing, by their
    /// places in the directory `stored`.
    ///
    /// - Returns: whether the files of both together have different columns, as `merge_schema` allows.
    /// - Throws: `DatasetError` that names every column that does not fit.
    func check(new: String, against stored: String, without taken: Set<String>) throws -> Bool {
        guard let old = try columns(in: stored, without: taken) else { return false }
        guard let new = try columns(in: new, without: []) else { return old.isUnion }
        if old.partition.map({ $0.lowercased() }) != new.partition.map({ $0.lowercased() }) {
            throw disagreement([
                "what is stored is divided by \(words(old.partition)), the new rows by \(words(new.partition))"
            ])
        }
        if old.compression != new.compression {
            throw disagreement([
                "what is stored is compressed as \(old.compression ?? "uncompressed"), the new rows as \(new.compression ?? "uncompressed")"
            ])
        }
        let merges = dataset.layout.mergesSchema?.value ?? false
        let retyped = new.columns.compactMap { column -> String? in
            guard let other = old.columns.first(where: { $0.name == column.name }), other.type != column.type else {
                return nil
            }
            return "column '\(column.name)' is stored as \(other.type), the new rows have \(column.type)"
        }
        let added = names(new).filter { !names(old).contains($0) }
        let missing = names(old).filter { !names(new).contains($0) }
        let others =
            merges
            ? []
            : added.map { "column '\($0)' is not among those stored" } + missing.map { "column '\($0)' is missing" }
        if !(retyped + others).isEmpty { throw disagreement(retyped + others) }
        // The columns of csv have no names but those in the first line, and some readers go by their order alone.
        if format.bulkFormat == .csv, names(old) != names(new) {
            throw disagreement(["the columns are stored in the order \(names(old).joined(separator: ", "))"])
        }
        return old.isUnion || !added.isEmpty || !missing.isEmpty
    }

    private func names(_ stored: Stored) -> [String] { stored.columns.map(\.name) }

    private func words(_ partition: [String]) -> String {
        partition.isEmpty ? "nothing" : partition.joined(separator: ", ")
    }

    /// Nil where a directory has no file of the format, or nothing says what columns it has.
    private func columns(in directory: String, without taken: Set<String>) throws -> Stored? {
        var place = dataset
        place.path = Located(directory)
        place.columns = []
        place.dateColumn = nil
        let files: [String]
        do {
            files = try DatasetFiles.find(place, format: format)
                .filter { !taken.contains(String($0.dropFirst(directory.count + 1))) }
        } catch let error as DatasetError where error.code == .notFound {
            return nil
        }
        if files.isEmpty { return nil }
        let schema = StoredSchema(storedIn: directory)
        let request = try InputLoader.request(place, format, files: files, stored: schema, dates: DateWindow())
        if !format.keepsTypes {
            return schema.map { schema in
                let (columns, partition) = (schema.columns, schema.partition)
                return Stored(columns: columns, partition: partition, isUnion: false, compression: schema.compression)
            }
        }
        return Stored(
            columns: try engine.open(request).schema().fields.map { ($0.name, "\($0.type)") },
            partition: request.partition.map(\.name),
            isUnion: request.unitesColumns
        )
    }

    private func disagreement(_ reasons: [String]) -> DatasetError {
        let merging =
            format.bulkFormat == .parquet && dataset.writeMode == .append
            ? ", let columns differ with merge_schema: true" : ""
        let cure =
            dataset.writeMode == .append
            ? "return the columns that are stored\(merging), or begin anew with write_mode: overwrite"
            : "return the columns that are stored, or let them change with overwrite_schema: true"
        return DatasetError(
            .unwritable,
            "output '\(dataset.id)': the new rows do not fit those stored in \(dataset.path.value): "
                + "\(reasons.joined(separator: "; ")); \(cure)"
        )
    }
}
