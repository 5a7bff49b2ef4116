import TauroModel

/// The graph of a run as a drawing: one box a node, each right of what it depends on.
struct ReportGraph {
    let figures: RunFigures

    private static let linkLimit = 20_000
    private static let labelLength = 20

    /// nil for a run without nodes.
    func html() -> String? {
        let nodes = figures.history.nodes
        if nodes.isEmpty { return nil }
        let layout = GraphLayout(dependencies: figures.dependencies)
        let width = HTMLText.number(layout.width)
        let height = HTMLText.number(layout.height)
        let critical = Set(figures.criticalPath)
        let steps = Set(zip(figures.criticalPath, figures.criticalPath.dropFirst()).map { [$0, $1] })
        // The critical path lies on top of the other links.
        let isCritical = { (link: GraphLayout.Link) in steps.contains([link.from, link.to]) }
        let drawn = layout.links.prefix(Self.linkLimit)
        let links = (drawn.filter { !isCritical($0) } + drawn.filter(isCritical)).map { link in
            "<path data-a=\"\(link.from)\" data-b=\"\(link.to)\"\(isCritical(link) ? " class=\"c\"" : "") "
                + "d=\"\(path(link, layout))\"/>"
        }
        let boxes = nodes.indices.map { box($0, layout.boxes[$0], isCritical: critical.contains($0)) }
        return """
            <p class="note">\(legend(layout))</p>
            <div class="tools js" role="group" aria-label="Size of the drawing">
            <button type="button" data-zoom="in" aria-label="Larger">+</button>
            <button type="button" data-zoom="out" aria-label="Smaller">−</button>
            <button type="button" data-zoom="fit">Fit</button>
            <button type="button" data-zoom="one">100%</button>
            </div>
            <div class="scroll canvas" tabindex="0" role="region" aria-label="Graph of the nodes">
            <svg id="dag"\(nodes.count > 150 ? " class=\"many\"" : "") width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="group" \
            aria-label="\(RunWords.count(nodes.count, "node"))">
            <g class="links" aria-hidden="true">\(links.joined(separator: "\n"))</g>
            \(boxes.joined(separator: "\n"))
            </svg>
            </div>
            """
    }

    private func legend(_ layout: GraphLayout) -> String {
        let count = Quantities.count(Int64(layout.links.count))
        let words = "\(count) \(layout.links.count == 1 ? "dependency" : "dependencies")"
        let cut = layout.links.count > Self.linkLimit ? ", \(Self.linkLimit) of them drawn" : ""
        return "\(RunWords.count(figures.history.nodes.count, "node")), \(words)\(cut). "
            + "The thick line is the critical path. Choose a node for its details."
    }

    private func box(_ place: Int, _ corner: GraphLayout.Point, isCritical: Bool) -> String {
        let node = figures.history.nodes[place]
        let state = ReportIcons.name(node)
        let name = HTMLText.escaped(node.name)
        let short = CutText.cut(node.name, to: Self.labelLength)
        let figure = caption(node)
        let spoken = HTMLText.escaped("\(node.name): \(state)\(figure.isEmpty ? "" : ", " + figure)")
        return """
            <a href="#n\(place)" data-n="\(place)" class="box s-\(state)\(isCritical ? " c" : "")" aria-label="\(spoken)" \
            transform="translate(\(HTMLText.number(corner.x)) \(HTMLText.number(corner.y)))"><title>\(name)</title>\
            <rect class="b" width="176" height="44" rx="7"/><use href="#i-\(state)" x="11" y="14" width="16" height="16" \
            class="sign s-\(state)"/><text x="36" y="19">\(HTMLText.escaped(short))</text>\
            <text x="36" y="34" class="m">\(HTMLText.escaped(figure.isEmpty ? state : figure))</text></a>
            """
    }

    private func caption(_ node: NodeHistory) -> String {
        if node.attempts.isEmpty { return node.reason == nil ? "" : node.status.rawValue }
        var parts = [Quantities.seconds(figures.times.seconds(node))]
        if let rows = node.completion?.rows { parts.append("\(Quantities.count(rows)) rows") }
        if node.attempts.count > 1 { parts.append("\(node.attempts.count)×") }
        return CutText.cut(parts.joined(separator: " · "), to: 26)
    }

    private func path(_ link: GraphLayout.Link, _ layout: GraphLayout) -> String {
        let half = GraphLayout.nodeHeight / 2
        var start = layout.boxes[link.from]
        start.x += GraphLayout.nodeWidth
        start.y += half
        var end = layout.boxes[link.to]
        end.y += half
        var path = "M\(point(start))"
        for stop in link.passing {
            path += curve(start, stop) + "H\(HTMLText.number(stop.x + GraphLayout.nodeWidth))"
            start = GraphLayout.Point(x: stop.x + GraphLayout.nodeWidth, y: stop.y)
        }
        return path + curve(start, end)
    }

    private func curve(_ from: GraphLayout.Point, _ to: GraphLayout.Point) -> String {
        let bend = min((to.x - from.x) / 2, 80)
        return "C\(point(.init(x: from.x + bend, y: from.y))) \(point(.init(x: to.x - bend, y: to.y))) \(point(to))"
    }

    private func point(_ point: GraphLayout.Point) -> String {
        "\(HTMLText.number(point.x)) \(HTMLText.number(point.y))"
    }
}
