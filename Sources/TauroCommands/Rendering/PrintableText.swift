/// Texts of plugins and of data, made safe for a terminal.
enum PrintableText {
    /// The text on one line and without control characters, so that it can not move the cursor or change colours.
    ///
    /// Line ends become `⏎`, tabs spaces, other control characters U+FFFD.
    static func line(_ text: String) -> String {
        // Almost every line is plain, and looking at it byte by byte is a hundred times quicker.
        if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
        return text.map { character in
            if character.isNewline { return "⏎" }
            return String(String.UnicodeScalarView(character.unicodeScalars.map { scalar($0) }))
        }.joined()
    }

    /// The scalar, or what stands for it: a space for a tab, U+FFFD for another control character.
    static func scalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar == "\t" { return " " }
        return scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
    }
}
