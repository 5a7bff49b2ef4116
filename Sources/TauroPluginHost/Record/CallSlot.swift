import Glibc
import Synchronization

/// One slot of a call record, by its address in the mapped file.
///
/// A slot belongs to the thread that claimed it until that frees it. Copying it copies an address; nothing here
/// allocates or locks.
struct CallSlot {
    let address: UnsafeMutableRawPointer

    /// Takes the slot if it is free.
    func claim() -> Bool {
        state.pointee.compareExchange(
            expected: RecordLayout.State.free,
            desired: RecordLayout.State.filling,
            ordering: .acquiring
        ).exchanged
    }

    /// Says what the slot is used for; what was written before is there when the new state is.
    func move(to new: UInt32) { state.pointee.store(new, ordering: .releasing) }

    /// Writes who is called, and by which thread.
    func fill(node: String, function: String, plugin: String, attempt: Int, at milliseconds: Int64) {
        write(RecordLayout.Cause.none, at: RecordLayout.Slot.cause)
        write(UInt64(pthread_self()), at: RecordLayout.Slot.thread)
        write(milliseconds, at: RecordLayout.Slot.beganAt)
        write(UInt32(truncatingIfNeeded: attempt), at: RecordLayout.Slot.attempt)
        address.write(node, at: RecordLayout.Slot.node)
        address.write(function, at: RecordLayout.Slot.function)
        address.write(plugin, at: RecordLayout.Slot.plugin)
    }

    private var state: UnsafeMutablePointer<Atomic<UInt32>> {
        (address + RecordLayout.Slot.state).assumingMemoryBound(to: Atomic<UInt32>.self)
    }

    private func write<Number>(_ number: Number, at offset: Int) {
        address.storeBytes(of: number, toByteOffset: offset, as: Number.self)
    }
}

extension UnsafeMutableRawPointer {
    /// Writes as much of a text as its place holds.
    func write(_ text: String, at place: RecordLayout.Text) {
        var text = text.utf8.count > place.capacity ? place.fitting(text) : text
        text.withUTF8 { bytes in
            storeBytes(of: UInt16(bytes.count), toByteOffset: place.offset, as: UInt16.self)
            if let start = bytes.baseAddress { memcpy(self + place.offset + 2, start, bytes.count) }
        }
    }
}
