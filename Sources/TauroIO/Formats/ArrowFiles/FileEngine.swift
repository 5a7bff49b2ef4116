import Synchronization
import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// An engine with the file formats besides its own: ORC and Arrow files, by way of Arrow's library.
///
/// What they hold is handed to the engine as a frame, which it filters and casts as what it reads itself. Safe from any
/// thread; the library is loaded with the first file.
final class FileEngine: Engine {
    private let engine: any Engine
    private let parts: NativeParts
    private let loaded = Mutex<ArrowLibrary?>(nil)

    /// Creates the engine over another one; `parts` says where libraries are.
    init(_ engine: any Engine, parts: NativeParts) {
        self.engine = engine
        self.parts = parts
    }

    var name: String { engine.name }

    /// Makes sure that what a format needs besides the engine is there.
    ///
    /// - Throws: `SQLError` with the code `.missingEngine`.
    func load(for format: BulkFormat) throws(SQLError) { if ArrowFileFormat(format) != nil { _ = try library() } }

    func open(_ request: ReadRequest) throws -> Frame {
        guard let format = ArrowFileFormat(request.format) else { return try engine.open(request) }
        guard let first = request.files.first else {
            throw SQLError(.io, "there is no \(request.format.rawValue) file to read")
        }
        if let option = request.options.keys.min() {
            throw SQLError(.invalid, "\(request.format.rawValue) has no option '\(option)' for reading")
        }
        let names = request.partition.map(\.name)
        let files = ArrowFiles(request.files, format, partition: names, library: try library())
        // Errors about a column call the table by its name.
        let table = FilePath.name(first)
        return try engine.open(
            QueryRequest(
                text: "SELECT * \(FileEngine.casts(request, files))FROM \(SQLText.identifier(table))",
                tables: [(table, Frame(source: files))],
                columns: request.columns,
                dateFilter: request.dateFilter
            )
        )
    }

    /// What gives the columns that name directories their types, before anything is asked of them.
    private static func casts(_ request: ReadRequest, _ files: ArrowFiles) -> String {
        let casts = request.partition.enumerated().compactMap { place, column -> String? in
            let values = { request.files.map { files.partitionValues(of: $0)[place] } }
            let name = SQLText.identifier(column.name)
            return (column.type ?? PartitionType.inferred(values())).map { "CAST(\(name) AS \($0)) AS \(name)" }
        }
        return casts.isEmpty ? "" : "REPLACE (\(casts.joined(separator: ", "))) "
    }

    func remoteFiles(matching pattern: String, _ access: RemoteAccess) throws -> [String] {
        try engine.remoteFiles(matching: pattern, access)
    }

    func remoteSize(of address: String, _ access: RemoteAccess) throws -> Int64? {
        try engine.remoteSize(of: address, access)
    }

    func write(
        _ frame: Frame,
        _ request: WriteRequest,
        cancellation: CancellationToken
    ) throws -> WriteReceipt {
        guard let format = ArrowFileFormat(request.format) else {
            return try engine.write(frame, request, cancellation: cancellation)
        }
        let writer = try ArrowFileWriter(engine, try library(), format, request.options, cancellation)
        if let division = request.division { return try writer.write(frame, request, dividedBy: division) }
        return try writer.write(frame, columns: request.columns, to: request.file)
    }

    func run(_ statement: SQLStatement, cancellation: CancellationToken) throws -> Frame {
        try engine.run(statement, cancellation: cancellation)
    }

    func tables(readBy query: String) throws -> [String] { try engine.tables(readBy: query) }

    func open(_ request: QueryRequest) throws -> Frame { try engine.open(request) }

    func storesUnread(_ frame: Frame) throws -> Bool { try engine.storesUnread(frame) }

    func deliverable(_ frame: Frame, spool: FrameSpool?, cancellation: CancellationToken) throws -> Frame {
        try engine.deliverable(frame, spool: spool, cancellation: cancellation)
    }

    private func library() throws(SQLError) -> ArrowLibrary {
        try loaded.withLock { loaded throws(SQLError) in
            if let loaded { return loaded }
            let library = try ArrowLibrary(parts)
            loaded = library
            return library
        }
    }
}
