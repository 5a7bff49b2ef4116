import Synchronization
package import TauroBasics

extension Frame {
    /// The memory that this frame's rows are shared through, made once and kept as long as the frame.
    ///
    /// `make` gives it the first time; nil for a table too small to be shared.
    package func sealed(_ make: () throws -> SealedMemory?) rethrows -> SealedMemory? {
        try sealedMemory.withLock { known in
            if known == nil { known = try make() }
            return known
        }
    }

    /// Whether the frame's rows are shared already.
    package var isSealed: Bool { sealedMemory.withLock { $0 != nil } }
}
