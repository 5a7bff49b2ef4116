import TauroBasics
import TauroData
import TauroEngine
import TauroIO
package import TauroModel

/// The beginning of a dataset.
package enum DatasetPreview: Sendable {
    /// The first rows: a text for each column, nil for NULL.
    case rows(columns: [DatasetColumn], [[String?]])
    /// What is not a table, and its first lines where it is text.
    case artifact(ArtifactPreview)
}

/// The beginning of an artifact.
package struct ArtifactPreview: Sendable {
    package let mediaType: String
    package let bytes: Int64
    /// Absolute path of its content.
    package let path: String
    /// nil where it is not text.
    package let lines: [String]?
}

extension BaseExecutor {
    /// How much of an artifact is looked at.
    private static let artifactLooksAt = 64 << 10

    /// The first rows of an input or a stored output, or the beginning of an artifact.
    ///
    /// - Parameters:
    ///   - id: the dataset.
    ///   - limit: how many rows or lines at most.
    ///   - names: the columns wanted, in this order; all if there is none.
    ///   - version: the version of a Delta table that is meant; nil for the one that nodes read.
    ///   - dates: the days that a dataset with a date column is read for.
    /// - Returns: rows, or the beginning of an artifact.
    /// - Throws: `ConfigurationError` for an unknown id or column, a dataset that is not there or has no versions,
    ///   `DatasetError` when it can not be read, `ResourceError` when the engine is missing.
    package func preview(
        _ id: String,
        limit: Int,
        columns names: [String] = [],
        version: Int64? = nil,
        dates: DateWindow
    ) throws -> DatasetPreview {
        let dataset = try projectDataset(id, version: version, to: "preview")
        if version == nil, inputLoader.presence(of: dataset.definition)?.mediaType != nil {
            return .artifact(try artifact(dataset.definition, limit: limit, dates: dates))
        }
        return try reading(id) {
            let frame = try table(dataset, to: "preview", dates: dates)
            let all = try frame.schema().fields.map { DatasetColumn($0) }
            let columns = try names.isEmpty ? all : names.map { try column($0, among: all, of: id) }
            let rows = try FrameTexts(engine).rows(of: frame, columns: columns.map(\.name), limit: limit)
            return .rows(columns: columns, rows)
        }
    }

    private func column(_ name: String, among columns: [DatasetColumn], of id: String) throws -> DatasetColumn {
        if let column = columns.first(where: { $0.name == name }) { return column }
        let known = columns.map(\.name)
        throw ConfigurationError(
            operation: "preview \(id)",
            diagnostics: [
                Diagnostic(
                    .error,
                    .configuration,
                    "Dataset '\(id)' has no column '\(name)'",
                    notes: NearestName.note(NearestName.nearest(to: name, in: known))
                        + ["columns: \(known.listed(atMost: 12))"]
                )
            ]
        )
    }

    private func artifact(_ dataset: DatasetDefinition, limit: Int, dates: DateWindow) throws -> ArtifactPreview {
        guard case .artifact(let artifact) = try inputLoader.load(dataset, as: .artifact, dates: dates),
            case .file(let path) = artifact.content
        else { throw DatasetError(.unreadable, "dataset '\(dataset.id)' is not an artifact") }
        do {
            let beginning = try FileSystem.readBeginning(of: path, atMost: Self.artifactLooksAt)
            return ArtifactPreview(
                mediaType: artifact.mediaType,
                bytes: try FileSystem.size(of: path),
                path: path,
                lines: Self.lines(beginning, limit: limit)
            )
        } catch {
            throw DatasetError(.unreadable, "dataset '\(dataset.id)': \(error)")
        }
    }

    /// The first lines, without a character that the end cuts; nil where the bytes are not text.
    private static func lines(_ bytes: [UInt8], limit: Int) -> [String]? {
        if bytes.contains(0) { return nil }
        let whole = (0..<4).lazy.compactMap { String(validating: bytes.dropLast($0), as: UTF8.self) }.first
        return whole?.split(separator: "\n", omittingEmptySubsequences: false).prefix(limit).map(String.init)
    }
}
