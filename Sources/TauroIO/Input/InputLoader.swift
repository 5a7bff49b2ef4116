package import TauroBasics
import TauroData
package import TauroEngine
package import TauroModel

/// Opens datasets for reading.
///
/// Safe from any thread.
///
/// Nothing is read until rows are asked for; SQL over a dataset reads only the columns and rows it needs.
public final class InputLoader: Sendable {
    /// The engine that it was made on.
    package let base: any Engine
    let engine: FileEngine
    let queries: QueryDatasets
    let drivers: FormatDrivers
    let remote: RemoteFiles

    /// Creates a loader that reads through `engine`; `context` says what queries may read, `parts` where libraries of
    /// formats are, `environment` how servers are asked where datasets do not say it.
    package init(
        engine: any Engine,
        context: Context? = nil,
        parts: NativeParts = NativeParts(),
        environment: [String: String] = [:]
    ) {
        base = engine
        let engine = FileEngine(engine, parts: parts)
        self.engine = engine
        remote = RemoteFiles(engine: engine, environment: environment)
        drivers = FormatDrivers(engine: engine, parts: parts, environment: environment)
        queries = QueryDatasets(engine: engine, context: context)
    }

    /// Checks format, options and files of an input before anything runs.
    ///
    /// `isStored` says whether it is an output that an earlier run stored, `kind` what the node takes it as.
    package func check(
        _ dataset: DatasetDefinition,
        isStored: Bool,
        as kind: NodeSignature.Input.Kind
    ) -> InputFindings {
        if !isStored, isQuery(dataset) { return check(query: dataset, as: kind) }
        let findings = DatasetCheck.findings(dataset, isInput: !isStored)
        if let driver = drivers[dataset] {
            return check(dataset, findings, isStored: isStored, as: kind, by: driver)
        }
        guard let format = TableFormat.named(dataset.format.value) else { return InputFindings(problems: findings) }
        do {
            switch kind {
            case .artifact: _ = try artifact(dataset)
            case .frame, .frames:
                let files = try files(dataset, format)
                _ = try DatasetFiles.partition(of: files, dataset)
                let dateColumn = DateColumnCheck.finding(dataset, format, files: files)
                let columns = ContractFindings.unknownColumns(dataset, in: knownColumns(dataset, format, files))
                return InputFindings(problems: findings + [dateColumn].compactMap(\.self) + columns)
            }
            return InputFindings(problems: findings)
        } catch let error as SQLError where RemoteAddress.isAddress(dataset.path.value) {
            let refusal = DatasetError(.unreadable, "Dataset '\(dataset.id)': \(error.message)")
            return InputFindings(findings, and: refusal, of: dataset, isStored: isStored)
        } catch {
            return InputFindings(findings, and: error, of: dataset, isStored: isStored)
        }
    }

    func frame(_ dataset: DatasetDefinition, dates: DateWindow) throws -> Frame {
        if isQuery(dataset) { return try queried(dataset, dates: dates) }
        if let driver = drivers[dataset] {
            try PathGuard(dataset)?.check()
            try InputLoader.refuseArtifact(in: dataset)
            return try driver.open(dataset, dates: dates)
        }
        guard let format = TableFormat.named(dataset.format.value) else { throw InputLoader.unread(dataset) }
        let files = try files(dataset, format)
        if let access = try remote.access(to: dataset) {
            let request = try InputLoader.request(
                dataset,
                format,
                files: files,
                stored: nil,
                dates: dates,
                access: access
            )
            return try engine.open(request)
        }
        let stored = StoredSchema(storedIn: dataset.path.value)
        if let stored, format.bulkFormat == .json, try InputLoader.holdNoRow(files) {
            return try engine.run(
                SQLStatement(text: stored.emptyQuery, tables: []),
                cancellation: CancellationToken()
            )
        }
        return try engine.open(InputLoader.request(dataset, format, files: files, stored: stored, dates: dates))
    }

    /// How a dataset's files are read, all of them or some.
    static func request(
        _ dataset: DatasetDefinition,
        _ format: TableFormat,
        files: [String],
        stored: StoredSchema?,
        dates: DateWindow,
        access: RemoteAccess? = nil
    ) throws -> ReadRequest {
        guard let bulkFormat = format.bulkFormat else { throw unread(dataset) }
        var options = OptionValues.valuesForReading(dataset, format)
        let partition = try DatasetFiles.partition(of: files, dataset)
        let divides = { (name: String) in partition.contains { $0.lowercased() == name.lowercased() } }
        let columns = dataset.typedColumns.filter { !divides($0.name) }
        if let stored, !format.keepsTypes { options["compression"] = stored.compression.map { .string($0) } }
        var request = ReadRequest(
            format: bulkFormat,
            files: files,
            options: options,
            columns: columns,
            dateFilter: dataset.dateFilter(dates),
            partition: partition.map { name in
                let declared = dataset.columns.first { $0.name.lowercased() == name.lowercased() }?.type
                return (name, declared ?? stored?.columns.first { $0.name == name }?.type)
            },
            unitesColumns: stored?.isUnion ?? false,
            access: access
        )
        // With lines left out, or other letters, it is not what was stored that is read.
        if let stored, options["skip"] == nil, options["encoding"] == nil, !stored.isUnion {
            let columns = stored.inFiles
            if !columns.columns.isEmpty, format.bulkFormat != .json || columns.areAll { request.stored = columns }
        }
        return request
    }

