import TauroBasics

/// Texts as parts of an HTML page.
enum HTMLText {
    /// The text with everything escaped that HTML gives a meaning, inside of elements and of quoted attributes.
    ///
    /// Control characters that HTML does not allow become U+FFFD.
    static func escaped(_ text: String) -> String {
        // Most texts are plain.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && !special.contains($0) }) { return text }
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            case "\n", "\t": escaped.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": escaped.append("\u{FFFD}")
            // They turn the reading direction, so that a name could look like another.
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": escaped.append("\u{FFFD}")
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    private static let special: Set<UInt8> = Set("&<>\"'".utf8)

    /// A document as the content of a `script` element of JSON: nothing in it can end the element.
    static func script(_ document: JSONValue) -> String {
        document.text().split(separator: "<", omittingEmptySubsequences: false).joined(separator: "\\u003c")
    }

    /// A length or a share for an attribute, to two places.
    static func number(_ value: Double) -> String {
        let text = Quantities.decimal(value, places: 2)
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }

    /// A share of 1 as a percentage.
    static func percent(_ share: Double) -> String { number(share * 100) + "%" }
}
