import TauroModel

/// The chain of nodes that the run could not be quicker than.
struct ReportCriticalPath {
    let figures: RunFigures

    private static let limit = 200

    /// nil where no node ran.
    func html() -> String? {
        let path = figures.criticalPath
        let total = figures.criticalSeconds
        guard !path.isEmpty else { return nil }
        let longest = path.map { figures.times.occupiedSeconds(figures.history.nodes[$0]) }.max() ?? 0
        let rows = path.prefix(Self.limit).map { row($0, total: total, longest: longest) }
        let cut = path.count > Self.limit ? " The first \(Self.limit) are shown." : ""
        return """
            <p class="note">\(RunWords.count(path.count, "node")) one after the other took \
            \(Quantities.seconds(total)). With more workers the run would have been no quicker than that; what takes longest \
            here is what to make quicker first.\(cut)</p>
            <ol class="chain">
            \(rows.joined(separator: "\n"))
            </ol>
            """
    }

    private func row(_ place: Int, total: Double, longest: Double) -> String {
        let node = figures.history.nodes[place]
        let seconds = figures.times.occupiedSeconds(node)
        let share = total > 0 ? seconds / total : 0
        let retried = node.attempts.count > 1 ? " in \(node.attempts.count) attempts" : ""
        return """
            <li>\(ReportIcons.sign(ReportIcons.name(node)))\(ReportNodes.link(place, node.name))<span class="meter" \
            aria-hidden="true"><i style="width:\(HTMLText.percent(longest > 0 ? seconds / longest : 0))"></i></span>\
            <span class="num">\(Quantities.seconds(seconds))\(retried)</span><span class="num dim">\
            \(Int((share * 100).rounded()))%</span></li>
            """
    }
}
