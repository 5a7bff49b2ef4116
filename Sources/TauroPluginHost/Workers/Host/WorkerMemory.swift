/// What is known of the memory that a worker holds, in bytes.
struct WorkerMemory {
    /// What it may take for itself, once its plugin is loaded; nil for as much as there is.
    let limit: Int64?
    /// The most that it held until its plugin was loaded.
    var baseline: Int64 = 0
    /// The most that it got to share in one call.
    var mostShared: Int64 = 0

    /// How much of `peak`, the most that it ever held, the limit counts, at least.
    ///
    /// The system's figure has all that was in memory: the program itself, and what is shared, as far as it was read.
    func own(ofPeak peak: Int64) -> Int64 {
        max(0, peak - min(max(0, baseline), peak) - min(mostShared, peak))
    }
}
