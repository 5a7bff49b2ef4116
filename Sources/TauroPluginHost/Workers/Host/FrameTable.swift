import Synchronization
import TauroBasics
import TauroData
import TauroModel

/// The frames that a call in a worker may name: its inputs, and the results of its queries.
///
/// Safe from any thread.
final class FrameTable: Sendable {
    private struct State {
        var frames: [UInt64: Frame] = [:]
        var next: UInt64
        var sharedBytes: Int64 = 0
    }

    /// Most values of a table that is sent along before anybody asks for it.
    private static let mostEagerValues: Int64 = 2048

    private let state: Mutex<State>
    private let cancellation: CancellationToken
    private let spool: FrameSpool?
    private let delivery: FrameDelivery

    /// Creates a table whose numbers no other call of the worker has: `call` is how many it has served before.
    ///
    /// The token ends what is read for the worker; `spool` is where rows go that memory has no room for.
    init(call: Int, spool: FrameSpool?, cancellation: CancellationToken, delivery: @escaping FrameDelivery) {
        self.spool = spool
        self.cancellation = cancellation
        state = Mutex(State(next: UInt64(call) << 32))
        self.delivery = delivery
    }

    /// Gives a frame a number, and its rows along with it where that costs little.
    func add(_ frame: Frame) throws -> RemoteFrame {
        let number = state.withLock { state in
            defer { state.next += 1 }
            state.frames[state.next] = frame
            return state.next
        }
        let content = try isCheap(frame) ? content(of: frame) : nil
        return RemoteFrame(
            number: number,
            rowCount: frame.rowCount,
            content: content,
            pieceCount: Self.spooled(frame).map { Int64($0.pieces.count) }
        )
    }

    /// The frame of a number.
    ///
    /// - Throws: `ProtocolError` for a number that was never given, or given back.
    func frame(_ number: UInt64) throws(ProtocolError) -> Frame {
        guard let frame = state.withLock({ $0.frames[number] }) else {
            throw ProtocolError("it named a frame that the call does not have")
        }
        return frame
    }

    /// Forgets a frame.
    func remove(_ number: UInt64) {
        let removed = state.withLock { $0.frames.removeValue(forKey: number) }
        withExtendedLifetime(removed) {}
    }

    /// A frame's columns as a table without rows, in types that a node may receive.
    func columns(of frame: Frame) throws -> FrameContent {
        try FrameContent(schema: delivered(frame).schema(), batches: [])
    }

    /// How much memory the worker got to share, in bytes: at most so much of what it holds is not its own.
    var sharedBytes: Int64 { state.withLock { $0.sharedBytes } }

    /// A frame's rows, in types that a node may receive; large ones in memory that all workers share.
    func content(of frame: Frame) throws -> FrameContent {
        var small: FrameContent?
        let sealed = try frame.sealed {
            guard
                case .memory(let schema, let batches) = try delivered(frame).inMemory(cancellation: cancellation)
                    .content
            else { return nil }
            switch try FrameContent(schema: schema, batches: batches) {
            case .sealed(let memory): return memory
            case .inline(let image):
                small = .inline(image)
                return nil
            }
        }
        if let sealed {
            state.withLock { $0.sharedBytes += Int64(sealed.byteCount) }
            return .sealed(sealed)
        }
        guard let small else {
            throw HostFailure(.internal, "the rows of a frame can not be read")
        }
        return small
    }

    /// One piece of a frame on disk.
    ///
    /// - Throws: `ProtocolError` for a frame that has no such piece.
    func content(of frame: Frame, piece: Int64) throws -> FrameContent {
        guard let spooled = Self.spooled(frame), (0..<Int64(spooled.pieces.count)).contains(piece) else {
            throw ProtocolError("it asked for a piece that a frame does not have")
        }
        return try FrameContent(schema: spooled.schema(), batches: spooled.batches(ofPiece: Int(piece)))
    }

    /// The frame where its rows are on disk, in types that a node may receive.
    private static func spooled(_ frame: Frame) -> SpooledFrame? {
        guard case .source(let source as SpooledFrame) = frame.content else { return nil }
        return source.schema().fields.allSatisfy { $0.type.isDeliverable } ? source : nil
    }

    private func delivered(_ frame: Frame) throws -> Frame {
        try frame.schema().fields.allSatisfy { $0.type.isDeliverable }
            ? frame : try delivery(frame, spool, cancellation)
    }

    private func isCheap(_ frame: Frame) throws -> Bool {
        guard case .memory(let schema, let batches) = frame.content else { return false }
        if frame.isSealed { return true }
        let rows = frame.rowCount ?? .max
        return batches.count <= 8 && rows * Int64(max(1, schema.fields.count)) <= Self.mostEagerValues
    }
}
