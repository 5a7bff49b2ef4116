import Synchronization
import TauroBasics
package import TauroData

/// A frame on disk: its rows are mapped where they are read, a piece at a time, without being copied.
///
/// Any number of threads read it, any number of times; each stream keeps one piece. The file goes with the last who keeps
/// the frame, or one of its batches.
package final class SpooledFrame: FrameSource {
    /// One image in the file, or some rows of it.
    package struct Piece: Sendable {
        let position: Int
        let byteCount: Int
        /// The number of rows of each batch.
        package let rowCounts: [Int]
        /// Where the first row is: in which batch of the image, and which row of that.
        var first = (batch: 0, row: 0)

        var rowCount: Int { rowCounts.reduce(0, +) }
    }

    private let columns: Schema
    /// The pieces, in the order of the rows.
    package let pieces: [Piece]
    /// The number of rows.
    package let rowCount: Int64?
    private let store: any MappableBytes

    init(schema: Schema, pieces: [Piece], store: any MappableBytes) {
        columns = schema
        self.pieces = pieces
        self.store = store
        rowCount = pieces.reduce(0) { $0 + Int64($1.rowCount) }
    }

    package func schema() -> Schema { columns }

    package func stream(cancellation: CancellationToken) -> any RecordBatchStream {
        SpooledStream(self, schema: columns, cancellation)
    }

    /// The rows of a range as a frame of the same file; nothing is read.
    package func rows(_ range: Range<Int>) -> SpooledFrame {
        var start = 0
        var shared: [Piece] = []
        for piece in pieces {
            let own = start..<(start + piece.rowCount)
            let part = own.clamped(to: range)
            if !part.isEmpty { shared.append(piece.rows((part.lowerBound - start)..<(part.upperBound - start))) }
            start = own.upperBound
        }
        return SpooledFrame(schema: columns, pieces: shared, store: store)
    }

    /// The batches of a piece, which keep it mapped.
    ///
    /// - Throws: `SystemError` where it can not be mapped; `ArrowError` where the disk gave back something else than was
    ///   written.
    package func batches(ofPiece number: Int) throws -> [RecordBatch] {
        let piece = pieces[number]
        let mapping = try store.map(piece.position, count: piece.byteCount)
        let batches = try mapping.withBytes { try FrameImage.open($0, owner: mapping) }.batches
        return try piece.rowCounts.enumerated().map { index, count in
            let place = piece.first.batch + index
            let first = index == 0 ? piece.first.row : 0
            let rows = first..<(first + count)
            guard batches.indices.contains(place), rows.upperBound <= batches[place].rowCount else {
                throw ArrowError(.malformed, "rows on disk are not those that were written there")
            }
            return count == batches[place].rowCount ? batches[place] : batches[place].slice(rows)
        }
    }
}

extension SpooledFrame.Piece {
    /// Some of the rows; not none.
    fileprivate func rows(_ range: Range<Int>) -> SpooledFrame.Piece {
        var start = 0
        var place: (batch: Int, row: Int)?
        var counts: [Int] = []
        for (index, count) in rowCounts.enumerated() {
            let part = (start..<(start + count)).clamped(to: range)
            if !part.isEmpty {
                let skipped = part.lowerBound - start + (index == 0 ? first.row : 0)
                place = place ?? (first.batch + index, skipped)
                counts.append(part.count)
            }
            start += count
        }
        return SpooledFrame.Piece(
            position: position,
            byteCount: byteCount,
            rowCounts: counts,
            first: place ?? first
        )
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
