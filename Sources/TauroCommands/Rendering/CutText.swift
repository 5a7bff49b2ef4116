/// A text cut to a number of columns of a terminal.
enum CutText {
    /// The text, or its beginning with `…` behind it where it is wider than `width`.
    static func cut(_ text: String, to width: Int) -> String {
        if TerminalWidth.columns(of: text) <= width { return text }
        var beginning = ""
        var room = width - 1
        for character in text {
            room -= TerminalWidth.columns(of: String(character))
            if room < 0 { break }
            beginning.append(character)
        }
        return beginning + "…"
    }
}
