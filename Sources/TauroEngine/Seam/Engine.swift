package import TauroModel

/// Runs SQL over frames, and reads and writes datasets in bulk.
///
/// Safe from any thread; calls block theirs. Errors are `SQLError`, or what a frame's own source throws.
package protocol Engine: SQLRunner {
    /// The engine's name, for example `duckdb`.
    var name: String { get }

    /// A stored dataset as a frame. Nothing is read until its schema or its rows are asked for.
    ///
    /// SQL over the frame reads only the columns and rows it needs.
    ///
    /// - Throws: `SQLError` for an option that the format does not have, or has with another kind of value.
    func open(_ request: ReadRequest) throws -> Frame

    /// The names of the tables that a query reads, as it writes them, each once.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for anything but one `SELECT` or `WITH` statement over tables with
    ///   plain names, without parameters.
    func tables(readBy query: String) throws -> [String]

    /// The result of a query as a frame. It runs when its rows are asked for, each time.
    ///
    /// - Throws: `SQLError` with the code `.invalid` for a type that can not be.
    func open(_ request: QueryRequest) throws -> Frame

    /// The addresses of the files that match a pattern (`*`, `**`, `?`, `[…]`), sorted by bytes.
    ///
    /// - Throws: `SQLError` with the code `.io` where the server can not be asked, or does not answer that.
    func remoteFiles(matching pattern: String, _ access: RemoteAccess) throws -> [String]

    /// The size in bytes of the file at an address; nil where there is none.
    ///
    /// - Throws: `SQLError` with the code `.io` where the server can not be asked, or does not answer that.
    func remoteSize(of address: String, _ access: RemoteAccess) throws -> Int64?

    /// Writes all rows to one file, which must not exist yet. After an error the file may exist in part.
    func write(_ frame: Frame, _ request: WriteRequest, cancellation: CancellationToken) throws -> WriteReceipt

    /// Whether `write` makes the same of a frame's rows whether they are read before or not.
    ///
    /// Then rows that nobody else wants may be written as they are read, and need not be held. False for rows that are in
    /// memory or on disk already.
    ///
    /// - Throws: what looking at the frame's columns throws.
    func storesUnread(_ frame: Frame) throws -> Bool

    /// The same rows with types that nodes may receive; the frame itself where it has only such types.
    ///
    /// `spool` is where rows go that memory has no room for.
    ///
    /// - Throws: `SQLError` with the code `.unsupported` that names a column without such a type.
    func deliverable(_ frame: Frame, spool: FrameSpool?, cancellation: CancellationToken) throws -> Frame
}
