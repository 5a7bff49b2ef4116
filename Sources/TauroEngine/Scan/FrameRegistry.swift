import Synchronization

/// The frames that running queries scan, by the number that their views carry.
///
/// Safe from any thread.
final class FrameRegistry: Sendable {
    private struct State {
        var last: Int64 = 0
        var frames: [Int64: ScannedFrame] = [:]
    }

    private let state = Mutex(State())

    subscript(identifier: Int64) -> ScannedFrame? { state.withLock { $0.frames[identifier] } }

    /// Registers a frame until the lease is gone.
    func lease(_ frame: ScannedFrame) -> FrameLease {
        let identifier = state.withLock { state in
            state.last += 1
            state.frames[state.last] = frame
            return state.last
        }
        return FrameLease(identifier: identifier, registry: self)
    }

    fileprivate func remove(_ identifier: Int64) {
        _ = state.withLock { $0.frames.removeValue(forKey: identifier) }
    }
}

/// Keeps a frame registered for as long as it lives.
final class FrameLease: Sendable {
    let identifier: Int64
    private let registry: FrameRegistry

    fileprivate init(identifier: Int64, registry: FrameRegistry) {
        self.identifier = identifier
        self.registry = registry
    }

    deinit { registry.remove(identifier) }
}
