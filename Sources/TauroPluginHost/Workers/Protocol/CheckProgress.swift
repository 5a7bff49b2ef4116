import TauroBasics

/// What a worker says while it makes a check, so that its end can be explained.
enum CheckProgress {
    /// It begins with a case, in words.
    case began(String)
    /// A node did something to memory that it was given, and the process will end of it; from a signal handler.
    case fault(MemoryFault, place: String)

    var envelope: Envelope {
        var writer = MessageWriter()
        switch self {
        case .began(let words):
            writer.bytes.write(words)
            return Envelope(.checking, writer)
        case .fault(let fault, let place):
            writer.bytes.write(fault.rawValue)
            writer.bytes.write(place)
            return Envelope(.fault, writer)
        }
    }

    /// What a message of one of the two kinds says; nil for another kind.
    init?(_ envelope: Envelope) throws(ProtocolError) {
        switch envelope.kind {
        case .checking: self = .began(try envelope.read { try $0.bytes.text() })
        case .fault:
            self = try envelope.read { reader in
                guard let fault = MemoryFault(rawValue: try reader.bytes.number()) else {
                    throw ProtocolError("it sent a fault of no known kind")
                }
                return .fault(fault, place: try reader.bytes.text())
            }
        default: return nil
        }
    }
}

/// What a node did to an input's memory that it may not do.
enum MemoryFault: UInt8 {
    case wrote = 1
    case wentBeyond = 2
    case usedAfterRelease = 3

    /// The deed, as the predicate of a sentence; `place` is a buffer of a column.
    func words(_ place: String) -> String {
        switch self {
        case .wrote: "wrote to \(place), which is only for reading"
        case .wentBeyond: "read or wrote beyond the end of \(place)"
        case .usedAfterRelease: "used \(place) after it had released the batch"
        }
    }
}
