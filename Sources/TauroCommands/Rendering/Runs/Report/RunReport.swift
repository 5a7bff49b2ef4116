import TauroBasics
import TauroModel

/// A run as one HTML page that needs nothing else: no network, no other file, and for what matters no script.
///
/// Everything that comes from a project, a plugin or data is escaped. The page's policy allows its own style and script
/// and nothing from outside.
struct RunReport {
    let history: RunHistory
    /// The run's log, oldest line first.
    let log: [RunLogLine]
    /// How people call this program, for what they may do next.
    var command = "tauro-host"

    /// The page.
    func page() -> String {
        let figures = RunFigures(history)
        let errors = ReportErrors(figures: figures, log: log, command: command)
        let sections: [(id: String, title: String, body: String?)] = [
            ("errors", errors.title, errors.html()),
            ("graph", "Graph", ReportGraph(figures: figures).html()),
            ("timeline", "Timeline", ReportTimeline(figures: figures).html()),
            ("critical", "Critical path", ReportCriticalPath(figures: figures).html()),
            ("nodes", "Nodes", ReportNodes(figures: figures).html()),
            ("checks", "Checks", ReportFindings(figures: figures).checks()),
            ("metrics", "Metrics", ReportFindings(figures: figures).metrics()),
            ("breakers", "Circuit breakers", ReportFindings(figures: figures).breakers()),
            ("log", "Log", ReportLog(log: log, figures: figures).html()),
        ]
        let shown = sections.filter { $0.body != nil }
        let links = shown.map { "<a href=\"#\($0.id)\">\($0.title)</a>" }.joined(separator: "\n")
        let bodies = shown.map { section in
            "<section id=\"\(section.id)\" aria-labelledby=\"h-\(section.id)\">\n<h2 id=\"h-\(section.id)\">"
                + "\(section.title)</h2>\n\(section.body ?? "")\n</section>"
        }
        return [
            head(), ReportIcons.symbols, ReportHeader(figures: figures).html(),
            "<nav aria-label=\"Parts of this report\">\n\(links)\n</nav>",
            "<main>\n\(bodies.joined(separator: "\n"))\n</main>",
            "<footer>Written by tauro-host \(HostVersion.text). All "
                + "times are UTC.</footer>",
            ReportDetails.panel,
            "<script type=\"application/json\" id=\"data\">\(HTMLText.script(ReportDetails(figures: figures).document()))"
                + "</script>",
            "<script>\(ReportScript.text)</script>\n</body>\n</html>\n",
        ].joined(separator: "\n")
    }

    private func head() -> String {
        let title = HTMLText.escaped("\(history.record.pipeline) \(history.status.rawValue), run \(history.record.id)")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
            script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
            <title>\(title)</title>
            <style>\(ReportStyle.text)</style>
            </head>
            <body>
            """
    }
}
