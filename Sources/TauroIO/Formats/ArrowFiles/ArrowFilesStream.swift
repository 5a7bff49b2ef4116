import TauroData
import TauroModel

/// Some columns of ORC or Arrow files, one file after another, of which one is open at a time.
final class ArrowFilesStream: RecordBatchStream {
    let schema: Schema
    private let files: ArrowFiles
    private let layout: ArrowFiles.Layout
    /// Those of the columns that files hold; the others name directories.
    private let inFiles: [Int]
    private let inNames: [Int]
    private let cancellation: CancellationToken
    private var remaining: ArraySlice<String>
    private var current: OpenFile?

    /// The file that is read.
    private struct OpenFile {
        let path: String
        let rows: ArrowStreamReader
        let names: [String?]
    }

    init(_ files: ArrowFiles, _ layout: ArrowFiles.Layout, columns: [Int], cancellation: CancellationToken) {
        self.files = files
        self.layout = layout
        self.cancellation = cancellation
        schema = Schema(columns.map { layout.schema.fields[$0] })
        inFiles = columns.filter { $0 < layout.places.count }
        inNames = columns.filter { $0 >= layout.places.count }.map { $0 - layout.places.count }
        remaining = files.files[...]
    }

    func next() throws -> RecordBatch? {
        while true {
            if cancellation.isCancelled {
                throw SQLError(.cancelled, "reading was interrupted, because its run was cancelled")
            }
            if current == nil {
                guard let file = remaining.popFirst() else { return nil }
                current = try open(file)
            }
            if let file = current, let batch = try next(of: file) { return batch }
            current = nil
        }
    }

    private func open(_ file: String) throws(SQLError) -> OpenFile {
        try files.check(file, layout)
        let rows = try files.library.read(inFiles.map { layout.places[$0] }, of: file, files.format)
        // The file was opened anew since the check.
        guard rows.schema.fields.map(\.type) == inFiles.map({ layout.schema.fields[$0].type }) else {
            throw SQLError(.io, "\(file) has other columns than a moment ago; let nobody change it while it is read")
        }
        return OpenFile(path: file, rows: rows, names: files.partitionValues(of: file))
    }

    private func next(of file: OpenFile) throws -> RecordBatch? {
        let batch: RecordBatch?
        do {
            batch = try file.rows.next()
        } catch {
            // Arrow puts the kind of error before the text, which begins with the file.
            let text = error.message.firstRange(of: file.path).map { String(error.message[$0.lowerBound...]) }
            throw SQLError(.io, text ?? "\(file.path): \(error.message)")
        }
        guard let batch, !inNames.isEmpty else { return batch.map { RecordBatch($0, schema: schema) } }
        let values = try inNames.map { try ArrowColumn([String?](repeating: file.names[$0], count: batch.rowCount)) }
        return try RecordBatch(schema: schema, columns: inFiles.indices.map { batch.column(at: $0) } + values)
    }
}
