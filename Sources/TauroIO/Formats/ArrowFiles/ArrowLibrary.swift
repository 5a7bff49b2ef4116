import CTauro
import TauroBasics
import TauroData
import TauroModel

/// The functions of our library over Arrow's C++ library, resolved once.
///
/// Their declarations and rules are in `Sources/CArrowFormats/arrow_formats.h`. Safe from any thread.
struct ArrowLibrary: Sendable {
    private typealias Path = UnsafePointer<CChar>?
    private typealias Failure = UnsafeMutablePointer<CChar>?
    private typealias Stream = UnsafeMutablePointer<ArrowArrayStream>?

    private static let version: Int32 = 1
    /// The path or name that it was opened by.
    let path: String
    /// The release of Arrow's library.
    let release: String
    /// Rows that are read at once: DuckDB's own row group.
    private static let batchRows: Int64 = 122_880

    private let free: @convention(c) (Failure) -> Void
    private let schema: @convention(c) (Int32, Path, UnsafeMutablePointer<ArrowSchema>?) -> Failure
    private let open: @convention(c) (Int32, Path, UnsafePointer<Int32>?, Int64, Int64, Stream) -> Failure
    private let write: @convention(c) (Int32, Path, Stream, Path, Int64, UnsafeMutablePointer<Int64>?) -> Failure

    /// Loads the library.
    ///
    /// - Throws: `SQLError` with the code `.missingEngine` that lists every place and why it failed.
    init(_ parts: NativeParts) throws(SQLError) {
        do {
            let names = ["arrow/libtauro_arrow.so", "libtauro_arrow.so"]
            try self.init(in: try parts.open(names, variable: "TAURO_ARROW_LIBRARY"))
        } catch let error as MissingPart {
            throw ArrowLibrary.missing(error.tried)
        } catch {
            throw ArrowLibrary.missing(["\(error)"])
        }
    }

    private init(in library: DynamicLibrary) throws {
        let found = try library.function("tauro_arrow_version", as: (@convention(c) () -> Int32).self)()
        guard found == ArrowLibrary.version else {
            throw SQLError(
                .missingEngine,
                "\(library.path): it has the version \(found), and this program needs \(ArrowLibrary.version)"
            )
        }
        let told = try library.function("tauro_arrow_release", as: (@convention(c) () -> Path).self)()
        path = library.path
        release = told.map { String(cString: $0) } ?? ""
        free = try library.function("tauro_arrow_free", as: type(of: free))
        schema = try library.function("tauro_arrow_schema", as: type(of: schema))
        open = try library.function("tauro_arrow_open", as: type(of: open))
        write = try library.function("tauro_arrow_write", as: type(of: write))
    }

    private static func missing(_ tried: [String]) -> SQLError {
        SQLError(
            .missingEngine,
            "the library that reads and writes ORC and Arrow files could not be loaded; run scripts/setup in a checkout of"
                + " tauro-host, or set TAURO_ARROW_LIBRARY to its libtauro_arrow.so. Tried:"
                + tried.map { "\n  \($0)" }.joined()
        )
    }

    /// The columns of a file.
    ///
    /// - Throws: `SQLError` that names the file.
    func columns(of file: String, _ format: ArrowFileFormat) throws(SQLError) -> Schema {
        var exported = ArrowSchema()
        try check(schema(format.rawValue, file, &exported))
        defer { exported.release?(&exported) }
        do {
            return try Schema(importing: &exported)
        } catch {
            throw SQLError(.io, "\(file): \(error.message)")
        }
    }

    /// Some columns of a file, given by their places, ascending.
    ///
    /// - Throws: `SQLError` that names the file; the stream throws `ArrowError`.
    func read(
        _ columns: [Int],
        of file: String,
        _ format: ArrowFileFormat
    ) throws(SQLError) -> ArrowStreamReader {
        var stream = ArrowArrayStream()
        let places = columns.map { Int32($0) }
        try check(open(format.rawValue, file, places, Int64(places.count), ArrowLibrary.batchRows, &stream))
        do {
            return try ArrowStreamReader(taking: &stream)
        } catch {
            throw SQLError(.io, "\(file): \(error.message)")
        }
    }

    /// Writes all rows of a stream to a new file.
    ///
    /// - Returns: their number.
    /// - Throws: `SQLError` that names the file.
    func write(
        _ rows: any RecordBatchStream,
        to file: String,
        _ format: ArrowFileFormat,
        compression: String,
        stripeSize: Int64
    ) throws(SQLError) -> Int64 {
        var stream = rows.export()
        var count: Int64 = 0
        try check(write(format.rawValue, file, &stream, compression, stripeSize, &count))
        return count
    }

    private func check(_ failure: Failure) throws(SQLError) {
        guard let failure else { return }
        defer { free(failure) }
        throw SQLError(.io, String(cString: failure))
    }
}
