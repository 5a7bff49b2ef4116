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
    private let pieceCount: Int64?
    /// Taken once nobody is to tell the host to forget the frame any more.
    private let release = OneTimeFlag()
    private let loaded = Mutex<Frame?>(nil)

    /// Knows a frame; `isReleased` where the host may forget it when this goes.
    init(_ frame: RemoteFrame, _ connection: HostConnection, isReleased: Bool) throws {
        number = frame.number
        rowCount = frame.rowCount
        pieceCount = frame.pieceCount
        self.connection = connection
        if !isReleased { handOver() }
        if let content = frame.content { try load(content) }
    }

    deinit {
        if release.take() { connection.release(number) }
    }

    /// Leaves the frame to the host: it is a result, or was the host's in the first place.
    func handOver() { _ = release.take() }

    func schema() throws -> Schema {
        if let frame = loaded.withLock({ $0 }) { return try frame.schema() }
        guard let content = try connection.ask(.schema(frame: number)).content else { throw Self.missing }
        return try content.open().schema
    }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream {
        if let pieceCount {
            return RemotePieceStream(self, schema: try schema(), connection, pieceCount: pieceCount)
        }
        let frame = try loaded.withLock { loaded in
            if let loaded { return loaded }
            guard let content = try connection.ask(.rows(frame: number)).content else { throw Self.missing }
            let (schema, batches) = try content.open()
            let frame = Frame(schema: schema, batches: batches)
            loaded = frame
            return frame
        }
        return try frame.stream(cancellation: cancellation)
    }

    private func load(_ content: FrameContent) throws {
        let (schema, batches) = try content.open()
        loaded.withLock { $0 = Frame(schema: schema, batches: batches) }
    }

    private static let missing = HostFailure(.internal, "the host sent a frame without its rows")
}
