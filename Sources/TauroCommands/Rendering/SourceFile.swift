import TauroBasics
import TauroModel

/// A configuration file as people see it in an editor: lines, and columns in characters.
///
/// The file is read anew, so it may be another than the one that was complained about; then lines may be missing.
struct SourceFile {
    /// Part of a line: one text for each column, U+FFFD for bytes that are no UTF-8.
    struct Part {
        let characters: [Unicode.Scalar]
        /// Place in `characters` of the column that was asked for.
        let index: Int
        /// Whether the line goes on to the left, and to the right.
        let isCut: (left: Bool, right: Bool)
    }

    /// Larger files are not read only to show a line of them.
    private static let largestSize: Int64 = 16 << 20
    /// Columns of a part on either side of the one that was asked for: more than any terminal has.
    private static let reach = 1_000

    private let bytes: [UInt8]
    /// Byte offsets: where each line begins, and where its text ends.
    private let lines: [Range<Int>]

    /// Reads a file; nil for what is no plain file, is too large, or is text in another encoding than UTF-8.
    init?(path: String) {
        guard FilePath.isAbsolute(path), (try? FileSystem.kind(of: path)) == .file,
            let size = try? FileSystem.size(of: path), size <= SourceFile.largestSize,
            let bytes = try? FileSystem.read(path)
        else { return nil }
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { return nil }
        self.bytes = bytes
        // A byte order mark is no column.
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        lines = SourceFile.lines(bytes, from: start, isJSON: FilePath.suffix(path) == "json")
    }

    /// The line with the number `line`, around `column`, both from 1; nil where the file has no such place.
    func part(line: Int, column: Int) -> Part? {
        guard lines.indices.contains(line - 1) else { return nil }
        let starts = lines[line - 1].filter { bytes[$0] & 0xC0 != 0x80 || $0 == lines[line - 1].lowerBound }
        // A place may be right behind the last character: where something is missing.
        guard (0...starts.count).contains(column - 1) else { return nil }
        let first = max(0, column - 1 - SourceFile.reach)
        let end = min(starts.count, column + SourceFile.reach)
        let characters = (first..<end).map { index in
            let next = index + 1 < starts.count ? starts[index + 1] : lines[line - 1].upperBound
            return SourceFile.character(bytes[starts[index]..<next])
        }
        return Part(
            characters: characters,
            index: column - 1 - first,
            isCut: (left: first > 0, right: end < starts.count)
        )
    }

    private static func character(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar {
        guard let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.count == 1 else {
            return "\u{FFFD}"
        }
        return text.unicodeScalars[text.startIndex]
    }

    /// Lines end where the readers of the two formats say: in YAML also at `\r`, U+0085, U+2028 and U+2029.
    private static func lines(_ bytes: [UInt8], from start: Int, isJSON: Bool) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var first = start
        var offset = start
        while offset < bytes.count {
            let length = lineEnd(bytes, offset, isJSON)
            if length > 0 {
                lines.append(first..<offset)
                first = offset + length
            }
            offset += max(1, length)
        }
        return lines + [first..<bytes.count]
    }

    /// How many bytes the line end at `offset` has; 0 where none is.
    private static func lineEnd(_ bytes: [UInt8], _ offset: Int, _ isJSON: Bool) -> Int {
        switch bytes[offset] {
        case 0x0A: 1
        case 0x0D where offset + 1 < bytes.count && bytes[offset + 1] == 0x0A: 2
        case 0x0D where !isJSON: 1
        case 0xC2 where !isJSON && bytes[offset...].starts(with: [0xC2, 0x85]): 2
        case 0xE2 where !isJSON && bytes[offset...].starts(with: [0xE2, 0x80, 0xA8]): 3
        case 0xE2 where !isJSON && bytes[offset...].starts(with: [0xE2, 0x80, 0xA9]): 3
        default: 0
        }
    }
}
