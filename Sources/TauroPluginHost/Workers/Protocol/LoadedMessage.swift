import TauroBasics
import TauroModel

/// A worker says what came of loading its plugin.
struct LoadedMessage {
    /// Why it could not be loaded; nil if it was.
    let failure: NodeFailure?
    /// What the worker holds now.
    let memory: WorkerMemory.Use

    init(_ failure: NodeFailure?, _ memory: WorkerMemory.Use) {
        self.failure = failure
        self.memory = memory
    }

    var envelope: Envelope {
        var writer = MessageWriter()
        writer.bytes.write(memory.resident)
        writer.bytes.write(memory.peak)
        writer.bytes.write(failure != nil)
        if let failure {
            writer.bytes.write(failure.status.rawValue)
            writer.bytes.write(failure.message)
        }
        return Envelope(.loaded, writer)
    }

    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read { reader in
            let memory = WorkerMemory.Use(resident: try reader.bytes.number(), peak: try reader.bytes.number())
            guard try reader.bytes.flag() else { return LoadedMessage(nil, memory) }
            let status = NodeFailure.Status(rawValue: try reader.bytes.number()) ?? .internal
            return LoadedMessage(NodeFailure(status, try reader.bytes.text()), memory)
        }
    }
}
