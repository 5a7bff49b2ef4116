import Synchronization
import TauroBasics
package import TauroData

/// A frame on disk: its rows are mapped where they are read, a piece at a time, without being copied.
///
/// Any number of threads read it, any number of times; each stream keeps one piece. The file goes with the last who keeps
/// the frame, or one of its batches.
package final class SpooledFrame: FrameSource {
    /// One image in the file.
    package struct Piece: Sendable {
        let position: Int
        let byteCount: Int
        /// The number of rows of each batch.
        package let rowCounts: [Int]
    }

    private let columns: Schema
    /// The pieces, in the order of the rows.
    package let pieces: [Piece]
    /// The number of rows.
    package let rowCount: Int64?
    private let store: any SpoolStore

    init(schema: Schema, pieces: [Piece], store: any SpoolStore) {
        columns = schema
        self.pieces = pieces
        self.store = store
        rowCount = pieces.reduce(0) { $0 + $1.rowCounts.reduce(0) { $0 + Int64($1) } }
    }

    package func schema() -> Schema { columns }

    package func stream(cancellation: CancellationToken) -> any RecordBatchStream {
        SpooledStream(self, schema: columns, cancellation)
    }

    /// The batches of a piece, which keep it mapped.
    ///
    /// - Throws: `SystemError` where it can not be mapped; `ArrowError` where the disk gave back something else than was
    ///   written.
    package func batches(ofPiece number: Int) throws -> [RecordBatch] {
        let piece = pieces[number]
        let mapping = try store.map(piece.position, count: piece.byteCount)
        return try mapping.withBytes { try FrameImage.open($0, owner: mapping) }.batches
    }
}

/// The batches of a frame on disk, one after another.
private final class SpooledStream: RecordBatchStream {
    let schema: Schema
    private let frame: SpooledFrame
    private let cancellation: CancellationToken
    private var nextPiece = 0
    /// What is left of the last piece, backwards.
    private var ready: [RecordBatch] = []

    init(_ frame: SpooledFrame, schema: Schema, _ cancellation: CancellationToken) {
        self.frame = frame
        self.schema = schema
        self.cancellation = cancellation
    }

    func next() throws -> RecordBatch? {
        if cancellation.isCancelled { throw DatasetError(.cancelled, "reading was stopped, because the run was") }
        while ready.isEmpty, nextPiece < frame.pieces.count {
            ready = try frame.batches(ofPiece: nextPiece).reversed()
            nextPiece += 1
        }
        return ready.popLast()
    }
}
