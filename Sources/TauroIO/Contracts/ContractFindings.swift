import TauroBasics
import TauroEngine
import TauroModel

/// What of a dataset's checks can not be right, as far as its columns are known before anything is read.
enum ContractFindings {
    /// Checks against the declared types of the dataset's own `schema`.
    static func ofDeclared(_ dataset: DatasetDefinition) -> [Diagnostic] {
        let columns = CheckedColumns(dataset.columns.map { .init(name: $0.name, sqlType: $0.type) })
        return dataset.checks.flatMap { check in
            check.rule.columns.flatMap { name -> [Diagnostic] in
                guard let column = columns[name.value] else { return nearMiss(name, columns, dataset) }
                guard let type = column.sqlType, SQLTypeName.isKnown(type) else { return [] }
                return refusals(check, columns).map { finding(.error, $0, at: name.location, dataset) }
            }
        }
    }

    /// Declared and checked columns that a dataset does not have, once all of its columns are known.
    static func unknownColumns(_ dataset: DatasetDefinition, in names: [String]?) -> [Diagnostic] {
        guard let names, !names.isEmpty else { return [] }
        let columns = CheckedColumns(names.map { .init(name: $0, sqlType: nil) })
        let declared = dataset.columns.map { Located($0.name, at: $0.location) }
        let named = declared + dataset.checks.flatMap(\.rule.columns)
        return named.filter { columns[$0.value] == nil }.map { name in
            finding(
                .error,
                "it has no column '\(name.value)'",
                at: name.location,
                dataset,
                notes: NearestName.note(NearestName.nearest(to: name.value, in: names))
                    + ["its columns: \(names.prefix(20).joined(separator: ", "))\(names.count > 20 ? ", …" : "")"]
            )
        }
    }

    /// A declared column nearly has the name; others may be there that are not declared.
    private static func nearMiss(
        _ name: Located<String>,
        _ columns: CheckedColumns,
        _ dataset: DatasetDefinition
    ) -> [Diagnostic] {
        guard let nearest = NearestName.nearest(to: name.value, in: columns.all.map(\.name)) else { return [] }
        let text = "a check names the column '\(name.value)', which its `schema` does not have"
        return [finding(.warning, text, at: name.location, dataset, notes: NearestName.note(nearest))]
    }

    /// Why values of a check do not fit the types of its columns.
    private static func refusals(_ check: DataCheck, _ columns: CheckedColumns) -> [String] {
        CheckProbe.probes(check, of: nil, columns).compactMap { probe in
            if case .impossible(let reason) = probe.question { "\(check.rule.word): \(reason)" } else { nil }
        }
    }

    private static func finding(
        _ severity: Diagnostic.Severity,
        _ text: String,
        at location: SourceLocation?,
        _ dataset: DatasetDefinition,
        notes: [String] = []
    ) -> Diagnostic {
        Diagnostic(
            severity,
            .configuration,
            "Dataset '\(dataset.id)': \(text)",
            at: location ?? dataset.location,
            notes: notes
        )
    }
}
