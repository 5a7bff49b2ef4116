import TauroModel

/// Cuts what a process writes into lines.
struct LineCollector {
    /// Longest line in bytes; more of it begins another.
    private static let longestLine = 16 << 10

    private var open: [UInt8] = []

    /// Takes what was written, and gives each line that is whole.
    mutating func append(_ bytes: [UInt8], _ line: (String) -> Void) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                finish(line)
            } else {
                open.append(byte)
                if open.count == Self.longestLine { finish(line) }
            }
        }
    }

    /// Gives what is left without an end; an empty line is none.
    mutating func finish(_ line: (String) -> Void) {
        if open.last == UInt8(ascii: "\r") { open.removeLast() }
        if !open.isEmpty { line(String(decoding: open, as: UTF8.self)) }
        open.removeAll(keepingCapacity: true)
    }
}

/// The last lines that a worker's plugin wrote, for the message about its end.
struct LastLines {
    private static let most = 12
    private static let mostBytes = 8 << 10

    private(set) var lines: [String] = []
    private var byteCount = 0

    mutating func append(_ line: String) {
        lines.append(line)
        byteCount += line.utf8.count
        while lines.count > Self.most || (byteCount > Self.mostBytes && lines.count > 1) {
            byteCount -= lines.removeFirst().utf8.count
        }
    }
}
