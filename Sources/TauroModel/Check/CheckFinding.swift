/// What one check of a plugin saw.
///
/// A check that found nothing to say is a finding too, a passed one, so that nobody takes silence for success.
package struct CheckFinding: Sendable, Hashable {
    /// What a finding means for the plugin, worst first.
    package enum Severity: String, CaseIterable, Sendable, Hashable {
        /// The plugin must not be used.
        case error
        /// It works, and may surprise.
        case warning
        case info
        /// The check could not be made.
        case skipped
        case passed
    }

    package let check: PluginCheck
    package let severity: Severity
    /// The dotted name of the node it is about; nil for the whole file.
    package let node: String?
    /// What was found, and what was expected, in one clause; why, for a check that was skipped; empty if it passed.
    package let message: String
    /// What to do about it, if something is to be done.
    package let cure: String?
    /// Makes the random case that it is about again; nil for what was not random.
    package let seed: UInt64?

    package init(
        _ check: PluginCheck,
        _ severity: Severity,
        node: String? = nil,
        _ message: String = "",
        cure: String? = nil,
        seed: UInt64? = nil
    ) {
        self.check = check
        self.severity = severity
        self.node = node
        self.message = message
        self.cure = cure
        self.seed = seed
    }
}
