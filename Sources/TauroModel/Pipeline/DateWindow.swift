/// The days a run covers, inclusive at both ends.
///
/// Nodes receive them as text.
public struct DateWindow: Sendable, Hashable {
    /// First day, `YYYY-MM-DD`; nil where the run has none.
    public let start: String?
    /// Last day, `YYYY-MM-DD`; nil where the run has none.
    public let end: String?

    /// Creates a window.
    ///
    /// Whoever creates it from a person's words has checked the days.
    public init(start: String? = nil, end: String? = nil) {
        self.start = start
        self.end = end
    }
}