    /// The names of all columns, where it takes no more than a look at the beginning of a file; nil where it takes more,
    /// or no check asks for them.
    private func knownColumns(_ dataset: DatasetDefinition, _ format: TableFormat, _ files: [String]) -> [String]? {
        if dataset.contract(.reading) == nil { return nil }
        guard let bulkFormat = format.bulkFormat else { return nil }
        switch bulkFormat {
        case .csv: return CSVHeader(dataset, format, files: files)?.names
        case .arrow, .orc, .parquet:
            let access = try? remote.access(to: dataset)
            let request = ReadRequest(format: bulkFormat, files: Array(files.prefix(1)), access: access)
            return try? engine.open(request).schema().fields.map(\.name)
        case .json, .delta, .avro: return nil
        }
    }

    private func files(_ dataset: DatasetDefinition, _ format: TableFormat) throws -> [String] {
        if RemoteAddress.isAddress(dataset.path.value) { return try remote.find(dataset, format) }
        let pathGuard = PathGuard(dataset)
        try pathGuard?.check()
        try InputLoader.refuseArtifact(in: dataset)
        let files = try DatasetFiles.find(dataset, format: format)
        for file in files { try pathGuard?.check(file) }
        if format.bulkFormat == .avro { try AvroFile.check(files, of: dataset) }
        if let bulkFormat = format.bulkFormat { try engine.load(for: bulkFormat) }
        return files
    }

    static func refuseArtifact(in dataset: DatasetDefinition) throws(DatasetError) {
        guard ArtifactStore.isArtifact(dataset.path.value) else { return }
        throw DatasetError(
            .unsupported,
            "Dataset '\(dataset.id)': an artifact is stored in \(dataset.path.value), and the node takes a frame"
        )
    }

    private static func unread(_ dataset: DatasetDefinition) -> DatasetError {
        DatasetError(.unsupported, "format '\(dataset.format.value)' can not be read")
    }

    /// Whether json files are empty, or hold an array that is.
    private static func holdNoRow(_ files: [String]) throws -> Bool {
        try files.allSatisfy { file in
            guard try FileSystem.size(of: file) <= 16 else { return false }
            return try FileSystem.readText(file).allSatisfy { $0.isWhitespace || "[]".contains($0) }
        }
    }
}

extension InputLoader: DatasetLoader {
    package func load(
        _ dataset: DatasetDefinition,
        as kind: NodeSignature.Input.Kind,
        dates: DateWindow
    ) throws
        -> Dataset
    {
        do {
            if kind == .artifact { return .artifact(try artifact(dataset)) }
            return .frame(try frame(dataset, dates: dates))
        } catch let error as SQLError {
            throw try DatasetError(describing: error, dataset, code: .unreadable)
        } catch let error as SystemError {
            throw DatasetError(.unreadable, "dataset '\(dataset.id)': \(error)")
        }
    }

    /// What a node stored as an artifact, or any file that an input names.
    private func artifact(_ dataset: DatasetDefinition) throws -> Artifact {
        let path = dataset.path.value
        if RemoteAddress.isAddress(path) {
            throw DatasetError(
                .unsupported,
                "Dataset '\(dataset.id)': an artifact is read from a file of this machine, and \(path) is on a server"
            )
        }
        try PathGuard(dataset)?.check()
        if ArtifactStore.isArtifact(path) { return try ArtifactStore.read(path) }
        if FileSystem.exists(path) && !FileSystem.isDirectory(path) {
            return Artifact(mediaType: "application/octet-stream", content: .file(path: path))
        }
        if FileSystem.isDirectory(path), let format = TableFormat.named(dataset.format.value),
            (try? DatasetFiles.find(dataset, format: format)) != nil
        {
            throw DatasetError(
                .unsupported,
                "Dataset '\(dataset.id)': a frame is stored in \(path), and the node takes an artifact"
            )
        }
        throw DatasetError(.notFound, "Dataset '\(dataset.id)': no artifact is stored in \(path)")
    }
}
