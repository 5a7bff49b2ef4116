import TauroBasics
import TauroModel

/// The host tells a new worker which plugin it is for.
struct LoadMessage {
    /// Changes with every change of a message's form.
    static let protocolVersion: UInt32 = 3

    /// Absolute path of the file to load, which the host has checked: the plugin's, or that of a copy.
    let file: String
    /// The file and its state when the host checked it.
    let stamp: FileStamp
    /// Most memory of its own the worker may take, in bytes.
    let memoryLimit: Int64?

    init(file: String, stamp: FileStamp, memoryLimit: Int64?) {
        self.file = file
        self.stamp = stamp
        self.memoryLimit = memoryLimit
    }

    /// The plugin as a loader takes it, held to the host's check; its notes say the rest.
    var plugin: NodeSignature.Plugin {
        var plugin = NodeSignature.Plugin.unread(path: file)
        plugin.ticket = LoadingTicket(stamp: stamp, sha256: nil)
        return plugin
    }

    var envelope: Envelope {
        var writer = MessageWriter()
        writer.bytes.write(Self.protocolVersion)
        writer.bytes.write(file)
        for number in [stamp.device, stamp.inode, stamp.size] { writer.bytes.write(number) }
        for time in [stamp.modified, stamp.changed] { writer.bytes.write(time) }
        writer.bytes.write(memoryLimit) { $0.write($1) }
        return Envelope(.load, writer)
    }

    // Inlined side by side, several that throw one type become code that LLVM refuses (Swift 6.3.1).
    @inline(never)
    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read { reader in
            let version = try reader.bytes.number(UInt32.self)
            guard version == Self.protocolVersion else {
                throw ProtocolError("it speaks version \(version) of the worker protocol, not \(Self.protocolVersion)")
            }
            return LoadMessage(
                file: try reader.bytes.text(),
                stamp: FileStamp(
                    device: try reader.bytes.number(),
                    inode: try reader.bytes.number(),
                    size: try reader.bytes.number(),
                    modified: try reader.bytes.number(),
                    changed: try reader.bytes.number()
                ),
                memoryLimit: try reader.bytes.optional { reader throws(ByteReader.Malformed) in try reader.number() }
            )
        }
    }
}
