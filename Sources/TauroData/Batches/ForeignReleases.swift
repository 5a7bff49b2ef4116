import Synchronization

/// Counts the structures of others whose release function did not mark them as released.
///
/// Safe from any thread.
package enum ForeignReleases {
    private static let forgotten = Atomic<Int>(0)

    /// How many there were in this process.
    package static var forgottenCount: Int { forgotten.load(ordering: .relaxed) }

    static func noteForgotten() { forgotten.add(1, ordering: .relaxed) }
}
