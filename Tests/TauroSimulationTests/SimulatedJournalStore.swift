import Glibc
import TauroBasics
import TauroState

/// A journal's file in a world in which it tears, fills its disk, and loses what was not synchronised.
final class SimulatedJournalStore: JournalStore, @unchecked Sendable {
    // Used by the one thread that plays the history.

    let path = "/project/.tauro/runs/run-1/journal.jsonl"
    private let world: World
    private(set) var bytes: [UInt8] = []
    /// How many bytes would outlive a loss of power.
    private var durable = 0
    /// How many calls of a thousand fail.
    var failuresPerThousand = 0

    init(_ world: World) { self.world = world }

    /// Loses what was not synchronised, or a part of it; what is left of it may be torn.
    func losePower() {
        let kept = durable + world.below(bytes.count - durable + 1)
        bytes.removeSubrange(kept...)
        if world.chance(30) {
            for place in (kept - world.below(kept - durable + 1))..<kept { bytes[place] = 0 }
        }
        durable = bytes.count
    }

    func read() throws(SystemError) -> [UInt8] { bytes }

    func append(_ new: UnsafeRawBufferPointer) throws(SystemError) -> Int {
        if !world.pass() {
            // The system has taken what it had when the process was killed.
            bytes += new.prefix(world.below(new.count + 1))
            throw failure(EIO)
        }
        if fails() {
            bytes += new.prefix(world.below(new.count + 1))
            throw failure(ENOSPC)
        }
        if world.chance(2) { throw failure(EINTR) }
        let count = world.chance(5) ? 1 + world.below(new.count) : new.count
        bytes += new.prefix(count)
        return count
    }

    func truncate(to size: Int) throws(SystemError) {
        bytes.removeSubrange(size...)
        durable = min(durable, size)
    }

    func synchronize() throws(SystemError) {
        if !world.pass() || fails() { throw failure(EIO) }
        durable = bytes.count
    }

    func synchronizeName() throws(SystemError) {}

    private func fails() -> Bool { world.below(1000) < failuresPerThousand }

    private func failure(_ code: Int32) -> SystemError { SystemError(operation: "write", path: path, code: code) }
}
