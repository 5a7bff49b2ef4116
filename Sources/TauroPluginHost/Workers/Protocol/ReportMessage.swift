import TauroBasics
import TauroModel

/// A log line, a metric or progress, on its way to the host.
enum ReportMessage {
    static func envelope(_ report: NodeReport) -> Envelope {
        var writer = MessageWriter()
        switch report {
        case .log(let level, let text):
            writer.bytes.write(level.rawValue)
            writer.bytes.write(text)
            return Envelope(.log, writer)
        case .metric(let name, let value):
            writer.bytes.write(name)
            writer.bytes.write(value.bitPattern)
            return Envelope(.metric, writer)
        case .progress(let fraction, let text):
            writer.bytes.write(fraction) { $0.write($1.bitPattern) }
            writer.bytes.write(text) { $0.write($1) }
            return Envelope(.progress, writer)
        }
    }

    /// The report in a message of one of the three kinds; nil for another kind.
    static func report(_ envelope: Envelope) throws(ProtocolError) -> NodeReport? {
        switch envelope.kind {
        case .log:
            try envelope.read { reader in
                let level = LogLevel(rawValue: try reader.bytes.number()) ?? .error
                return .log(level: level, text: try reader.bytes.text())
            }
        case .metric:
            try envelope.read { .metric(name: try $0.bytes.text(), value: try $0.bytes.double()) }
        case .progress:
            try envelope.read { reader in
                let fraction = try reader.bytes.optional { bytes throws(ByteReader.Malformed) in try bytes.double() }
                return .progress(fraction: fraction, text: try reader.optionalText())
            }
        default: nil
        }
    }
}
