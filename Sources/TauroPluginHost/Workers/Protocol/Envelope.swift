import Glibc
import TauroBasics

/// One message between host and worker: what it is, its content, and descriptors.
///
/// A long content travels in sealed memory instead of the message itself.
struct Envelope: Sendable {
    /// What a message is.
    enum Kind: UInt32, Sendable {
        // From the host.
        case load = 1
        case call = 2
        case cancel = 3
        case reply = 4
        case check = 5
        // From the worker.
        case hello = 16
        case loaded = 17
        case log = 18
        case metric = 19
        case progress = 20
        case request = 21
        case release = 22
        case result = 23
        case threadEnded = 24
        case findings = 25
        case checking = 26
        case fault = 27
    }

    /// Longest content that is accepted, in bytes.
    private static let longestContent = 1 << 31
    /// Most memories that one message takes along; one more may hold its content.
    static let mostMemories = MessageSocket.mostDescriptors - 1
    private static let inlineFlag: UInt32 = 0
    private static let memoryFlag: UInt32 = 1

    let kind: Kind
    let content: [UInt8]
    /// What descriptors the content speaks of hold, by their place.
    let memories: [SealedMemory]

    init(_ kind: Kind, _ writer: MessageWriter = MessageWriter()) {
        self.kind = kind
        self.content = writer.bytes.bytes
        self.memories = writer.memories
    }

    /// Sends the message; with `wait`, waits while the other end is behind.
    ///
    /// - Throws: `SystemError`.
    func send(on socket: MessageSocket, wait: Bool = true) throws(SystemError) {
        if content.count + 8 <= MessageSocket.longestMessage {
            try send(Self.inlineFlag, content, memories, on: socket, wait: wait)
        } else {
            let memory: SealedMemory
            do {
                memory = try content.withUnsafeBytes { bytes in try SealedMemory("tauro-message", [bytes]) }
            } catch {
                throw error as? SystemError ?? SystemError(operation: "send to", path: "another process", code: 0)
            }
            try send(Self.memoryFlag, [], memories + [memory], on: socket, wait: wait)
        }
    }

    private func send(
        _ flag: UInt32,
        _ content: [UInt8],
        _ memories: [SealedMemory],
        on socket: MessageSocket,
        wait: Bool
    ) throws(SystemError) {
        let outcome: Result<Void, SystemError> = withUnsafeBytes(of: (kind.rawValue, flag)) { head in
            content.withUnsafeBytes { content in
                Result { () throws(SystemError) in
                    try socket.send(head, content, descriptors: memories.map(\.descriptor), wait: wait)
                }
            }
        }
        try outcome.get()
    }

    /// Reads a message that arrived.
    ///
    /// Takes the descriptors over in every case.
    ///
    /// - Throws: `ProtocolError`.
    init(_ bytes: UnsafeRawBufferPointer, descriptors: [Int32]) throws(ProtocolError) {
        var memories: [SealedMemory] = []
        var problem: ProtocolError?
        for descriptor in descriptors {
            do throws(SystemError) {
                memories.append(try SealedMemory(taking: descriptor, limit: FrameContent.largestImage))
            } catch {
                problem = ProtocolError("it sent a descriptor that is no sealed memory")
            }
        }
        if let problem { throw problem }
        var reader = ByteReader(bytes)
        do {
            let number = try reader.number(UInt32.self)
            let flag = try reader.number(UInt32.self)
            guard let kind = Kind(rawValue: number) else { throw ProtocolError("it sent a message of kind \(number)") }
            self.kind = kind
            if flag == Self.memoryFlag {
                content = try Self.content(of: memories.popLast())
            } else {
                content = Array(bytes.dropFirst(8))
            }
        } catch {
            throw ProtocolError(error)
        }
        self.memories = memories
    }

    private static func content(of memory: SealedMemory?) throws -> [UInt8] {
        guard let memory, memory.byteCount <= longestContent else {
            throw ProtocolError("it sent a message without its content")
        }
        return try MappedMemory(memory).withBytes { Array($0) }
    }
}

/// What came from the other process can not be used: mostly because it does not keep to the protocol.
struct ProtocolError: Error {
    /// What it did.
    let reason: String
    /// Whether this process has no descriptor left for what was sent rightly.
    let isShortage: Bool

    init(_ reason: String, isShortage: Bool = false) {
        self.reason = reason
        self.isShortage = isShortage
    }

    init(_ error: any Error) {
        switch error {
        case let error as ProtocolError: self = error
        case let error as SystemError where error.code == EMFILE:
            self.init(
                "sent something for which there is no descriptor left: this process may have "
                    + "\(ProcessLimits.openFiles) open (ulimit -n)",
                isShortage: true
            )
        case let error as ByteReader.Malformed: self.init("it sent a malformed message: \(error.reason)")
        default: self.init("it sent a message that can not be read: \(error)")
        }
    }
}
