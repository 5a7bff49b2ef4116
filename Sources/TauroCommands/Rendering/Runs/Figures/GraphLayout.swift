/// Where the nodes of a graph are drawn: in columns from left to right, each node right of all that it depends on.
///
/// Columns are levels by longest path; in each, nodes are ordered by the mean place of their neighbours and moved as near
/// to them as the others allow. Links that span several levels get a path of their own between the nodes. Source:
/// K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981. A graph with
/// very many nodes a level is packed instead: levels take several columns, and links run straight.
struct GraphLayout {
    /// A place in the drawing, in pixels from its upper left corner.
    struct Point: Equatable {
        var x: Double
        var y: Double
    }

    /// A line from the right side of one node to the left side of another.
    struct Link: Equatable {
        let from: Int
        let to: Int
        /// The left ends of the stretches of node width at which it passes the columns between the two.
        let passing: [Point]
    }

    static let nodeWidth = 176.0
    static let nodeHeight = 44.0
    static let columnGap = 44.0
    static let rowGap = 16.0
    static let margin = 14.0

    /// The upper left corner of each node.
    let boxes: [Point]
    let links: [Link]
    let width: Double
    let height: Double

    /// Lays out the nodes 0 to n - 1; `dependencies[n]` are places before `n`, others are passed over.
    init(dependencies: [[Int]]) {
        let needed = dependencies.enumerated().map { place, all in
            Array(Set(all.filter { (0..<place).contains($0) })).sorted()
        }
        let levels = Self.levels(needed)
        let widest = Dictionary(grouping: levels) { $0 }.values.map(\.count).max() ?? 0
        let bends = needed.enumerated().reduce(0) { sum, entry in
            sum + entry.element.reduce(0) { $0 + levels[entry.offset] - levels[$1] - 1 }
        }
        let columns: [Double]
        if widest <= 40 && bends <= 4000 {
            var layers = GraphLayers(levels: levels, dependencies: needed)
            layers.arrange()
            boxes = layers.boxes
            links = layers.links
            columns = layers.tops + boxes.map(\.y)
        } else {
            boxes = Self.packed(levels, needed)
            links = needed.enumerated().flatMap { to, all in all.map { Link(from: $0, to: to, passing: []) } }
            columns = boxes.map(\.y)
        }
        width = (boxes.map(\.x).max() ?? 0) + Self.nodeWidth + Self.margin
        height = (columns.max() ?? 0) + Self.nodeHeight + Self.margin
    }

    static func x(_ column: Int) -> Double { margin + Double(column) * (nodeWidth + columnGap) }

    /// The level of each node: 0 without dependencies, else one more than the highest of those.
    private static func levels(_ dependencies: [[Int]]) -> [Int] {
        var levels: [Int] = []
        for needed in dependencies { levels.append((needed.map { levels[$0] }.max() ?? -1) + 1) }
        return levels
    }

    /// As many columns a level as keep the drawing from getting far higher than wide; in a level, nodes are ordered by the
    /// mean height of what they need.
    private static func packed(_ levels: [Int], _ dependencies: [[Int]]) -> [Point] {
        let rows = max(12, Int(Double(levels.count).squareRoot() * 1.4))
        var boxes = [Point](repeating: Point(x: 0, y: 0), count: levels.count)
        var column = 0
        let byLevel = Dictionary(grouping: levels.indices) { levels[$0] }
        for level in byLevel.keys.sorted() {
            let nodes = (byLevel[level] ?? []).map { node in
                let heights = dependencies[node].map { boxes[$0].y }
                return (node: node, at: heights.reduce(0, +) / Double(max(1, heights.count)))
            }
            // Row by row, so that the height of a node is that of its neighbours in the order.
            let columns = (nodes.count + rows - 1) / rows
            for (order, entry) in nodes.sorted(by: { ($0.at, $0.node) < ($1.at, $1.node) }).enumerated() {
                let row = Double(order / columns)
                boxes[entry.node] = Point(x: x(column + order % columns), y: margin + row * (nodeHeight + rowGap))
            }
            column += columns
        }
        return boxes
    }
}
