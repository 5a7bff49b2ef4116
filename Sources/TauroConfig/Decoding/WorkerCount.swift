import TauroModel

/// How many nodes may run at once, as `max_workers` says it.
enum WorkerCount {
    /// The largest number that draws no warning.
    private static let sensible = 64

    /// The number, with a warning where it is so large that it only costs; nil where nothing is said.
    static func read(_ fields: Fields, of owner: Owner, findings: Findings) -> Int? {
        guard let workers = fields.wholeNumber("max_workers") else { return nil }
        if workers > sensible {
            findings.warning(
                "`max_workers` of \(owner.description): \(workers) nodes at once are more than a machine gains from.",
                at: fields["max_workers"]?.location,
                notes: [
                    "Each takes a thread and memory of its own; about as many as there are processors are enough, "
                        + "and up to \(sensible) draw no warning."
                ]
            )
        }
        return workers
    }
}
