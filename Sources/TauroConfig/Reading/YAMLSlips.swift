import TauroBasics

/// Slips that libyaml notices late or under another name, told from the lines around the place.
struct YAMLSlips {
    /// libyaml's words.
    let problem: String
    /// Where, from 0.
    let line: Int
    /// Where, in characters and from 0.
    let column: Int
    let bytes: UnsafeBufferPointer<UInt8>

    /// A space that does not break, a space of no width, a byte order mark; the last is none where the file begins.
    private static let invisible: Set<Unicode.Scalar> = ["\u{A0}", "\u{200B}", "\u{FEFF}"]

    /// A sentence that fits better than the one libyaml's words stand for.
    var message: String? {
        guard problem == "did not find expected key", !Self.indentation(of: text(ofLine: line), reaches: column) else {
            return nil
        }
        return "What begins here does not belong to the value before it; put the whole value in quotes, "
            + "or begin a new line."
    }

    /// Facts that help; the part of the text that fails begins in `first`.
    func notes(fromLine first: Int) -> [String] {
        var notes: [String] = []
        // The likeliest slip of all: `{path: ${root}}`, where the reference's braces are taken for a map's.
        if problem.contains("expected ',' or"), lines(first...line).contains(where: \.hasReferences) {
            notes.append(
                "Inside `{…}` and `[…]` a text with `${…}` needs quotes, and so stays text; for a number write "
                    + "`key: ${…}` on a line of its own instead."
            )
        }
        if problem.contains("':'") || problem.hasPrefix("mapping values"), text(ofLine: line).count > 1_024 {
            notes.append("A key has at most 1024 characters and stands on one line.")
        }
        if problem == "did not find expected key", text(ofLine: line).drop(while: { $0 == " " }).hasPrefix("- ") {
            notes.append("The items of a list begin with `- ` in the same column.")
        }
        if problem == "mapping values are not allowed in this context", line > 0,
            Self.lacksSpace(text(ofLine: line - 1))
        {
            notes.append("In line \(line) a space is missing after the `:`.")
        }
        for number in max(0, line - 1)...line {
            guard let found = text(ofLine: number).unicodeScalars.first(where: Self.invisible.contains) else {
                continue
            }
            let name = String(found.value, radix: 16, uppercase: true)
            notes.append(
                "Line \(number + 1) has an invisible character, U+\(String(repeating: "0", count: 4 - name.count))\(name), "
                    + "which YAML takes for a letter; replace or remove it."
            )
        }
        return notes
    }

    /// Whether a line is a key and its value with nothing between: `function:a.b`, but not `http://a`.
    private static func lacksSpace(_ line: String) -> Bool {
        let text = line.drop { $0 == " " }
        guard let colon = text.firstIndex(of: ":"), !text.contains(": "), !text.hasSuffix(":"), !text.contains("://")
        else {
            return false
        }
        return colon > text.startIndex && text[..<colon].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }

    /// Whether only spaces stand before the column.
    private static func indentation(of line: String, reaches column: Int) -> Bool {
        line.prefix(column).allSatisfy { $0 == " " }
    }

    private func text(ofLine number: Int) -> String { lines(number...number).first ?? "" }

    private func lines(_ range: ClosedRange<Int>) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n"), maxSplits: range.upperBound + 1, omittingEmptySubsequences: false)
            .dropFirst(range.lowerBound).prefix(range.count)
            .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
    }
}
