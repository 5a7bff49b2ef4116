import TauroBasics
import TauroModel

/// The report's top: which run it is, how it ended, and its main figures.
struct ReportHeader {
    let figures: RunFigures

    private var history: RunHistory { figures.history }

    func html() -> String {
        let record = history.record
        return """
            <header>
            <p class="over">\(HTMLText.escaped(record.kind.rawValue)) pipeline</p>
            <h1>\(HTMLText.escaped(record.pipeline)) <span class="pill s-\(history.status.rawValue)">\
            \(ReportIcons.sign(history.status.rawValue))\(verdict)</span></h1>
            <p class="run">Run <code>\(HTMLText.escaped(record.id))</code></p>
            \(tiles())
            \(counts())
            <dl class="facts">
            \(facts().map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" }.joined(separator: "\n"))
            </dl>
            </header>
            """
    }

    private var verdict: String {
        history.status == .dead ? "its host died" : history.status.rawValue
    }

    /// The four figures that people look for first.
    private func tiles() -> String {
        let ending = history.ending
        let engine = ending.map { Quantities.seconds($0.engineSeconds) } ?? "–"
        let perNode = figures.engineSecondsPerNode.map { "\(Quantities.seconds($0)) a node" } ?? "not known"
        let share = figures.times.seconds > 0 ? figures.criticalSeconds / figures.times.seconds : 0
        let tiles = [
            ("Duration", Quantities.seconds(figures.times.seconds), durationNote),
            ("Node time", Quantities.seconds(figures.nodeSeconds), "all attempts added up"),
            ("Engine time", engine, perNode),
            (
                "Critical path", Quantities.seconds(figures.criticalSeconds),
                "\(Int((share * 100).rounded()))% of the duration"
            ),
        ]
        let items = tiles.map { title, value, note in
            "<div class=\"tile\"><dt>\(title)</dt><dd>\(value)<small>\(HTMLText.escaped(note))</small></dd></div>"
        }
        return "<dl class=\"tiles\">\n\(items.joined(separator: "\n"))\n</dl>"
    }

    private var durationNote: String {
        if history.hosts.count > 1 { return "in the hands of \(history.hosts.count) hosts" }
        return history.ending == nil ? "so far" : "from start to end"
    }

    /// A bar of the states, and what its parts mean.
    private func counts() -> String {
        let counts = figures.counts
        guard !counts.isEmpty else { return "<p class=\"none\">The run has no nodes.</p>" }
        let parts = counts.map { "<i class=\"s-\($0.status.rawValue)\" style=\"flex-grow:\($0.count)\"></i>" }
        let restored = history.nodes.count { $0.isRestored }
        var words = counts.map { status, count in
            "<li>\(ReportIcons.sign(status.rawValue))<b>\(Quantities.count(Int64(count)))</b> \(status.rawValue)</li>"
        }
        if restored > 0 {
            words.append(
                "<li>\(ReportIcons.sign("restored"))<b>\(restored)</b> of them taken over from an earlier host</li>"
            )
        }
        return
            "<div class=\"share\" aria-hidden=\"true\">\(parts.joined())</div>\n<ul class=\"counts\">\(words.joined())</ul>"
    }

    private func facts() -> [(String, String)] {
        let record = history.record
        let options = RunWords.options(record.request).joined(separator: " ")
        let whole = figures.times.whole
        var facts: [(String, String)] = [
            ("Dates", HTMLText.escaped(RunWords.dates(record.dates) ?? "none")),
            ("Engine", HTMLText.escaped(record.engine)),
            ("Nodes at once", "at most \(record.maxWorkers)"),
            ("Started", whole.map { time($0.start) } ?? "–"),
            (history.ending == nil ? "Last heard of" : "Ended", time(history.ending?.at ?? history.lastEntryAt)),
        ]
        if let ending = history.ending {
            let disk =
                ending.spooledFrameBytes > 0 ? ", \(Quantities.bytes(ending.spooledFrameBytes)) went to disk" : ""
            facts.append(("Frames in memory", "\(Quantities.bytes(ending.peakFrameBytes)) at most\(disk)"))
        }
        if !options.isEmpty { facts.append(("Asked for", "<code>\(HTMLText.escaped(options))</code>")) }
        return facts
            + history.hosts.enumerated().map { place, host in
                let title = history.hosts.count == 1 ? "Host" : "Host \(place + 1)"
                let since = history.hosts.count == 1 ? "" : "<br>from \(time(host.beganAt))"
                return (title, HTMLText.escaped(RunWords.host(host)) + since)
            }
    }

    private func time(_ moment: Timestamp) -> String {
        "<time datetime=\"\(moment)\">\(RunWords.moment(moment))</time>"
    }
}
