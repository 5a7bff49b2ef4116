/// Why a run's directory can not be understood.
package struct UnreadableRun: Error, Hashable, CustomStringConvertible {
    /// What is wrong and what to do, a clause without a full stop.
    package let reason: String

    package init(_ reason: String) { self.reason = reason }

    package var description: String { reason }
}
