import TauroBasics

/// The host tells a new worker which plugin it is for.
struct LoadMessage {
    /// Changes with every change of a message's form.
    static let protocolVersion: UInt32 = 1

    /// Absolute path of the plugin.
    let plugin: String
    /// Most memory of its own the worker may take, in bytes.
    let memoryLimit: Int64?

    init(plugin: String, memoryLimit: Int64?) {
        self.plugin = plugin
        self.memoryLimit = memoryLimit
    }

    var envelope: Envelope {
        var writer = MessageWriter()
        writer.bytes.write(Self.protocolVersion)
        writer.bytes.write(plugin)
        writer.bytes.write(memoryLimit) { $0.write($1) }
        return Envelope(.load, writer)
    }

    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read { reader in
            let version = try reader.bytes.number(UInt32.self)
            guard version == Self.protocolVersion else {
                throw ProtocolError("it speaks version \(version) of the worker protocol, not \(Self.protocolVersion)")
            }
            return LoadMessage(
                plugin: try reader.bytes.text(),
                memoryLimit: try reader.bytes.optional { reader throws(ByteReader.Malformed) in try reader.number() }
            )
        }
    }
}
