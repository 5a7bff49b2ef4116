import TauroData
import TauroModel

/// The rows of a frame that the host has on disk: each piece comes over when it is its turn.
///
/// For one thread at a time.
final class RemotePieceStream: RecordBatchStream {
    let schema: Schema
    /// Kept, so that the host does not forget the frame.
    private let source: RemoteSource
    private let connection: HostConnection
    private let pieceCount: Int64
    private var nextPiece: Int64 = 0
    /// What is left of the last piece, backwards.
    private var ready: [RecordBatch] = []

    init(_ source: RemoteSource, schema: Schema, _ connection: HostConnection, pieceCount: Int64) {
        self.source = source
        self.schema = schema
        self.connection = connection
        self.pieceCount = pieceCount
    }

    func next() throws -> RecordBatch? {
        while ready.isEmpty, nextPiece < pieceCount {
            let answer = try connection.ask(.piece(frame: source.number, piece: nextPiece))
            guard let content = answer.content else {
                throw HostFailure(.internal, "the host sent a frame without its rows")
            }
            ready = try content.open().batches.reversed()
            nextPiece += 1
        }
        return ready.popLast()
    }
}
