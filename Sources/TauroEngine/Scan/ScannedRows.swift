import Synchronization
import TauroData
import TauroModel

/// The batches that a query scans: in memory, or on disk, where those are mapped that are being read.
///
/// Safe from any thread.
final class ScannedRows: Sendable {
    private enum Source: Sendable {
        case memory([RecordBatch])
        case disk(SpooledFrame, [Place])
    }

    /// Where a batch on disk is.
    private struct Place: Sendable {
        let piece: Int
        /// Which of the piece's batches it is.
        let batch: Int
    }

    /// How many pieces stay mapped: the threads of a scan go through them side by side, and a query may scan a table twice.
    private static let mostMapped = 4

    /// The number of rows of each batch; none is empty.
    let rowCounts: [Int]
    private let source: Source
    /// The pieces that were used last, the newest at the end.
    private let mapped = Mutex<[(piece: Int, batches: [RecordBatch])]>([])

    init(_ batches: [RecordBatch]) {
        let filled = batches.filter { $0.rowCount > 0 }
        rowCounts = filled.map(\.rowCount)
        source = .memory(filled)
    }

    init(_ frame: SpooledFrame) {
        rowCounts = frame.pieces.flatMap(\.rowCounts)
        let places = frame.pieces.enumerated().flatMap { piece, content in
            content.rowCounts.indices.map { Place(piece: piece, batch: $0) }
        }
        source = .disk(frame, places)
    }

    /// The batch at a place of `rowCounts`.
    ///
    /// - Throws: what mapping it throws, for one on disk.
    func batch(_ index: Int) throws -> RecordBatch {
        switch source {
        case .memory(let batches): batches[index]
        case .disk(let frame, let places): try batches(of: frame, piece: places[index].piece)[places[index].batch]
        }
    }

    /// Threads that want the same piece wait for the one that maps it.
    private func batches(of frame: SpooledFrame, piece: Int) throws -> [RecordBatch] {
        try mapped.withLock { mapped in
            if let known = mapped.last(where: { $0.piece == piece }) { return known.batches }
            let batches = try frame.batches(ofPiece: piece)
            if mapped.count >= Self.mostMapped { mapped.removeFirst() }
            mapped.append((piece, batches))
            return batches
        }
    }
}
