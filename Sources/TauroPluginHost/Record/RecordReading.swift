import Glibc
import TauroBasics
import TauroModel

/// A call record as another process reads it: bounded and checked, for the file may be anything.
struct RecordReading {
    /// Why a file is no record; completes the sentence "the record …".
    struct Unreadable: Error {
        let reason: String
    }

    private let bytes: [UInt8]
    private let slotCount: Int

    /// The largest size a record can have, in bytes.
    static let mostBytes = RecordLayout.headerSize + RecordLayout.mostSlots * RecordLayout.slotSize

    /// Takes the content of a whole file.
    init(_ bytes: [UInt8]) throws(Unreadable) {
        self.bytes = bytes
        guard bytes.count >= RecordLayout.headerSize else {
            throw Unreadable(reason: "has \(bytes.count) bytes, too few for its header")
        }
        guard Self.number(bytes, RecordLayout.Header.magic, UInt64.self) == RecordLayout.magic else {
            throw Unreadable(reason: "does not begin like one")
        }
        let version = Self.number(bytes, RecordLayout.Header.version, UInt32.self)
        guard version == RecordLayout.version else {
            throw Unreadable(
                reason: "was written by another version of the host: format \(version), not \(RecordLayout.version)"
            )
        }
        slotCount = Int(Self.number(bytes, RecordLayout.Header.slotCount, UInt32.self))
        guard slotCount <= RecordLayout.mostSlots,
            bytes.count == RecordLayout.headerSize + slotCount * RecordLayout.slotSize
        else { throw Unreadable(reason: "is not as long as its header says: it was cut short or written over") }
    }

    var run: String { text(RecordLayout.Header.run, at: 0) }
    var boot: String { text(RecordLayout.Header.boot, at: 0) }
    var process: pid_t { Self.number(bytes, RecordLayout.Header.process, Int32.self) }

    /// What became of the run if its host is gone; nil where it died between calls or was ended on purpose.
    func deadRun(isNew: Bool) -> DeadRun? {
        if Self.number(bytes, RecordLayout.Header.wasEnded, UInt32.self) != 0 { return nil }
        let calls = suspects()
        if calls.isEmpty { return nil }
        return DeadRun(
            id: run,
            pipeline: text(RecordLayout.Header.pipeline, at: 0),
            startedAt: time(RecordLayout.Header.startedAt),
            calls: calls,
            earlierNodes: slots(RecordLayout.State.earlier).map { text(RecordLayout.Slot.node, at: $0) },
            isNew: isNew
        )
    }

    /// The call whose own thread the cause came from; else those that were inside their functions.
    private func suspects() -> [DeadRun.Call] {
        let inCall = slots(RecordLayout.State.inCall)
        let waiting = slots(RecordLayout.State.waiting)
        let guilty = (inCall + waiting).filter { cause(at: $0 + RecordLayout.Slot.cause) != nil }
        if !guilty.isEmpty { return guilty.map { call(at: $0, cause(at: $0 + RecordLayout.Slot.cause)) } }
        let common = cause(at: RecordLayout.Header.cause)
        return (inCall.isEmpty ? waiting : inCall).map { call(at: $0, common) }
    }

    private func call(at slot: Int, _ cause: DeadRun.Cause?) -> DeadRun.Call {
        DeadRun.Call(
            node: text(RecordLayout.Slot.node, at: slot),
            function: text(RecordLayout.Slot.function, at: slot),
            plugin: text(RecordLayout.Slot.plugin, at: slot),
            beganAt: time(slot + RecordLayout.Slot.beganAt),
            cause: cause
        )
    }

    /// Where the slots of a state begin.
    private func slots(_ state: UInt32) -> [Int] {
        (0..<slotCount).map { RecordLayout.headerSize + $0 * RecordLayout.slotSize }
            .filter { Self.number(bytes, $0 + RecordLayout.Slot.state, UInt32.self) == state }
    }

    private func cause(at offset: Int) -> DeadRun.Cause? {
        switch Self.number(bytes, offset, Int32.self) {
        case RecordLayout.Cause.none: nil
        case RecordLayout.Cause.exit: .exit
        case RecordLayout.Cause.threadExit: .threadExit
        case let number: .signal(number)
        }
    }

    private func time(_ offset: Int) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: Self.number(bytes, offset, Int64.self))
    }

    private func text(_ place: RecordLayout.Text, at base: Int) -> String {
        let start = base + place.offset
        let length = min(Int(Self.number(bytes, start, UInt16.self)), place.capacity)
        return String(decoding: bytes[start + 2..<start + 2 + length], as: UTF8.self)
    }

    private static func number<Number: BitwiseCopyable>(_ bytes: [UInt8], _ offset: Int, _ type: Number.Type) -> Number
    {
        bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
    }
}
