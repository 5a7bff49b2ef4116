import TauroBasics
import TauroModel

/// When which attempt ran: one lane for each that ran at once, and below them who waited to be tried again.
struct ReportTimeline {
    let figures: RunFigures

    /// One bar.
    private struct Bar {
        let place: Int
        let span: RunTimes.Span
        let host: Int
        /// nil for a wait.
        let attempt: AttemptHistory?
    }

    /// nil where nothing ever ran.
    func html() -> String? {
        let nodes = figures.history.nodes
        let attempts = nodes.enumerated().flatMap { place, node in
            node.attempts.map { Bar(place: place, span: figures.times.span($0), host: $0.host, attempt: $0) }
        }
        if attempts.isEmpty { return nil }
        let waits = nodes.enumerated().flatMap { place, node in
            figures.times.waits(node).map { Bar(place: place, span: $0, host: host(of: $0, node), attempt: nil) }
        }
        let axis = TimeAxis(figures.times.hosts)
        let critical = Set(figures.criticalPath)
        let waiting =
            waits.isEmpty ? "" : "<h3 class=\"small\">Waiting to be tried again</h3>" + lanes(waits, axis, critical)
        return """
            <p class="note">\(legend(hasWaits: !waits.isEmpty))</p>
            <div class="scroll"><div class="time\(attempts.count > 60 ? " wide" : "")">
            \(hosts(axis))
            \(ticks(axis))
            \(lanes(attempts, axis, critical))
            \(waiting)
            </div></div>
            """
    }

    private func host(of wait: RunTimes.Span, _ node: NodeHistory) -> Int {
        node.attempts.first { $0.startedAt == wait.end }?.host ?? 0
    }

    private func legend(hasWaits: Bool) -> String {
        let keys = [
            ("k-compute", "computing"), ("k-store", "storing"), ("k-failed", "failed"),
            ("k-critical", "on the critical path"),
        ]
        let extra = hasWaits ? [("k-wait", "waiting to be tried again")] : []
        return (keys + extra).map { "<span class=\"key\"><i class=\"\($0)\"></i>\($1)</span>" }.joined(separator: " ")
    }

    /// A label for the part of each host; nothing where there was but one.
    private func hosts(_ axis: TimeAxis) -> String {
        guard axis.segments.count > 1 else { return "" }
        let labels = axis.segments.enumerated().map { place, segment in
            let since = RunWords.moment(segment.span.start)
            return "<span class=\"host\" style=\"\(position(segment.from, segment.to))\">Host \(place + 1)<small>from "
                + "\(since)</small></span>"
        }
        let gaps = zip(axis.segments, axis.segments.dropFirst()).map { earlier, later in
            let pause = RunTimes.Span(earlier.span.end, later.span.start).seconds
            return "<span class=\"gap\" style=\"\(position(earlier.to, later.from))\" title=\"no host had the run for "
                + "\(Quantities.seconds(pause))\"></span>"
        }
        return "<div class=\"hosts\">\(labels.joined())</div>\(gaps.joined())"
    }

    private func ticks(_ axis: TimeAxis) -> String {
        // The last one would stand out of the drawing.
        let marks = axis.ticks.filter { $0.position < 0.97 }.map { tick in
            "<span style=\"left:\(HTMLText.percent(tick.position))\">\(tick.seconds == 0 ? "0" : label(tick.seconds))</span>"
        }
        return "<div class=\"ticks\" aria-hidden=\"true\">\(marks.joined())</div>"
    }

    private func label(_ seconds: Double) -> String {
        if seconds >= 3600 {
            let minutes = Int(seconds) / 60
            return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
        }
        if seconds >= 60 {
            let rest = Int(seconds) % 60
            return rest == 0 ? "\(Int(seconds) / 60) min" : "\(Int(seconds) / 60) min \(rest) s"
        }
        if seconds < 1 { return "\(Int((seconds * 1000).rounded())) ms" }
        return "\(Int(seconds)) s"
    }

    private func lanes(_ bars: [Bar], _ axis: TimeAxis, _ critical: Set<Int>) -> String {
        let lanes = LanePacking.lanes(bars.map(\.span))
        let byLane = Dictionary(grouping: bars.indices) { lanes[$0] }
        return byLane.keys.sorted().map { lane in
            let own = (byLane[lane] ?? []).map { bar(bars[$0], axis, isCritical: critical.contains(bars[$0].place)) }
            return "<div class=\"lane\">\(own.joined(separator: "\n"))</div>"
        }.joined(separator: "\n")
    }

    private func bar(_ bar: Bar, _ axis: TimeAxis, isCritical: Bool) -> String {
        let node = figures.history.nodes[bar.place]
        let from = axis.position(bar.span.start, host: bar.host)
        let to = axis.position(bar.span.end, host: bar.host)
        let took = Quantities.seconds(bar.span.seconds)
        guard let attempt = bar.attempt else {
            let title = HTMLText.escaped("\(node.name) waited \(took) to be tried again")
            return
                "<a class=\"bar wait\" href=\"#n\(bar.place)\" data-n=\"\(bar.place)\" style=\"\(position(from, to))\" "
                + "title=\"\(title)\" aria-label=\"\(title)\"></a>"
        }
        let number = node.attempts.count > 1 ? " #\(attempt.number)" : ""
        let words = "\(node.name)\(number) \(attempt.outcome.rawValue) after \(took)\(storing(attempt, bar.span))"
        let label = to - from > 0.02 ? "<span>\(HTMLText.escaped(node.name + number))</span>" : ""
        let compute = attempt.computedAt.map { share(bar.span, $0) } ?? 1
        return """
            <a class="bar s-\(attempt.outcome.rawValue)\(isCritical ? " c" : "")" href="#n\(bar.place)" data-n="\(bar.place)" \
            style="\(position(from, to));--c:\(HTMLText.percent(compute))" title="\(HTMLText.escaped(words))" \
            aria-label="\(HTMLText.escaped(words))">\(label)</a>
            """
    }

    private func storing(_ attempt: AttemptHistory, _ span: RunTimes.Span) -> String {
        guard let computed = attempt.computedAt else { return "" }
        return ", \(Quantities.seconds(RunTimes.Span(computed, span.end).seconds)) of it storing"
    }

    private func share(_ span: RunTimes.Span, _ moment: Timestamp) -> Double {
        span.seconds > 0 ? min(1, RunTimes.Span(span.start, moment).seconds / span.seconds) : 1
    }

    private func position(_ from: Double, _ to: Double) -> String {
        "left:\(HTMLText.percent(from));width:\(HTMLText.percent(max(0, to - from)))"
    }
}
