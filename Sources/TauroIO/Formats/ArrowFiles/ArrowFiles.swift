import Synchronization
import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// ORC or Arrow files as one table: their rows one after another, and behind their columns those that name directories.
///
/// Files are read anew for every stream. Safe from any thread.
final class ArrowFiles: ColumnSource {
    let format: ArrowFileFormat
    let files: [String]
    let library: ArrowLibrary
    /// The columns that name directories; their values are text.
    private let partition: [String]
    private let known = Mutex<Layout?>(nil)

    /// Which columns there are.
    struct Layout: Sendable {
        /// All columns.
        let schema: Schema
        /// The place in a file of each column that files hold; the others follow.
        let places: [Int]
        /// The columns of every file.
        let file: Schema
    }

    /// Creates the table of at least one file; nothing is read yet.
    init(_ files: [String], _ format: ArrowFileFormat, partition: [String], library: ArrowLibrary) {
        self.files = files
        self.format = format
        self.partition = partition
        self.library = library
    }

    /// Not known without opening every file.
    var rowCount: Int64? { nil }

    func schema() throws -> Schema { try layout().schema }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream {
        try stream(columns: Array(schema().fields.indices), cancellation: cancellation)
    }

    func stream(columns: [Int], cancellation: CancellationToken) throws -> any RecordBatchStream {
        ArrowFilesStream(self, try layout(), columns: columns, cancellation: cancellation)
    }

    /// The values in the names of a file's directories, in the order of the columns.
    func partitionValues(of file: String) -> [String?] { HiveDirectory.values(in: FilePath.parent(file)) }

    /// Makes sure that a file has the columns of the first one.
    ///
    /// - Throws: `SQLError` that names the file and the first column that differs.
    func check(_ file: String, _ layout: Layout) throws(SQLError) {
        let found = try library.columns(of: file, format)
        let pairs = zip(layout.file.fields, found.fields)
        let differing = pairs.first { $0.name != $1.name || $0.type != $1.type }
        if differing == nil, found.fields.count == layout.file.fields.count { return }
        let words =
            if let differing {
                "'\(differing.1.name)' of type \(differing.1.type) where \(files[0]) has '\(differing.0.name)' of type"
                    + " \(differing.0.type)"
            } else {
                "\(found.fields.count) columns, and \(files[0]) has \(layout.file.fields.count)"
            }
        throw SQLError(.io, "\(file) has \(words); the files of one dataset must have the same columns")
    }

    private func layout() throws(SQLError) -> Layout {
        if let layout = known.withLock({ $0 }) { return layout }
        // Reading blocks, so it happens outside the lock; two threads may both do it, and find the same.
        let file = try library.columns(of: files[0], format)
        guard !file.fields.isEmpty else { throw SQLError(.io, "\(files[0]) has no columns") }
        let divides = { (name: String) in self.partition.contains { $0.lowercased() == name.lowercased() } }
        let places = file.fields.indices.filter { !divides(file.fields[$0].name) }
        let fields = places.map { file.fields[$0] } + partition.map { Field($0, .utf8) }
        let layout = Layout(schema: Schema(fields), places: places, file: file)
        known.withLock { $0 = layout }
        return layout
    }
}
