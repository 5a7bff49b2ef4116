import Synchronization

/// How much memory the frames of a run hold, now and at most, and how much they may.
///
/// Safe from any thread. A column that several frames share counts once.
package final class FrameLedger: Sendable {
    private let account: Mutex<FrameAccount>

    /// Creates a ledger.
    ///
    /// - Parameter limit: how many bytes frames may hold before new ones go to disk; nil for no limit.
    package init(limit: Int? = nil) {
        account = Mutex(FrameAccount(limit: limit ?? .max))
    }

    /// How many bytes the frames that are kept hold.
    package var bytes: Int { account.withLock { $0.bytes } }

    /// The most that `bytes` ever was.
    package var peak: Int { account.withLock { $0.peak } }

    /// How many bytes of frames were written to disk.
    package var spooled: Int64 { account.withLock { $0.spooled } }

    /// How many bytes frames may hold.
    var limit: Int { account.withLock { $0.limit } }

    /// A node's result, counted for as long as anyone keeps it.
    package func hold(_ result: Dataset) -> HeldResult {
        HeldResult(result, hold(result.bufferSizes))
    }

    /// Buffers that are to stay in memory, counted for as long as anyone keeps the answer; nil where there is no room.
    func admit(_ sizes: [UInt: Int]) -> HeldBuffers? {
        account.withLock { $0.admit(sizes) } ? HeldBuffers(Array(sizes.keys), ledger: self) : nil
    }

    /// Buffers that are in memory already, counted for as long as anyone keeps the answer.
    func hold(_ sizes: [UInt: Int]) -> HeldBuffers {
        account.withLock { $0.hold(sizes) }
        return HeldBuffers(Array(sizes.keys), ledger: self)
    }

    func noteSpooled(_ count: Int) { account.withLock { $0.spool(count) } }

    fileprivate func release(_ addresses: [UInt]) { account.withLock { $0.release(addresses) } }
}

/// Buffers that a ledger counts until the last who keeps this lets go.
///
/// To be let go before the buffers are: an address may be another's at once.
final class HeldBuffers: Sendable {
    private let ledger: FrameLedger
    private let addresses: [UInt]

    fileprivate init(_ addresses: [UInt], ledger: FrameLedger) {
        self.ledger = ledger
        self.addresses = addresses
    }

    deinit { ledger.release(addresses) }
}

/// A node's result that a ledger counts until the last who keeps it lets go.
package final class HeldResult: Sendable {
    // Let go in this order.
    private let buffers: HeldBuffers
    package let dataset: Dataset

    fileprivate init(_ dataset: Dataset, _ buffers: HeldBuffers) {
        self.buffers = buffers
        self.dataset = dataset
    }
}
