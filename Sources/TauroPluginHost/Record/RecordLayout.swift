/// Where things stand in the file of a call record: one header, then slots of equal size.
///
/// Numbers are in the machine's byte order, for only this machine reads them. Everything is computed, so that a signal
/// handler can use it: a stored global would be made ready at its first use, under a lock.
enum RecordLayout {
    /// A text of a fixed place: its length in two bytes, then its bytes.
    struct Text {
        let offset: Int
        /// Bytes at most; what is longer is cut.
        let capacity: Int

        /// As much of `text` as fits, at a whole character.
        func fitting(_ text: String) -> String { ForeignText.capped(text, limit: capacity) }
    }

    /// The first eight bytes of a record, `TAUROCAL` as a number.
    static var magic: UInt64 { 0x4c41_434f_5255_4154 }
    /// Rises when any place below changes.
    static var version: UInt32 { 1 }

    static var slotSize: Int { 4096 }
    static var headerSize: Int { 4096 }
    /// More calls than these are not written down.
    static var mostSlots: Int { 1024 }

    /// Places in the header.
    enum Header {
        static var magic: Int { 0 }
        static var version: Int { 8 }
        static var slotCount: Int { 12 }
        static var process: Int { 16 }
        /// A cause that came from a thread of no slot.
        static var cause: Int { 20 }
        static var startedAt: Int { 24 }
        /// Not 0 where the process was ended on purpose, whatever was under way.
        static var wasEnded: Int { 32 }
        static var boot: Text { Text(offset: 64, capacity: 62) }
        static var hostVersion: Text { Text(offset: 128, capacity: 62) }
        static var run: Text { Text(offset: 192, capacity: 254) }
        static var pipeline: Text { Text(offset: 448, capacity: 1022) }
    }

    /// Places in a slot.
    enum Slot {
        static var state: Int { 0 }
        static var cause: Int { 4 }
        static var thread: Int { 8 }
        static var beganAt: Int { 16 }
        static var attempt: Int { 24 }
        static var node: Text { Text(offset: 64, capacity: 1022) }
        static var function: Text { Text(offset: 1088, capacity: 1022) }
        static var plugin: Text { Text(offset: 2112, capacity: 1982) }
    }

    /// What a slot is used for.
    enum State {
        static var free: UInt32 { 0 }
        /// Claimed, its texts not written yet.
        static var filling: UInt32 { 1 }
        /// The plugin is being loaded or is busy with another call.
        static var waiting: UInt32 { 2 }
        static var inCall: UInt32 { 3 }
        /// A node that the host of an earlier run died in.
        static var earlier: UInt32 { 4 }
    }

    /// How a `DeadRun.Cause` is written: a signal's number, or one of these.
    enum Cause {
        static var none: Int32 { 0 }
        static var exit: Int32 { -1 }
        static var threadExit: Int32 { -2 }
    }
}
