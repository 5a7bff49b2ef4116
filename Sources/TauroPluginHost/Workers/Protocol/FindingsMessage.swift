import TauroBasics
import TauroModel

/// What a worker found in one check.
struct FindingsMessage {
    /// None where everything was as it should be.
    let observations: [Observation]
    /// What else it saw, for the host to compare.
    let facts: [String]

    var envelope: Envelope {
        var writer = MessageWriter()
        writer.bytes.write(observations) { writer, observation in
            writer.write(observation.severity.rawValue)
            writer.write(observation.message)
            writer.write(observation.cure) { $0.write($1) }
        }
        writer.bytes.write(facts) { $0.write($1) }
        return Envelope(.findings, writer)
    }
}

extension FindingsMessage {
    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read { reader in
            FindingsMessage(
                observations: try reader.bytes.list { bytes throws(ByteReader.Malformed) in
                    try Observation(&bytes)
                },
                facts: try reader.bytes.list { bytes throws(ByteReader.Malformed) in try bytes.text() }
            )
        }
    }
}

/// One thing that a worker has to say about a plugin.
struct Observation: Sendable, Hashable {
    let severity: CheckFinding.Severity
    /// One clause.
    let message: String
    let cure: String?

    init(_ severity: CheckFinding.Severity, _ message: String, cure: String? = nil) {
        self.severity = severity
        self.message = message
        self.cure = cure
    }

    fileprivate init(_ bytes: inout ByteReader) throws(ByteReader.Malformed) {
        guard let severity = CheckFinding.Severity(rawValue: try bytes.text()) else {
            throw ByteReader.Malformed("a finding of no known severity")
        }
        self.init(
            severity,
            ForeignText.capped(try bytes.text(), limit: 2 * ForeignText.longestError),
            cure: try bytes.optional { bytes throws(ByteReader.Malformed) in try bytes.text() }
        )
    }
}
