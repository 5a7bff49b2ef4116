import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// Writes frames to ORC or Arrow files.
struct ArrowFileWriter {
    private let engine: any Engine
    private let library: ArrowLibrary
    private let format: ArrowFileFormat
    private let compression: String
    /// Bytes of a stripe; 0 for the library's choice.
    private let stripeSize: Int64
    private let cancellation: CancellationToken

    /// - Throws: `SQLError` with the code `.invalid` for an option that can not be.
    init(
        _ engine: any Engine,
        _ library: ArrowLibrary,
        _ format: ArrowFileFormat,
        _ options: [String: BulkOption],
        _ cancellation: CancellationToken
    ) throws(SQLError) {
        var compression = format.usualCompression
        var stripeSize: Int64 = 0
        for (name, value) in options.sorted(by: { $0.key < $1.key }) {
            switch (name, value) {
            case ("compression", .string(let word)): compression = word
            case ("stripe_size", .integer(let bytes)) where format == .orc && bytes > 0: stripeSize = bytes
            default: throw SQLError(.invalid, "the option '\(name)' can not be \(value) here")
            }
        }
        self.engine = engine
        self.library = library
        self.format = format
        self.compression = compression
        self.stripeSize = stripeSize
        self.cancellation = cancellation
    }

    /// Writes some columns, or all where `columns` is nil, to one new file.
    func write(_ frame: Frame, columns: [String]?, to file: String) throws -> WriteReceipt {
        let stored = try storable(frame, columns)
        let rows = CheckedRows(try stored.stream(cancellation: cancellation), cancellation)
        do {
            let count = try library.write(rows, to: file, format, compression: compression, stripeSize: stripeSize)
            return WriteReceipt(rows: count, bytes: try FileSystem.size(of: file))
        } catch {
            // What the rows failed with says more than what became of it in the library.
            throw rows.failure ?? error
        }
    }

    /// Writes the rows into directories of their columns' values.
    ///
    /// The engine divides them into parquet files, each of which gives way to one of this format.
    func write(
        _ frame: Frame,
        _ request: WriteRequest,
        dividedBy division: WriteRequest.Division
    ) throws -> WriteReceipt {
        let stored = try storable(frame, nil)
        let schema = try stored.schema()
        let dividing = WriteRequest(
            format: .parquet,
            file: request.file,
            columns: request.columns,
            division: division
        )
        let receipt = try engine.write(stored, dividing, cancellation: cancellation)
        for file in try ArrowFileWriter.files(below: request.file) {
            let rows = try engine.open(ReadRequest(format: .parquet, files: [file]))
            // Parquet has other types for some; these come back.
            let types = try rows.schema().fields.compactMap { field -> (name: String, type: String)? in
                guard let wanted = schema.fields.first(where: { $0.name == field.name })?.type, wanted != field.type
                else { return nil }
                return wanted.sqlName.map { (field.name, $0) }
            }
            let typed =
                types.isEmpty ? rows : try engine.open(ReadRequest(format: .parquet, files: [file], columns: types))
            _ = try write(typed, columns: nil, to: "\(file).\(format)")
            try FileSystem.removeFile(file)
        }
        return receipt
    }

    private static func files(below directory: String) throws -> [String] {
        try FileSystem.list(directory).flatMap { name in
            let path = FilePath.join(directory, name)
            return FileSystem.isDirectory(path) ? try files(below: path) : [path]
        }
    }

    /// The columns with types that the format has; the frame itself where it has only such.
    private func storable(_ frame: Frame, _ columns: [String]?) throws -> Frame {
        let schema = try frame.schema()
        try ArrowFileWriter.check(schema)
        let fields = try columns?.map { schema.fields[try schema.index(of: $0)] } ?? schema.fields
        let plain = try deliverable(fields, of: frame)
        let names = plain.map { SQLText.identifier($0.name) }
        let expressions =
            format == .orc ? try plain.map { field throws(SQLError) in try ORCColumns.expression(field) } : names
        if plain == schema.fields, expressions == names { return frame }
        let list = expressions.joined(separator: ", ")
        return try engine.open(QueryRequest(text: "SELECT \(list) FROM rows", tables: [("rows", frame)]))
    }

    /// The columns as the engine delivers them.
    private func deliverable(_ fields: [Field], of frame: Frame) throws -> [Field] {
        if fields.allSatisfy(\.type.isDeliverable) { return fields }
        let list = fields.map { SQLText.identifier($0.name) }.joined(separator: ", ")
        return try engine.open(QueryRequest(text: "SELECT \(list) FROM rows", tables: [("rows", frame)])).schema()
            .fields
    }

    /// What is stored has to be readable by the engine again.
    private static func check(_ schema: Schema) throws(SQLError) {
        if schema.fields.isEmpty {
            throw SQLError(.unsupported, "the table has no columns, so there is nothing to store")
        }
        var names: Set<String> = []
        for field in schema.fields where !names.insert(field.name.lowercased()).inserted {
            throw SQLError(.invalid, "the table has two columns '\(field.name)', which SQL can not tell apart")
        }
    }
}
