import Synchronization
package import TauroBasics

/// A frame's rows in memory that processes share.
struct SharedRows: Sendable {
    /// The memory in the account of the run; nil where the frame's own buffers are in it.
    let held: HeldBuffers?
    let memory: SealedMemory
}

extension Frame {
    /// The memory that this frame's rows are shared through, made once and kept as long as the frame.
    ///
    /// `make` gives it the first time; nil for a table too small to be shared. It is counted with what frames hold, where
    /// there is a spool.
    package func sealed(
        countedBy spool: FrameSpool? = nil,
        _ make: () throws -> SealedMemory?
    ) rethrows -> SealedMemory? {
        try shared.withLock { known in
            if let known { return known.memory }
            guard let memory = try make() else { return nil }
            let held = spool?.ledger.hold([UInt(bitPattern: ObjectIdentifier(memory)): memory.byteCount])
            known = SharedRows(held: held, memory: memory)
            return memory
        }
    }

    /// Whether the frame's rows are shared already.
    package var isSealed: Bool { shared.withLock { $0 != nil } }
}
