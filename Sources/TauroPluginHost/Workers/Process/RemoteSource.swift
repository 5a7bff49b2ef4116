import Synchronization
import TauroBasics
import TauroData
import TauroModel

/// A frame that the host has: its rows come over when they are asked for, once, or piece by piece for each reader where
/// memory has no room for them.
final class RemoteSource: FrameSource {
    let number: UInt64
    let rowCount: Int64?
    private let connection: HostConnection
    /// Taken once nobody is to tell the host to forget the frame any more.
    private let release = OneTimeFlag()
    private let rows = Mutex<Rows?>(nil)

    /// How the rows come over, once that is known.
    private enum Rows {
        case whole(Frame)
        /// Asked for one by one by each reader; how many there are.
        case pieces(Int64)
    }

    /// Knows a frame; `isReleased` where the host may forget it when this goes.
    init(_ frame: RemoteFrame, _ connection: HostConnection, isReleased: Bool) throws {
        number = frame.number
        rowCount = frame.rowCount
        self.connection = connection
        if !isReleased { handOver() }
        let known = try Self.rows(frame)
        rows.withLock { $0 = known }
    }

    deinit {
        if release.take() { connection.release(number) }
    }

    /// Leaves the frame to the host: it is a result, or was the host's in the first place.
    func handOver() { _ = release.take() }

    func schema() throws -> Schema {
        if case .whole(let frame) = rows.withLock({ $0 }) { return try frame.schema() }
        guard let content = try connection.ask(.schema(frame: number)).content else { throw Self.missing }
        return try content.open().schema
    }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream {
        let rows = try rows.withLock { rows in
            if let rows { return rows }
            guard let known = try Self.rows(try connection.ask(.rows(frame: number))) else { throw Self.missing }
            rows = known
            return known
        }
        switch rows {
        case .whole(let frame): return try frame.stream(cancellation: cancellation)
        case .pieces(let count): return RemotePieceStream(self, schema: try schema(), connection, pieceCount: count)
        }
    }

    private static func rows(_ frame: RemoteFrame) throws -> Rows? {
        if let count = frame.pieceCount { return .pieces(count) }
        guard let content = frame.content else { return nil }
        let (schema, batches) = try content.open()
        return .whole(Frame(schema: schema, batches: batches))
    }

    private static let missing = HostFailure(.internal, "the host sent a frame without its rows")
}
