import TauroBasics
import TauroData
import TauroIO
package import TauroModel

/// The first rows of a dataset as texts.
package struct DatasetPreview: Sendable {
    /// A column's name and type.
    package struct Column: Sendable {
        package let name: String
        package let type: String
        package let isNumber: Bool
    }

    package let columns: [Column]
    /// A text for each column; nil for NULL.
    package let rows: [[String?]]
}

extension BaseExecutor {
    /// The first rows of an input or a stored output.
    ///
    /// - Throws: `ConfigurationError` for an unknown id or a dataset that is not there, `DatasetError` when it can not
    ///   be read, `ResourceError` when the engine is missing.
    package func preview(_ id: String, limit: Int, dates: DateWindow) throws -> DatasetPreview {
        let dataset = try findDataset(id)
        guard case .frame(let frame) = try inputLoader.load(dataset, as: .frame, dates: dates) else {
            return DatasetPreview(columns: [], rows: [])
        }
        let columns = try frame.schema().fields.map { field in
            DatasetPreview.Column(
                name: field.name,
                type: field.type.description,
                isNumber: field.type.isNumber
            )
        }
        let texts = try engine.run(
            SQLStatement(
                text: "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (SELECT * FROM dataset LIMIT \(limit))",
                tables: [("dataset", frame)]
            ),
            cancellation: CancellationToken()
        )
        return DatasetPreview(columns: columns, rows: try rows(of: texts, columnCount: columns.count))
    }

    private func rows(of frame: Frame, columnCount: Int) throws -> [[String?]] {
        var rows: [[String?]] = []
        let stream = try frame.stream()
        while let batch = try stream.next() {
            let columns = try (0..<columnCount).map { try batch.column(at: $0).values(as: String.self) }
            for row in 0..<batch.rowCount { rows.append(columns.map { $0[row] }) }
        }
        return rows
    }

    private func findDataset(_ id: String) throws -> DatasetDefinition {
        let input = context.inputs.first { $0.id == id }
        let stored = Set(context.outputs.map(\.id) + context.nodes.flatMap { $0.outputs.map(\.value) })
        guard let dataset = input ?? (stored.contains(id) ? context.outputDefinition(for: id) : nil) else {
            let known = stored.union(context.inputs.map(\.id)).sorted()
            let nearest = NearestName.note(NearestName.nearest(to: id, in: known))
            throw ConfigurationError(
                operation: "preview \(id)",
                diagnostics: [
                    Diagnostic(
                        .error,
                        .configuration,
                        "Dataset '\(id)' is not defined",
                        notes: nearest + ["datasets: \(known.joined(separator: ", "))"]
                    )
                ]
            )
        }
        let findings = inputLoader.check(dataset, isStored: input == nil, as: .frame).all
        if !findings.isEmpty { throw ConfigurationError(operation: "preview \(id)", diagnostics: findings) }
        return dataset
    }
}

extension ArrowType {
    /// Whether people expect the values to lean right.
    fileprivate var isNumber: Bool {
        switch self {
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .float16, .float32, .float64, .decimal:
            true
        default: false
        }
    }
}
