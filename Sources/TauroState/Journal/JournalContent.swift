import Glibc
import TauroBasics
package import TauroModel

/// What a journal holds, as far as it was written whole.
package struct JournalContent: Sendable, Hashable {
    /// What the lines say, in order.
    package private(set) var entries: [JournalEntry] = []
    /// How many lines there are.
    package private(set) var lines = 0
    /// How many of them this version does not understand: a newer one wrote them.
    package private(set) var unknownLines = 0
    /// How many bytes the lines have; what follows is torn, for whoever wrote it died.
    package private(set) var size = 0

    /// A journal in which nothing is.
    package init() {}

    /// Reads all lines and checks them.
    ///
    /// A line that is not whole, and behind which there is no whole one, was being written when the host or the machine
    /// died: it counts as not written.
    ///
    /// - Throws: `JournalDamage` where a line in the middle is not as it was written.
    package init(_ bytes: [UInt8]) throws(JournalDamage) {
        while let end = JournalContent.lineEnd(bytes, from: size) {
            let line = size..<end
            if JournalContent.isWhole(bytes, line) {
                try add(Array(bytes[line]))
                size = end + 1
            } else if JournalContent.hasWholeLine(bytes, from: end + 1) {
                throw JournalDamage(line: lines + 1, reason: "is not as it was written: its sum is another")
            } else {
                return
            }
        }
    }

    private mutating func add(_ line: [UInt8]) throws(JournalDamage) {
        lines += 1
        guard let value = try? JSONValue(parsing: line), let sequence = value["seq"]?.count else {
            throw JournalDamage(line: lines, reason: "is no JSON object with a number `seq`")
        }
        if sequence != lines {
            throw JournalDamage(line: lines, reason: "is the entry \(sequence), where \(lines) should be")
        }
        if let entry = JournalEntry(value) {
            entries.append(entry)
        } else {
            unknownLines += 1
        }
    }

    private static func hasWholeLine(_ bytes: [UInt8], from start: Int) -> Bool {
        var start = start
        while let end = lineEnd(bytes, from: start) {
            if isWhole(bytes, start..<end) { return true }
            start = end + 1
        }
        return false
    }

    private static func isWhole(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        bytes.withUnsafeBytes { JournalLine.isWhole(UnsafeRawBufferPointer(rebasing: $0[line])) }
    }

    private static func lineEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress else { return nil }
            let found = memchr(base + start, Int32(JournalLine.end), bytes.count - start)
            return found.map { UnsafeRawPointer($0) - base }
        }
    }
}

/// A line of a journal that somebody or something changed after it was written.
package struct JournalDamage: Error, Hashable {
    /// From 1.
    package let line: Int
    /// Completes the sentence "line 7 …".
    package let reason: String
}
