import Synchronization
import TauroModel

/// How much memory the frames of a run hold, now and at most.
///
/// Safe from any thread. A column that several frames share counts once.
final class FrameLedger: Sendable {
    private struct State {
        /// How many results hold a buffer, and its size, by its address.
        var buffers: [UInt: (holders: Int, bytes: Int)] = [:]
        var bytes = 0
        var peak = 0
    }

    private let state = Mutex(State())

    /// How many bytes the results that are kept hold.
    var bytes: Int { state.withLock { $0.bytes } }

    /// The most that `bytes` ever was.
    var peak: Int { state.withLock { $0.peak } }

    /// A node's result, counted for as long as anyone keeps it.
    func hold(_ result: Dataset) -> HeldResult {
        let buffers = result.bufferSizes
        state.withLock { state in
            for (address, size) in buffers {
                let known = state.buffers[address] ?? (holders: 0, bytes: 0)
                let bytes = max(known.bytes, size)
                state.buffers[address] = (known.holders + 1, bytes)
                state.bytes += bytes - known.bytes
            }
            state.peak = max(state.peak, state.bytes)
        }
        return HeldResult(result, ledger: self, addresses: Array(buffers.keys))
    }

    fileprivate func release(_ addresses: [UInt]) {
        state.withLock { state in
            for address in addresses {
                guard let known = state.buffers[address] else { continue }
                state.buffers[address] = known.holders > 1 ? (known.holders - 1, known.bytes) : nil
                if known.holders == 1 { state.bytes -= known.bytes }
            }
        }
    }
}

/// A node's result that a ledger counts until the last who keeps it lets go.
final class HeldResult: Sendable {
    let dataset: Dataset
    private let ledger: FrameLedger
    private let addresses: [UInt]

    fileprivate init(_ dataset: Dataset, ledger: FrameLedger, addresses: [UInt]) {
        self.dataset = dataset
        self.ledger = ledger
        self.addresses = addresses
    }

    deinit { ledger.release(addresses) }
}
