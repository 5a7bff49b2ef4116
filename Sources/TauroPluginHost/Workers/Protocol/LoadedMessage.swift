import Glibc
import TauroBasics
import TauroModel

/// A worker says what came of loading its plugin.
struct LoadedMessage {
    /// Why it could not be loaded; nil if it was.
    let failure: NodeFailure?
    /// The most memory that the worker has held until now, in bytes.
    let peakMemory: Int64

    /// What this process says.
    init(_ failure: NodeFailure?) {
        self.failure = failure
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        peakMemory = Int64(usage.ru_maxrss) * 1024
    }

    private init(failure: NodeFailure?, peakMemory: Int64) {
        self.failure = failure
        self.peakMemory = peakMemory
    }

    var envelope: Envelope {
        var writer = MessageWriter()
        writer.bytes.write(peakMemory)
        writer.bytes.write(failure != nil)
        if let failure {
            writer.bytes.write(failure.status.rawValue)
            writer.bytes.write(failure.message)
        }
        return Envelope(.loaded, writer)
    }

    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read { reader in
            let peakMemory = try reader.bytes.number(Int64.self)
            guard try reader.bytes.flag() else { return LoadedMessage(failure: nil, peakMemory: peakMemory) }
            let status = NodeFailure.Status(rawValue: try reader.bytes.number()) ?? .internal
            return LoadedMessage(failure: NodeFailure(status, try reader.bytes.text()), peakMemory: peakMemory)
        }
    }
}
