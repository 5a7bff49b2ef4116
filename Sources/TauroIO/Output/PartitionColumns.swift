import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// Which columns of a result name directories, and which its files hold.
struct PartitionColumns {
    /// The columns that name directories, outermost first, spelt as the result spells them.
    let names: [String]
    /// The columns that files hold.
    let others: [String]

    /// Finds the columns that an output is divided by.
    ///
    /// - Throws: `DatasetError` where one is missing or can not name a directory, or where none is left for the files.
    init(_ dataset: DatasetDefinition, of schema: Schema) throws {
        let fields = schema.fields
        var missing: [String] = []
        var names: [String] = []
        for wanted in dataset.layout.partition.map(\.value) {
            let field =
                fields.first { $0.name == wanted }
                ?? fields.first { $0.name.lowercased() == wanted.lowercased() }
            guard let field else {
                missing.append(wanted)
                continue
            }
            guard field.type.canNameDirectories else { throw PartitionColumns.unfit(field, dataset) }
            names.append(field.name)
        }
        if !missing.isEmpty { throw PartitionColumns.missing(missing, fields.map(\.name), dataset) }
        self.names = names
        others = fields.map(\.name).filter { !names.contains($0) }
        if names.isEmpty { return }
        if others.isEmpty {
            throw DatasetError(
                .unwritable,
                "output '\(dataset.id)': 'partition' names every column of the result; leave one for the files to hold"
            )
        }
        let fileColumn = WriteRequest.Division.fileColumn
        if dataset.layout.maxRowsPerFile != nil, fields.contains(where: { $0.name.lowercased() == fileColumn }) {
            throw DatasetError(
                .unwritable,
                "output '\(dataset.id)': the result has a column '\(fileColumn)', a name that 'max_rows_per_file' needs"
                    + " with 'partition'; give the column another name"
            )
        }
    }

    private static func missing(_ missing: [String], _ known: [String], _ dataset: DatasetDefinition) -> DatasetError {
        let hint = missing.count == 1 ? NearestName.ending(NearestName.nearest(to: missing[0], in: known)) : ""
        return DatasetError(
            .unwritable,
            "output '\(dataset.id)': Columns not found in DataFrame: [\(missing.joined(separator: ", "))]; 'partition' names"
                + " columns of the result, which has: \(known.joined(separator: ", "))\(hint)"
        )
    }

    private static func unfit(_ field: Field, _ dataset: DatasetDefinition) -> DatasetError {
        DatasetError(
            .unwritable,
            "output '\(dataset.id)': 'partition' names the column '\(field.name)' of type \(field.type), whose values can"
                + " not name directories; partition by text, whole or decimal numbers, true and false, days or instants"
        )
    }
}

extension ArrowType {
    /// Whether values come back from the name of a directory as they were.
    fileprivate var canNameDirectories: Bool {
        switch self {
        case .bool, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .utf8, .largeUTF8, .utf8View,
            .date32, .date64, .timestamp, .decimal:
            sqlName != nil
        case .dictionary(_, let values, _): values.canNameDirectories
        default: false
        }
    }
}
