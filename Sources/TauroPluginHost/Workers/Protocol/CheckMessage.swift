import TauroBasics
import TauroModel

/// The host asks a worker to make one check of a plugin.
struct CheckMessage {
    /// One input of the node: what its author gave, or what stands for it.
    enum Sample {
        case frame(FrameContent)
        case artifact(ArtifactContent)
    }

    let check: PluginCheck
    /// Absolute path of the plugin.
    let plugin: String
    /// The dotted name of the node; nil for checks of the file.
    let node: String?
    /// Makes one random case instead of the check's own; the same number makes the same case.
    let seed: UInt64?
    /// One for each input of the node.
    let samples: [Sample]
    /// Whether the author gave all of them, so that the node should like them.
    let isKnown: Bool
    /// Absolute path of a directory for the content of artifacts.
    let directory: String

    var envelope: Envelope {
        var writer = MessageWriter()
        writer.bytes.write(check.rawValue)
        writer.bytes.write(plugin)
        writer.bytes.write(node) { $0.write($1) }
        writer.bytes.write(seed) { $0.write($1) }
        writer.bytes.write(UInt32(samples.count))
        for sample in samples { write(sample, to: &writer) }
        writer.bytes.write(isKnown)
        writer.bytes.write(directory)
        return Envelope(.check, writer)
    }

    private func write(_ sample: Sample, to writer: inout MessageWriter) {
        switch sample {
        case .frame(let content):
            writer.bytes.write(UInt8(0))
            writer.write(content)
        case .artifact(let artifact):
            writer.bytes.write(UInt8(1))
            writer.write(artifact)
        }
    }
}

extension CheckMessage {
    // Inlined side by side, several that throw one type become code that LLVM refuses (Swift 6.3.1).
    @inline(never)
    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read { reader in
            let name = try reader.bytes.text()
            guard let check = PluginCheck(rawValue: name) else { throw ProtocolError("it sent no known check") }
            return CheckMessage(
                check: check,
                plugin: try reader.bytes.text(),
                node: try reader.optionalText(),
                seed: try reader.bytes.optional { bytes throws(ByteReader.Malformed) in try bytes.number() },
                samples: try (0..<reader.bytes.number(UInt32.self)).map { _ in try Self.sample(&reader) },
                isKnown: try reader.bytes.flag(),
                directory: try reader.bytes.text()
            )
        }
    }

    private static func sample(_ reader: inout MessageReader) throws -> Sample {
        switch try reader.bytes.number(UInt8.self) {
        case 0: return .frame(try reader.frameContent())
        case 1: return .artifact(try reader.artifact())
        default: throw ProtocolError("it sent a sample of no known kind")
        }
    }
}
