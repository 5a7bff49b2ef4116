import Glibc
import Synchronization
import TauroBasics
import TauroModel

/// A worker's end of the connection to its host: tells, asks, and waits for answers.
///
/// Safe from any thread.
final class HostConnection: Sendable {
    private let socket: MessageSocket
    private let nextNumber = Atomic<UInt64>(0)
    /// Requests that wait, by number; a value once the answer is there.
    private let waiting = Monitor<[UInt64: Result<RemoteFrame, HostFailure>?]>([:])

    init(_ socket: MessageSocket) {
        self.socket = socket
    }

    /// Sends a message.
    ///
    /// A worker that can not reach its host has nothing left to do, so it ends.
    func send(_ envelope: Envelope) {
        do throws(SystemError) {
            try envelope.send(on: socket)
        } catch {
            if error.code == ENOMEM || error.code == ENOSPC { return send(Self.outOfMemory(envelope, error)) }
            WorkerExit.lostConnection.end()
        }
    }

    /// A message too long for the memory that is left still gets an answer.
    private static func outOfMemory(_ envelope: Envelope, _ error: SystemError) -> Envelope {
        guard envelope.kind == .result else { WorkerExit.lostConnection.end() }
        return ResultMessage(.failure(status: .outOfMemory, text: "the result does not fit: \(error.description)"))
            .envelope
    }

    /// Asks the host, and waits for its answer.
    func ask(_ question: RequestMessage.Question) throws(HostFailure) -> RemoteFrame {
        let number = nextNumber.add(1, ordering: .relaxed).newValue
        waiting.withLock { $0[number] = .some(nil) }
        send(RequestMessage(number: number, question: question).envelope)
        let answer = waiting.awaitValue { waiting in
            guard let answer = waiting[number] ?? nil else { return nil as Result<RemoteFrame, HostFailure>? }
            waiting[number] = nil
            return answer
        }
        return try answer.get()
    }

    /// Leaves a frame on disk to the host, piece by piece, and gives the host's number of it.
    func store(_ frame: SpooledFrame) throws -> UInt64 {
        let own = nextNumber.add(1, ordering: .relaxed).newValue
        for piece in frame.pieces.indices.dropLast() {
            let content = try FrameContent(schema: frame.schema(), batches: frame.batches(ofPiece: piece))
            _ = try ask(.store(frame: own, content, isLast: false))
        }
        let rest = try frame.pieces.indices.last.map { try frame.batches(ofPiece: $0) } ?? []
        let content = try FrameContent(schema: frame.schema(), batches: rest)
        return try ask(.store(frame: own, content, isLast: true)).number
    }

    /// Hands an answer to the thread that waits for it.
    func take(_ reply: ReplyMessage) {
        waiting.withLockNotifyingAll { waiting in
            if waiting[reply.number] != nil { waiting[reply.number] = .some(reply.answer) }
        }
    }

    /// Lets the host forget a frame that this call has no use for any more.
    func release(_ number: UInt64) {
        var writer = MessageWriter()
        writer.bytes.write(number)
        send(Envelope(.release, writer))
    }

    /// The next message, read into `buffer`; nil when the host is gone.
    ///
    /// - Throws: `ProtocolError`, `SystemError`.
    func receive(into buffer: UnsafeMutableRawBufferPointer) throws -> Envelope? {
        switch try received(into: buffer) {
        case .message(let count, let descriptors):
            return try Envelope(UnsafeRawBufferPointer(rebasing: buffer[..<count]), descriptors: descriptors)
        case .nothing, .end: return nil
        }
    }

    /// A descriptor that a plugin closed, and perhaps opened as something else, is a connection that is lost.
    private func received(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> MessageSocket.Received {
        do throws(SystemError) {
            for _ in 0..<MessageSocket.looks {
                let received = try socket.receive(into: buffer, wait: false)
                guard case .nothing = received else { return received }
                sched_yield()
            }
            return try socket.receive(into: buffer, wait: true)
        } catch {
            if error.code == EBADF || error.code == ENOTSOCK { return .end }
            throw error
        }
    }
}

/// Why a worker ends by itself, as its exit code tells the host.
enum WorkerExit: Int32 {
    /// The host is gone, or the connection to it is.
    case lostConnection = 113
    /// A node function ended its thread instead of returning.
    case threadEnded = 114
    /// The host sent something that no host sends.
    case badMessage = 115

    /// Ends the process without running anything that a plugin left to be run at the end.
    func end() -> Never { _exit(rawValue) }
}
