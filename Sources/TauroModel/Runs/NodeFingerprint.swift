/// Everything that a node's result depends on, besides the results of other nodes of the run.
///
/// A completed node is restored only where all of it is unchanged. Parts have the names that people know them by, for
/// example `plugin`, `parameter min_flights`, `start_date`, `input raw_flights`.
package struct NodeFingerprint: Sendable, Hashable {
    /// One thing that the result depends on.
    package struct Part: Sendable, Hashable {
        /// What people know it by.
        package let name: String
        /// What it is: a value as text, or a digest where the value is large or secret.
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The parts, each name once.
    package let parts: [Part]

    package init(_ parts: [Part]) { self.parts = parts }

    /// The names of the parts that differ from those of `other`, or that only one of the two has; in this one's order.
    package func changes(since other: NodeFingerprint) -> [String] {
        let now = Dictionary(parts.map { ($0.name, $0.value) }) { first, _ in first }
        let then = Dictionary(other.parts.map { ($0.name, $0.value) }) { first, _ in first }
        let changed = parts.filter { then[$0.name] != $0.value }.map(\.name)
        return changed + other.parts.filter { now[$0.name] == nil }.map(\.name)
    }
}
