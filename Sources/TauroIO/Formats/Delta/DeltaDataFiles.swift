import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// The parquet files of one commit to a Delta table.
struct DeltaDataFiles {
    /// One file: where it lies and where it belongs.
    struct File {
        let written: WrittenFile
        /// Relative to the table.
        let target: String
        /// The values of the partition columns, as the log writes them.
        let partition: [String: String?]
        /// By what it is known again.
        let seal: FileSeal
    }

    let engine: any Engine
    /// How many files may be written at once.
    let writers: Int
    let dataset: DatasetDefinition
    let runID: String
    let cancellation: CancellationToken

    private var options: [String: BulkOption] { OptionValues.values(of: dataset, .delta, for: .writing) }

    /// The columns of a result as the table has them.
    ///
    /// - Throws: `DatasetError` that names each column that has no type in Delta.
    static func columns(of schema: Schema, _ dataset: DatasetDefinition) throws -> [DeltaColumn] {
        let types = schema.fields.map { DeltaType($0) }
        let unfit = zip(schema.fields, types).filter { $0.1 == nil }.map { "column '\($0.0.name)' is \($0.0.type)" }
        if schema.fields.isEmpty || !unfit.isEmpty {
            let reason = unfit.isEmpty ? "the result has no column" : unfit.joined(separator: "; ")
            throw DatasetError(
                .unwritable,
                "output '\(dataset.id)': a Delta table can not hold the result: \(reason); return a type that Delta has, for"
                    + " example text, or store it as parquet"
            )
        }
        return zip(schema.fields, types).compactMap { field, type in
            type.map { DeltaColumn(name: field.name, type: $0.json) }
        }
    }

    /// Whether a file of this name was written for a Delta table by a run: `part-00000-<run>-<16 digits>.parquet`.
    static func isOurs(_ name: String) -> Bool {
        let pieces = name.split(separator: "-", omittingEmptySubsequences: false)
        return name.hasPrefix("part-") && name.hasSuffix(".parquet") && pieces.count == 5
            && pieces[4].utf8.count == 16 + ".parquet".utf8.count
    }

    /// Writes all rows into an empty directory; files without a row are left out.
    ///
    /// `partition` is what divides the table.
    func write(_ frame: Frame, _ partition: PartitionColumns, to directory: String) throws -> [File] {
        let files =
            partition.names.isEmpty
            ? try parts(of: frame, in: directory) : try divided(frame, partition, in: FilePath.join(directory, "rows"))
        return try files.filter { $0.rows > 0 }.enumerated().map { number, file in
            let place = FilePath.parent(file.path).dropFirst(FilePath.join(directory, "rows").count + 1)
            let target = FilePath.join(partition.names.isEmpty ? "" : targetDirectory(place), name(number))
            let (size, digest) = try FileSystem.digest(of: file.path)
            return File(
                written: file,
                target: target,
                partition: try partitionValues(file, partition, frame.schema()),
                seal: FileSeal(path: target, size: size, digest: digest)
            )
        }
    }

    private func name(_ number: Int) -> String {
        let digits = String(number)
        let padding = String(repeating: "0", count: max(0, 5 - digits.utf8.count))
        return "part-\(padding)\(digits)-\(runID)-\(DeltaStaging.word()).parquet"
    }

    private func targetDirectory(_ place: Substring) -> String {
        let names = place.split(separator: "/").map(String.init)
        return names.filter { !$0.hasPrefix("\(WriteRequest.Division.fileColumn)=") }
            .map(HiveDirectory.unmistakable).joined(separator: "/")
    }

    private func parts(of frame: Frame, in directory: String) throws -> [WrittenFile] {
        let parts = FrameParts.cut(frame, atMost: writers, rowsPerPart: dataset.layout.maxRowsPerFile?.value)
        let requests = try parts.enumerated().map { number, part in
            let request = WriteRequest(
                format: .parquet,
                file: FilePath.join(directory, "rows\(number).parquet"),
                options: options,
                describesFiles: true
            )
            return (frame: try typed(part), request: request)
        }
        return try PartWriter(engine: engine, writers: writers, cancellation: cancellation).write(requests)
            .flatMap(\.files)
    }

    private func divided(
        _ frame: Frame,
        _ partition: PartitionColumns,
        in directory: String
    ) throws -> [WrittenFile] {
        if frame.rowCount == 0 { return [] }
        let request = WriteRequest(
            format: .parquet,
            file: directory,
            options: options,
            columns: partition.others,
            division: WriteRequest.Division(
                columns: partition.names,
                maxRowsPerFile: dataset.layout.maxRowsPerFile?.value
            ),
            describesFiles: true
        )
        return try engine.write(typed(frame), request, cancellation: cancellation).files.sorted { $0.path < $1.path }
    }

    /// The rows with the types that the table's files have.
    private func typed(_ frame: Frame) throws -> Frame {
        let columns = try frame.schema().fields.map { field in
            let name = SQLText.identifier(field.name)
            return "CAST(\(name) AS \(DeltaType(field)?.sql ?? "VARCHAR")) AS \(name)"
        }
        let text = "SELECT \(columns.joined(separator: ", ")) FROM result"
        return try engine.open(QueryRequest(text: text, tables: [("result", frame)]))
    }

    /// Source: the Delta Transaction Log Protocol, section "Partition Value Serialization".
    private func partitionValues(
        _ file: WrittenFile,
        _ partition: PartitionColumns,
        _ schema: Schema
    ) throws -> [String: String?] {
        var values: [String: String?] = [:]
        for name in partition.names {
            guard let text = file.partition[name] ?? nil else {
                values[name] = .some(nil)
                continue
            }
            guard !text.isEmpty else {
                throw DatasetError(
                    .unwritable,
                    "output '\(dataset.id)': the partition column '\(name)' has empty text, which a Delta table can not tell"
                        + " from NULL; give such rows another text, or NULL"
                )
            }
            let type = schema.fields.first { $0.name == name }.flatMap { DeltaType($0)?.sql }
            guard let written = DeltaDataFiles.partitionText(text, of: type ?? "VARCHAR") else {
                throw DatasetError(
                    .unwritable,
                    "output '\(dataset.id)': the partition column '\(name)' has \(text), and days in a Delta table are"
                        + " of the years 1 to 9999"
                )
            }
            values[name] = written
        }
        return values
    }

    /// A value that SQL writes so (section "Partition Value Serialization"), as the log writes it; nil for a day that it can not.
    static func partitionText(_ text: String, of type: String) -> String? {
        guard ["DATE", "TIMESTAMP", "TIMESTAMPTZ"].contains(type) else { return text }
        let words = text.replacing("+00", with: "").split(separator: " ").map(String.init)
        guard words.count == (type == "DATE" ? 1 : 2), Day(words[0]) != nil else { return nil }
        guard words.count == 2 else { return words[0] }
        let time = words[1].split(separator: ".", maxSplits: 1).map(String.init)
        let digits = time.count == 2 ? time[1] : ""
        let fraction = digits + String(repeating: "0", count: max(0, 6 - digits.utf8.count))
        // An instant says its zone, or readers take theirs.
        if type == "TIMESTAMPTZ" { return "\(words[0])T\(time[0]).\(fraction)Z" }
        return digits.isEmpty ? words.joined(separator: " ") : "\(words[0]) \(time[0]).\(fraction)"
    }
}
