import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// Writes a frame as the files of a new, empty directory.
struct TableWriter {
    let engine: any Engine
    /// How many files may be written at once.
    let writers: Int
    let dataset: DatasetDefinition
    let format: TableFormat
    /// The format as the engine knows it.
    let bulkFormat: BulkFormat
    let cancellation: CancellationToken

    private var options: [String: BulkOption] { OptionValues.values(of: dataset, format, for: .writing) }

    /// How files are compressed whose names do not say it.
    private var compression: String? {
        if case .string(let name)? = options["compression"], name != "none" { name } else { nil }
    }

    /// What the engine is told of types that the files do not say.
    private func types(of frame: Frame) throws -> [(name: String, type: String)] {
        format.keepsTypes ? [] : try StoredSchema(frame.schema(), format).columns
    }

    /// Writes all rows, and the columns beside them where the files do not say them.
    ///
    /// - Throws: `DatasetError` for columns that can not be stored so, else what the engine throws.
    func write(_ frame: Frame, to directory: String, runID: String) throws -> [WriteReceipt] {
        let partition = try PartitionColumns(dataset, of: frame.schema())
        let receipts =
            partition.names.isEmpty
            ? try writeParts(of: frame, to: directory, runID: runID)
            : try writeDivided(frame, partition, to: directory, runID: runID)
        let schema = try StoredSchema(
            frame.schema(),
            format,
            partition: partition.names,
            compression: format.keepsTypes ? nil : compression
        )
        if !format.keepsTypes || !schema.columns.isEmpty { try schema.write(to: directory) }
        return receipts
    }

    /// Writes the rows as parts; the order of the rows is the order of the files.
    private func writeParts(of frame: Frame, to directory: String, runID: String) throws -> [WriteReceipt] {
        let parts = FrameParts.cut(
            frame,
            atMost: format.isSplittable ? writers : 1,
            rowsPerPart: dataset.layout.maxRowsPerFile?.value
        )
        let types = try types(of: frame)
        let requests = parts.enumerated().map { number, part in
            let file = FilePath.join(directory, OutputFileName.part(number, runID: runID, format: format))
            return (frame: part, request: WriteRequest(format: bulkFormat, file: file, options: options, types: types))
        }
        return try PartWriter(engine: engine, writers: writers, cancellation: cancellation).write(requests)
    }

    /// Writes the rows into directories of the columns' values; within one, rows may change their order.
    private func writeDivided(
        _ frame: Frame,
        _ partition: PartitionColumns,
        to directory: String,
        runID: String
    ) throws -> [WriteReceipt] {
        let name = { OutputFileName.part($0, runID: runID, format: format) }
        if frame.rowCount == 0 {
            let folder = FilePath.join(directory, HiveDirectory.nullPath(of: partition.names))
            try FileSystem.makeDirectories(folder)
            return [try write(frame, partition, to: FilePath.join(folder, name(0)))]
        }
        let raw = FilePath.join(directory, ".rows")
        let division = WriteRequest.Division(
            columns: partition.names,
            maxRowsPerFile: dataset.layout.maxRowsPerFile?.value
        )
        let written = try write(frame, partition, to: raw, division)
        let sizes = try DividedFiles(depth: partition.names.count, name: name).move(from: raw, to: directory)
        // The engine counts rows as a whole; each file's own count is nobody's question.
        return sizes.enumerated().map { WriteReceipt(rows: $0.offset == 0 ? written.rows : 0, bytes: $0.element) }
    }

    private func write(
        _ frame: Frame,
        _ partition: PartitionColumns,
        to path: String,
        _ division: WriteRequest.Division? = nil
    ) throws -> WriteReceipt {
        let request = WriteRequest(
            format: bulkFormat,
            file: path,
            options: options,
            columns: partition.others,
            division: division,
            types: try types(of: frame)
        )
        return try engine.write(frame, request, cancellation: cancellation)
    }
}
