import TauroBasics
import TauroModel

/// A worker's first word: what program it is.
struct HelloMessage {
    /// The protocol it speaks.
    let protocolVersion: UInt32
    /// The version of its program.
    let program: String

    /// What this program says of itself.
    static let own = HelloMessage(protocolVersion: LoadMessage.protocolVersion, program: "\(HostVersion.text)")

    private init(protocolVersion: UInt32, program: String) {
        self.protocolVersion = protocolVersion
        self.program = program
    }

    var envelope: Envelope {
        var writer = MessageWriter()
        writer.bytes.write(protocolVersion)
        writer.bytes.write(program)
        return Envelope(.hello, writer)
    }

    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read {
            HelloMessage(protocolVersion: try $0.bytes.number(UInt32.self), program: try $0.bytes.text())
        }
    }

    /// Checks that host and worker are of one version.
    func check() throws(ResourceError) {
        guard protocolVersion == LoadMessage.protocolVersion else {
            throw ResourceError(
                operation: "start a worker process",
                message: "the program is of another version (\(program)) than this host (\(HostVersion.text))"
            )
        }
    }
}
