import TauroBasics
import TauroModel

/// What nodes found out: checks, metrics, and how well their resources were.
struct ReportFindings {
    let figures: RunFigures

    private static let limit = 500

    /// The checks that did not hold, and how many did; nil where none were made.
    func checks() -> String? {
        let all = figures.history.nodes.enumerated().flatMap { place, node in
            (node.completion?.checks ?? []).map { (place: place, result: $0) }
        }
        if all.isEmpty { return nil }
        let counts = CheckResult.Status.allCases.compactMap { status -> String? in
            let count = all.count { $0.result.status == status }
            return count == 0
                ? nil
                : "<li>\(ReportIcons.sign(status.rawValue))<b>\(Quantities.count(Int64(count)))</b> \(status.rawValue)</li>"
        }
        let severity: [CheckResult.Status: Int] = [.failed: 0, .warned: 1, .passed: 2]
        let sorted = all.enumerated().sorted {
            (severity[$0.element.result.status] ?? 0, $0.offset) < (severity[$1.element.result.status] ?? 0, $1.offset)
        }.map(\.element)
        let rows = sorted.prefix(Self.limit).map { check($0.place, $0.result) }
        let cut = all.count > Self.limit ? "<p class=\"note\">\(Self.limit) of \(all.count) are shown.</p>" : ""
        return "<ul class=\"counts\">\(counts.joined())</ul>"
            + table(["Check", "Result", "Of", "#Rows", "#Not kept by", "Found"], rows, label: "Table of the checks")
            + cut
    }

    /// Every metric of every node; nil where none were reported.
    func metrics() -> String? {
        let all = figures.history.nodes.enumerated().flatMap { place, node in
            (node.completion?.metrics ?? [:]).sorted { $0.key < $1.key }.map {
                (place: place, name: $0.key, value: $0.value)
            }
        }
        if all.isEmpty { return nil }
        let rows = all.prefix(Self.limit).map { metric in
            "<tr><th scope=\"row\">\(HTMLText.escaped(metric.name))</th><td class=\"num\">"
                + "\(HTMLText.escaped(RunWords.metric(metric.value)))</td><td>\(link(metric.place))</td></tr>"
        }
        let cut = all.count > Self.limit ? "<p class=\"note\">\(Self.limit) of \(all.count) are shown.</p>" : ""
        return table(["Metric", "#Value", "Node"], rows, label: "Table of the metrics") + cut
    }

    /// Every change of a breaker; nil where none changed.
    func breakers() -> String? {
        let changes = figures.history.breakers
        if changes.isEmpty { return nil }
        let rows = changes.map { change in
            "<tr><td><time datetime=\"\(change.at)\">\(RunWords.moment(change.at))</time></td><th scope=\"row\">"
                + "\(HTMLText.escaped(change.resource))</th><td>\(RunWords.breaker(change.state))</td>"
                + "<td class=\"num\">\(change.failures)</td></tr>"
        }
        return "<p class=\"note\">While a breaker is open, nodes that need its resource wait.</p>"
            + table(["Time", "Resource", "Became", "#Failures in a row"], rows, label: "Table of the circuit breakers")
    }

    private func check(_ place: Int, _ result: CheckResult) -> String {
        let samples =
            result.sampleLines.isEmpty
            ? "" : "<pre class=\"samples\">\(HTMLText.escaped(result.sampleLines.joined(separator: "\n")))</pre>"
        let rows = result.rows.map { Quantities.count($0) } ?? "–"
        let failing = result.failingRows.map { Quantities.count($0) } ?? "–"
        let subject = result.dataset.map { HTMLText.escaped($0) } ?? "result of \(link(place))"
        return "<tr><th scope=\"row\">\(HTMLText.escaped(result.title))</th><td class=\"state\">"
            + "\(ReportIcons.sign(result.status.rawValue))\(result.status.rawValue)</td><td>\(subject)</td>"
            + "<td class=\"num\">\(rows)</td><td class=\"num\">\(failing)</td>"
            + "<td>\(HTMLText.escaped(result.message))\(samples)</td></tr>"
    }

    /// A table; titles that begin with `#` are those of numbers.
    private func table(_ titles: [String], _ rows: [String], label: String) -> String {
        let heads = titles.map { title in
            title.hasPrefix("#")
                ? "<th scope=\"col\" class=\"num\">\(title.dropFirst())</th>" : "<th scope=\"col\">\(title)</th>"
        }
        return
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(label)\"><table><thead><tr>\(heads.joined())"
            + "</tr></thead><tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table></div>"
    }

    private func link(_ place: Int) -> String { ReportNodes.link(place, figures.history.nodes[place].name) }
}
