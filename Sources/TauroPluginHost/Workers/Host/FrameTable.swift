import Synchronization
import TauroBasics
import TauroData
import TauroModel

/// The frames that a call in a worker may name: its inputs, and the results of its queries.
///
/// Safe from any thread.
final class FrameTable: Sendable {
    private struct Entry {
        let frame: Frame
        /// The rows where the call had them read or converted, in types that a node may receive.
        var read: Frame?
    }

    private struct State {
        var frames: [UInt64: Entry] = [:]
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
            state.frames[state.next] = Entry(frame: frame)
            return state.next
        }
        let rows = try isCheap(frame) ? rows(of: number) : nil
        return RemoteFrame(
            number: number,
            rowCount: frame.rowCount,
            content: rows?.content,
            pieceCount: Self.spooled(frame).map { Int64($0.pieces.count) }
        )
    }

    /// The frame of a number.
    ///
    /// - Throws: `ProtocolError` for a number that was never given, or given back.
    func frame(_ number: UInt64) throws(ProtocolError) -> Frame { try entry(number).frame }

    private func entry(_ number: UInt64) throws(ProtocolError) -> Entry {
        guard let entry = state.withLock({ $0.frames[number] }) else {
            throw ProtocolError("it named a frame that the call does not have")
        }
        return entry
    }

    /// Forgets a frame.
    func remove(_ number: UInt64) {
        let removed = state.withLock { $0.frames.removeValue(forKey: number) }
        withExtendedLifetime(removed) {}
    }

    /// A frame's columns as a table without rows, in types that a node may receive.
    func columns(of number: UInt64) throws -> FrameContent {
        try FrameContent(schema: delivered(number).schema(), batches: [])
    }

    /// How much memory the worker got to share, in bytes: at most so much of what it holds is not its own.
    var sharedBytes: Int64 { state.withLock { $0.sharedBytes } }

    /// A frame's rows, in types that a node may receive: large ones in memory that all workers share or, where memory has no
    /// room for them, in how many pieces they are to be asked for.
    ///
    /// What is read or converted for it is counted as all that frames hold.
    func rows(of number: UInt64) throws -> RemoteFrame {
        if let known = try pieces(of: number) { return known }
        var small: FrameContent?
        let sealed = try frame(number).sealed(countedBy: spool) {
            let rows = try delivered(number).evaluated(spool, cancellation: cancellation)
            guard case .memory(let schema, let batches) = rows.content else {
                keep(rows, as: number)
                return nil
            }
            switch try FrameContent(schema: schema, batches: batches) {
            case .sealed(let memory): return memory
            case .inline(let image):
                small = .inline(image)
                return nil
            }
        }
        if let sealed {
            keep(nil, as: number)
            state.withLock { $0.sharedBytes += Int64(sealed.byteCount) }
            return RemoteFrame(number: number, rowCount: nil, content: .sealed(sealed))
        }
        if let small { return RemoteFrame(number: number, rowCount: nil, content: small) }
        guard let pieces = try pieces(of: number) else {
            throw HostFailure(.internal, "the rows of a frame can not be read")
        }
        return pieces
    }

    /// One piece of a frame on disk.
    ///
    /// - Throws: `ProtocolError` for a frame that has no such piece.
    func content(of number: UInt64, piece: Int64) throws -> FrameContent {
        guard let spooled = Self.spooled(try entry(number)), (0..<Int64(spooled.pieces.count)).contains(piece) else {
            throw ProtocolError("it asked for a piece that a frame does not have")
        }
        return try FrameContent(schema: spooled.schema(), batches: spooled.batches(ofPiece: Int(piece)))
    }

    /// How many pieces a frame's rows come in; nil where they are not on disk.
    private func pieces(of number: UInt64) throws -> RemoteFrame? {
        try Self.spooled(entry(number)).map { frame in
            RemoteFrame(number: number, rowCount: frame.rowCount, content: nil, pieceCount: Int64(frame.pieces.count))
        }
    }

    private static func spooled(_ entry: Entry) -> SpooledFrame? {
        if let read = entry.read, case .source(let source as SpooledFrame) = read.content { return source }
        return spooled(entry.frame)
    }

    /// The frame where its rows are on disk, in types that a node may receive.
    private static func spooled(_ frame: Frame) -> SpooledFrame? {
        guard case .source(let source as SpooledFrame) = frame.content else { return nil }
        return source.schema().fields.allSatisfy { $0.type.isDeliverable } ? source : nil
    }

    /// The frame in types that a node may receive: itself, or converted once.
    private func delivered(_ number: UInt64) throws -> Frame {
        let entry = try entry(number)
        if let read = entry.read { return read }
        if try entry.frame.schema().fields.allSatisfy({ $0.type.isDeliverable }) { return entry.frame }
        let converted = try delivery(entry.frame, spool, cancellation)
        keep(converted, as: number)
        return converted
    }

    private func keep(_ rows: Frame?, as number: UInt64) {
        let before = state.withLock { state in
            defer { state.frames[number]?.read = rows }
            return state.frames[number]?.read
        }
        withExtendedLifetime(before) {}
    }

    private func isCheap(_ frame: Frame) throws -> Bool {
        guard case .memory(let schema, let batches) = frame.content else { return false }
        if frame.isSealed { return true }
        let rows = frame.rowCount ?? .max
        return batches.count <= 8 && rows * Int64(max(1, schema.fields.count)) <= Self.mostEagerValues
    }
}
