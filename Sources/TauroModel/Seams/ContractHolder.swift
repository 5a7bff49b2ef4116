package import TauroBasics

/// Holds tables to what they promise.
///
/// Safe from any thread; blocks its own.
package protocol ContractHolder: Sendable {
    /// What came of every check of the contracts, which are all about the same rows; nothing is copied.
    ///
    /// Ages are counted from `now`.
    ///
    /// - Throws: `ResourceError`, or `SQLError` where the rows can not be read. A broken promise is a result.
    func hold(
        _ frame: Frame,
        to contracts: [DataContract],
        now: Timestamp,
        cancellation: CancellationToken
    ) throws -> [CheckResult]
}
