import TauroModel

/// Has the host run the queries of a worker's nodes.
struct RemoteSQLRunner: SQLRunner {
    let connection: HostConnection

    /// Runs the query on the host's engine.
    ///
    /// The rows come over only if somebody reads them; the host interrupts the query when the call is cancelled.
    ///
    /// - Throws: `HostFailure`, with UNSUPPORTED for more large tables of the worker's own than one message carries.
    func run(_ statement: SQLStatement, cancellation: CancellationToken) throws -> Frame {
        let query = RequestMessage.Query(
            text: statement.text,
            dialect: statement.dialect,
            tables: try statement.tables.map { ($0.name, try FrameReference($0.frame, connection)) },
            parameters: statement.parameters
        )
        let large = query.tables.count { $0.frame.isSealed }
        guard large <= Envelope.mostMemories else {
            throw HostFailure(
                .unsupported,
                "the query has \(large) large tables that the node made itself; in a worker process it may have "
                    + "\(Envelope.mostMemories): query fewer of them at once, or use isolation: in_process"
            )
        }
        let answer = try connection.ask(.query(query))
        return Frame(source: try RemoteSource(answer, connection, isReleased: true))
    }
}

extension FrameReference {
    /// Whether its content travels in memory of its own.
    fileprivate var isSealed: Bool { if case .made(.sealed) = self { true } else { false } }

    /// How a frame of a worker is named to the host: by its number where the host has it, else by its content.
    ///
    /// One that is on disk here goes to the host piece by piece first: memory has no room for it.
    init(_ frame: Frame, _ connection: HostConnection) throws {
        if case .source(let source as RemoteSource) = frame.content {
            self = .host(source.number)
            return
        }
        if case .source(let source as SpooledFrame) = frame.content {
            self = .host(try connection.store(source))
            return
        }
        guard case .memory(let schema, let batches) = try frame.inMemory().content else {
            throw HostFailure(.internal, "the rows of a frame can not be read")
        }
        self = .made(try FrameContent(schema: schema, batches: batches))
    }
}
