import TauroBasics
import TauroModel

/// The first and the last lines of a journal: enough for a list, however long the journal is.
///
/// Lines between them are not read, so damage there is not seen.
struct JournalEnds {
    /// How many bytes are read at either end, and more only where a line is longer.
    static let window = 4 << 10

    /// What the first line says; nil where it is not there, or none that is known.
    let first: JournalEntry?
    /// How the run ended, if it did after the last host began.
    let ending: RunEnding?
    /// The moment of the last entry that is known.
    let lastEntryAt: Timestamp?

    init(_ path: String) throws(SystemError) {
        let size = try FileSystem.size(of: path)
        first = try JournalEnds.lines(path, size) { window in (0, window) }.first.flatMap(JournalEnds.entry)
        let last = try JournalEnds.lines(path, size) { window in (max(0, size - Int64(window)), window) }
            .reversed().lazy.compactMap(JournalEnds.entry)
        lastEntryAt = last.first?.at
        ending = JournalEnds.ending(last)
    }

    /// How the run ended in the last host's hands; `entries` begin with the last one.
    private static func ending(_ entries: some Sequence<JournalEntry>) -> RunEnding? {
        for entry in entries {
            switch entry {
            case .runEnded(let ending): return ending
            case .hostBegan: return nil
            default: break
            }
        }
        return nil
    }

    private static func entry(_ line: [UInt8]) -> JournalEntry? {
        (try? JSONValue(parsing: line)).flatMap { JournalEntry($0) }
    }

    /// The whole lines in a part of the file, which grows until it has one or the file has no more.
    private static func lines(
        _ path: String,
        _ size: Int64,
        _ part: (Int) -> (start: Int64, count: Int)
    ) throws(SystemError) -> [[UInt8]] {
        var window = JournalEnds.window
        while true {
            let (start, count) = part(window)
            let bytes = try FileSystem.readPart(of: path, from: start, atMost: count)
            // What stands behind the last line end is torn, and what before the first one may belong to a line that is cut.
            let lines = bytes.split(separator: JournalLine.end, omittingEmptySubsequences: false).dropLast()
                .map { Array($0) }
                .filter { line in line.withUnsafeBytes { JournalLine.isWhole($0) } }
            if !lines.isEmpty || Int64(window) >= size { return lines }
            window *= 4
        }
    }
}
