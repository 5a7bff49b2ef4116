import Glibc

/// A line that is put together in memory made ready before, and written in one go.
///
/// Safe in a signal handler. What does not fit is left out; control characters become `?`.
struct CrashLine {
    /// Bytes of one line: the texts of a slot, the run's id twice and the words between them fit.
    static var capacity: Int { 8192 }
    /// Bytes kept for the end of a line: the run's id twice, and the words around it.
    private static var end: Int { 1024 }

    private let start: UnsafeMutablePointer<UInt8>
    private var count = 0
    private var limit = CrashLine.capacity - CrashLine.end

    /// Takes `capacity` bytes at an address.
    init(_ start: UnsafeMutablePointer<UInt8>) { self.start = start }

    /// Begins the end of the line, for which there is room whatever was left out before.
    mutating func beginEnd() { limit = CrashLine.capacity }

    mutating func append(_ words: StaticString) { append(words.utf8Start, words.utf8CodeUnitCount, checked: false) }

    /// Appends a text of a record.
    mutating func append(_ record: UnsafeMutableRawPointer, _ place: RecordLayout.Text) {
        let length = Int((record + place.offset).assumingMemoryBound(to: UInt16.self).pointee)
        let bytes = (record + place.offset + 2).assumingMemoryBound(to: UInt8.self)
        append(bytes, length < place.capacity ? length : place.capacity, checked: true)
    }

    /// Appends what a slot says: `'x' (function a.b, plugin /c.so)`.
    mutating func appendCall(_ slot: UnsafeMutableRawPointer) {
        append("'")
        append(slot, RecordLayout.Slot.node)
        append("' (function ")
        append(slot, RecordLayout.Slot.function)
        append(", plugin ")
        append(slot, RecordLayout.Slot.plugin)
        append(")")
    }

    /// Writes the line to stderr.
    func write() {
        var written = 0
        while written < count {
            let result = Glibc.write(STDERR_FILENO, start + written, count - written)
            if result < 0 && errno == EINTR { continue }
            if result <= 0 { return }
            written += result
        }
    }

    private mutating func append(_ bytes: UnsafePointer<UInt8>, _ length: Int, checked: Bool) {
        var index = 0
        while index < length && count < limit {
            let byte = bytes[index]
            start[count] = checked && (byte < 0x20 || byte == 0x7f) ? UInt8(ascii: "?") : byte
            count += 1
            index += 1
        }
    }
}
