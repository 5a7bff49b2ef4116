import TauroBasics
import TauroModel

/// What becomes of a Delta table's columns when a result is stored.
struct DeltaSchemaChange {
    let dataset: DatasetDefinition
    /// The columns of the result.
    let columns: [DeltaColumn]
    /// Those that divide it.
    let partition: [String]

    /// The table's description afterwards: the same where nothing changes.
    ///
    /// - Throws: `DatasetError` that names every column that does not fit.
    func metadata(of stored: DeltaMetadata) throws -> DeltaMetadata {
        let layout = dataset.layout
        let isWhole = dataset.writeMode == .overwrite && layout.overwriteStrategy == nil
        if isWhole, layout.overwritesSchema?.value != false { return replaced(stored) }
        try check(stored, merges: dataset.writeMode == .append && layout.mergesSchema?.value == true)
        let added = columns.filter { column in !stored.columns.contains { $0.name == column.name } }
        return added.isEmpty ? stored : stored.with(columns: stored.columns + added, partition: stored.partition)
    }

    /// What a column's description says stays where its type does.
    private func replaced(_ stored: DeltaMetadata) -> DeltaMetadata {
        let same = columns.map { column in
            stored.columns.first { $0.name == column.name && $0.hasType(of: column) && !$0.hasRequiredParts } ?? column
        }
        let isSame = same == stored.columns && partition == stored.partition
        return isSame ? stored : stored.with(columns: same, partition: partition)
    }

    private func check(_ stored: DeltaMetadata, merges: Bool) throws {
        var reasons: [String] = []
        if stored.partition != partition {
            reasons.append(
                "what is stored is divided by \(words(stored.partition)), the new rows by \(words(partition))"
            )
        }
        for column in columns {
            if let other = stored.columns.first(where: { $0.name == column.name }) {
                if !other.hasType(of: column) {
                    reasons.append(
                        "column '\(column.name)' is stored as \(other.typeName), the new rows have \(column.typeName)"
                    )
                } else if other.hasRequiredParts {
                    reasons.append("column '\(column.name)' is stored without NULL inside, which is not checked here")
                }
            } else if let other = stored.columns.first(where: { $0.name.lowercased() == column.name.lowercased() }) {
                reasons.append("column '\(column.name)' is stored as '\(other.name)'")
            } else if !merges {
                reasons.append("column '\(column.name)' is not among those stored")
            }
        }
        for column in stored.columns
        where !columns.contains(where: { $0.name.lowercased() == column.name.lowercased() }) {
            if !merges {
                reasons.append("column '\(column.name)' is missing")
            } else if !column.isNullable {
                reasons.append("column '\(column.name)' is missing, and may not be NULL")
            }
        }
        if !reasons.isEmpty { throw disagreement(reasons) }
    }

    private func words(_ partition: [String]) -> String {
        partition.isEmpty ? "nothing" : partition.joined(separator: ", ")
    }

    private func disagreement(_ reasons: [String]) -> DatasetError {
        let cure =
            dataset.writeMode == .append
            ? "return the columns that are stored, let columns differ with merge_schema: true, or begin anew with"
                + " write_mode: overwrite"
            : "return the columns that are stored, or let them change with overwrite_schema: true"
        return DatasetError(
            .unwritable,
            "output '\(dataset.id)': the new rows do not fit those stored in \(dataset.path.value): "
                + "\(reasons.joined(separator: "; ")); \(cure)"
        )
    }
}
