import TauroBasics
import TauroModel

/// The run's log, its end where it is long.
struct ReportLog {
    let log: [RunLogLine]
    let figures: RunFigures

    private static let limit = 5000
    private static let textLimit = 4000

    /// nil where nothing was logged.
    func html() -> String? {
        if log.isEmpty { return nil }
        let shown = Array(log.suffix(Self.limit))
        let cut =
            shown.count == log.count
            ? ""
            : " The first \(Quantities.count(Int64(log.count - shown.count))) are left out: <code>runs logs</code> has all."
        return """
            <p class="note">\(RunWords.count(log.count, "line")).\(cut)</p>
            <div class="tools js" role="search">
            <label>Find <input type="search" id="log-find" autocomplete="off"></label>
            <label>Level <select id="log-level"><option value="0">all</option><option value="1">info and above</option>\
            <option value="2">warnings and errors</option><option value="3">errors</option></select></label>
            </div>
            <div class="scroll tall" tabindex="0" role="region" aria-label="Log lines" id="log-lines">
            \(Self.list(shown, showsNode: true))
            </div>
            """
    }

    /// The lines as a list.
    static func list(_ lines: [RunLogLine], showsNode: Bool) -> String {
        "<ol class=\"log\">\n\(lines.map { item($0, showsNode: showsNode) }.joined(separator: "\n"))\n</ol>"
    }

    private static func item(_ line: RunLogLine, showsNode: Bool) -> String {
        let attempt = line.attempt.map { "#\($0)" } ?? ""
        let owner = showsNode ? line.node.map { "<b>\(HTMLText.escaped($0))\(attempt)</b> " } ?? "" : ""
        let text = line.text.count > textLimit ? line.text.prefix(textLimit) + "… (cut)" : line.text
        return "<li data-l=\"\(line.level.rawValue)\"><time datetime=\"\(line.at)\">\(time(line.at))</time> "
            + "<em class=\"l-\(line.level.name)\">\(line.level.name)</em> <span>\(owner)\(HTMLText.escaped(text))</span></li>"
    }

    private static func time(_ moment: Timestamp) -> String {
        let text = moment.description
        return text.utf8.count == 24 ? String(text.dropFirst(11).dropLast(1)) : text
    }
}
