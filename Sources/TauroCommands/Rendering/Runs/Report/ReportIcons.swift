import TauroModel

/// The signs for states, so that no state is told by its colour alone.
enum ReportIcons {
    /// Every sign once, for the page's start; `use` elements refer to them.
    static let symbols =
        "<svg width=\"0\" height=\"0\" aria-hidden=\"true\" class=\"defs\"><defs>"
        + signs.map { name, path in "<symbol id=\"i-\(name)\" viewBox=\"0 0 16 16\">\(path)</symbol>" }.joined()
        + "</defs></svg>"

    /// The sign of a node's or a run's state.
    static func sign(_ name: String) -> String {
        "<svg class=\"sign s-\(name)\" aria-hidden=\"true\"><use href=\"#i-\(name)\"/></svg>"
    }

    /// What stands for the node's state: its status, or that it was taken over from an earlier host.
    static func name(_ node: NodeHistory) -> String {
        node.isRestored && node.status == .completed ? "restored" : node.status.rawValue
    }

    private static func ring(_ inside: String) -> String {
        "<circle cx=\"8\" cy=\"8\" r=\"6.25\" class=\"o\"/>" + inside
    }

    private static func disc(_ inside: String) -> String { "<circle cx=\"8\" cy=\"8\" r=\"7\" class=\"f\"/>" + inside }

    private static let signs: [(String, String)] = [
        ("completed", disc("<path d=\"M4.8 8.3l2.2 2.2 4.3-4.8\" class=\"w\"/>")),
        ("restored", ring("<path d=\"M4.9 8.3l2.2 2.2 4.1-4.6\" class=\"o\"/>")),
        ("failed", disc("<path d=\"M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2\" class=\"w\"/>")),
        ("dead", disc("<path d=\"M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2\" class=\"w\"/>")),
        ("running", ring("<path d=\"M6.3 5.1l4.6 2.9-4.6 2.9z\" class=\"f\"/>")),
        ("retrying", ring("<path d=\"M10.9 8a2.9 2.9 0 1 1-1-2.2M10.2 3.9v2.3H7.9\" class=\"o\"/>")),
        ("cancelled", ring("<path d=\"M3.7 12.3l8.6-8.6\" class=\"o\"/>")),
        ("pending", "<circle cx=\"8\" cy=\"8\" r=\"6.25\" class=\"o\" stroke-dasharray=\"2.2 2\"/>"),
        ("passed", disc("<path d=\"M4.8 8.3l2.2 2.2 4.3-4.8\" class=\"w\"/>")),
        ("warned", "<path d=\"M8 1.6l6.8 12.2H1.2z\" class=\"f\"/><path d=\"M8 6v3.6M8 11.3v.6\" class=\"w\"/>"),
    ]
}
