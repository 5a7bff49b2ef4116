import TauroBasics
import TauroModel

/// The host's answer to a request.
struct ReplyMessage {
    /// The request's number.
    let number: UInt64
    let answer: Result<RemoteFrame, HostFailure>

    init(number: UInt64, answer: Result<RemoteFrame, HostFailure>) {
        self.number = number
        self.answer = answer
    }

    var envelope: Envelope {
        var writer = MessageWriter()
        writer.bytes.write(number)
        switch answer {
        case .success(let frame):
            writer.bytes.write(Int32(0))
            writer.write(frame)
        case .failure(let failure):
            writer.bytes.write(failure.status.rawValue)
            writer.bytes.write(failure.text)
        }
        return Envelope(.reply, writer)
    }

    // Inlined side by side, several that throw one type become code that LLVM refuses (Swift 6.3.1).
    @inline(never)
    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read { reader in
            let number = try reader.bytes.number(UInt64.self)
            let status = try reader.bytes.number(Int32.self)
            if status == 0 { return ReplyMessage(number: number, answer: .success(try reader.remoteFrame())) }
            let failure = HostFailure(NodeFailure.Status(rawValue: status) ?? .internal, try reader.bytes.text())
            return ReplyMessage(number: number, answer: .failure(failure))
        }
    }
}
