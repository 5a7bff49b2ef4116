import Synchronization
import TauroBasics
import TauroModel

/// Answers what a worker asks during one call.
///
/// Safe from any thread.
final class WorkerRequests: Sendable {
    let frames: FrameTable
    private let socket: MessageSocket
    private let sql: any SQLRunner
    private let spool: FrameSpool?
    private let cancellation: CancellationToken
    private let lastFailure = Mutex<HostFailure?>(nil)
    /// Frames of the worker that are on their way, by its numbers.
    private let arriving = Mutex<[UInt64: FrameCollector]>([:])

    init(_ worker: Worker, _ services: CallServices, spool: FrameSpool?) {
        self.spool = spool
        socket = worker.socket
        sql = services.sql
        let cancellation = CancellationToken()
        self.cancellation = cancellation
        frames = FrameTable(
            call: worker.callCount,
            spool: spool,
            cancellation: cancellation,
            delivery: services.delivery
        )
    }

    /// Interrupts what runs for the worker.
    func cancel() { cancellation.cancel() }

    /// The call is over.
    func end() { cancellation.cancel() }

    /// Does what is asked and sends the answer; blocks.
    func answer(_ request: RequestMessage) {
        let answer: Result<RemoteFrame, HostFailure>
        do {
            answer = .success(try frame(request.question))
        } catch {
            let failure = HostFailure(error)
            lastFailure.withLock { $0 = failure }
            answer = .failure(failure)
        }
        // A worker that is gone needs no answer; that it is gone, the thread that waits for it sees.
        try? ReplyMessage(number: request.number, answer: answer).envelope.send(on: socket)
    }

    /// The failure that a function returned, with the host's own error below it where it passed that on.
    func failure(_ status: NodeFailure.Status, _ text: String) -> NodeFailure {
        let known = lastFailure.withLock { $0 }
        return NodeFailure(status, text, underlying: known?.status == status ? known?.underlying : nil)
    }

    private func frame(_ question: RequestMessage.Question) throws -> RemoteFrame {
        switch question {
        case .schema(let number): try remote(number, frames.columns(of: number))
        case .rows(let number): try frames.rows(of: number)
        case .query(let query): try frames.add(try run(query))
        case .piece(let number, let piece): try remote(number, frames.content(of: number, piece: piece))
        case .store(let number, let content, let isLast): try store(number, content, isLast: isLast)
        }
    }

    /// Takes over rows that the worker has no room for.
    private func store(_ number: UInt64, _ content: FrameContent, isLast: Bool) throws -> RemoteFrame {
        let (schema, batches) = try content.open()
        let frame = try arriving.withLock { arriving -> Frame? in
            // Kept where it fails, so that the rows after those that are missing are no frame of their own.
            let collector = arriving[number] ?? FrameCollector(schema: schema, spool: spool)
            arriving[number] = collector
            guard collector.schema == schema else {
                throw HostFailure(.schema, "the rows of a frame have another schema than those before")
            }
            for batch in batches { try collector.append(batch) }
            guard isLast else { return nil }
            let frame = try collector.finish()
            arriving[number] = nil
            return frame
        }
        return try frame.map { try frames.add($0) } ?? RemoteFrame(number: number, rowCount: nil, content: nil)
    }

    private func remote(_ number: UInt64, _ content: FrameContent) -> RemoteFrame {
        RemoteFrame(number: number, rowCount: nil, content: content)
    }

    private func run(_ query: RequestMessage.Query) throws -> Frame {
        let statement = SQLStatement(
            text: query.text,
            dialect: query.dialect,
            tables: try query.tables.map { ($0.name, try frame($0.frame)) },
            parameters: query.parameters,
            spool: spool
        )
        return try sql.run(statement, cancellation: cancellation)
    }

    private func frame(_ reference: FrameReference) throws -> Frame {
        switch reference {
        case .host(let number): try frames.frame(number)
        case .made(let content): try content.frame()
        }
    }
}
