import TauroBasics
import TauroModel

/// What came of a call: the only message that means success.
struct ResultMessage {
    enum Outcome {
        case nothing
        case frame(FrameReference)
        case artifact(ArtifactContent)
        case failure(status: NodeFailure.Status, text: String)
    }

    let outcome: Outcome

    init(_ outcome: Outcome) { self.outcome = outcome }

    var envelope: Envelope {
        var writer = MessageWriter()
        switch outcome {
        case .nothing: writer.bytes.write(UInt8(0))
        case .frame(let frame):
            writer.bytes.write(UInt8(1))
            writer.write(frame)
        case .artifact(let artifact):
            writer.bytes.write(UInt8(2))
            writer.write(artifact)
        case .failure(let status, let text):
            writer.bytes.write(UInt8(3))
            writer.bytes.write(status.rawValue)
            writer.bytes.write(text)
        }
        return Envelope(.result, writer)
    }

    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read { reader in
            switch try reader.bytes.number(UInt8.self) {
            case 0: return ResultMessage(.nothing)
            case 1: return ResultMessage(.frame(try reader.frameReference()))
            case 2: return ResultMessage(.artifact(try reader.artifact()))
            case 3:
                let status = NodeFailure.Status(rawValue: try reader.bytes.number()) ?? .internal
                return ResultMessage(.failure(status: status, text: try reader.bytes.text()))
            default: throw ProtocolError("it sent a result of no known kind")
            }
        }
    }
}
