import TauroBasics

/// The host tells a worker that a call should stop.
///
/// It names the call: by the time the worker reads it, another one may have begun.
struct CancelMessage {
    /// The call's number.
    let call: UInt64

    init(call: UInt64) { self.call = call }

    var envelope: Envelope {
        var writer = MessageWriter()
        writer.bytes.write(call)
        return Envelope(.cancel, writer)
    }

    // Inlined side by side, several that throw one type become code that LLVM refuses (Swift 6.3.1).
    @inline(never)
    init(_ envelope: Envelope) throws(ProtocolError) {
        self = try envelope.read { CancelMessage(call: try $0.bytes.number()) }
    }
}
