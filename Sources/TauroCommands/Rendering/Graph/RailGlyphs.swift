/// The characters a graph is drawn with.
struct RailGlyphs {
    let node: String
    let criticalNode: String
    let rail: String
    let branch: String
    /// A rail that a branch meets: by whether the branch goes on left, right, and the rail down.
    private let joints: [String]
    let from: String
    let ellipsis: String

    static let unicode = RailGlyphs(
        node: "●",
        criticalNode: "◆",
        rail: "│",
        branch: "─",
        joints: ["│", "│", "╰", "├", "╯", "┤", "┴", "┼"],
        from: "←",
        ellipsis: "…"
    )

    /// For terminals whose locale is not UTF-8.
    static let ascii = RailGlyphs(
        node: "o",
        criticalNode: "#",
        rail: "|",
        branch: "-",
        joints: ["|", "|", "`", "+", "'", "+", "^", "+"],
        from: "<-",
        ellipsis: "~"
    )

    /// The cell as one character; one that passes nothing on is blank.
    func text(_ cell: RailLayout.Cell, isCritical: Bool) -> String {
        switch cell {
        case .empty: " "
        case .node: isCritical ? criticalNode : node
        case .rail: rail
        case .branch: branch
        case .joint(let left, let right, let leadsOn): joints[(left ? 4 : 0) + (right ? 2 : 0) + (leadsOn ? 1 : 0)]
        }
    }
}
