import TauroBasics
import TauroData

/// Writes a frame to disk, batch by batch, as images of a handful of megabytes.
///
/// For one thread at a time.
final class SpoolWriter {
    /// An image has at least so many bytes of rows, unless it is the last.
    static let leastPiece = 1 << 20
    /// Larger batches are cut where their columns' types allow it, so that nobody has to map all of one.
    static let mostPiece = 16 << 20

    private let schema: Schema
    private let store: any SpoolStore
    private let spool: FrameSpool
    private let isCut: Bool
    private var pieces: [SpooledFrame.Piece] = []
    /// Batches that are not written yet, and what they take.
    private var waiting: [RecordBatch] = []
    private var waitingBytes = 0

    init(schema: Schema, store: any SpoolStore, spool: FrameSpool) {
        self.schema = schema
        self.store = store
        self.spool = spool
        isCut = schema.fields.allSatisfy { $0.type.isGatherable }
    }

    /// Appends a batch; it may stay in memory until enough of them are there.
    ///
    /// - Throws: `SpoolError`; `ArrowError` for columns that are not sound.
    func append(_ batch: RecordBatch) throws {
        guard batch.rowCount > 0 else { return }
        // What the rows take themselves: a slice shares more than it shows.
        let bytes = try FrameImage(schema: schema, batches: [batch]).rowBytes
        let parts = isCut ? min(batch.rowCount, (bytes + Self.mostPiece - 1) / Self.mostPiece) : 1
        guard parts > 1 else { return try add(batch, bytes) }
        let step = (batch.rowCount + parts - 1) / parts
        for first in stride(from: 0, to: batch.rowCount, by: step) {
            try add(batch.slice(first..<min(first + step, batch.rowCount)), bytes / parts)
        }
    }

    /// Writes what waits, and gives the frame.
    func finish() throws -> SpooledFrame {
        try write()
        return SpooledFrame(schema: schema, pieces: pieces, store: store)
    }

    private func add(_ batch: RecordBatch, _ bytes: Int) throws {
        waiting.append(batch)
        waitingBytes += bytes
        if waitingBytes >= Self.leastPiece { try write() }
    }

    private func write() throws {
        guard !waiting.isEmpty else { return }
        let image = try FrameImage(schema: schema, batches: waiting)
        let position: Int
        do {
            position = try image.withPieces { try store.append($0) }
        } catch let error as SystemError {
            throw spool.failure(error, more: image.byteCount)
        }
        spool.noteWritten(image.byteCount)
        pieces.append(
            SpooledFrame.Piece(position: position, byteCount: image.byteCount, rowCounts: waiting.map(\.rowCount))
        )
        waiting = []
        waitingBytes = 0
    }
}
