/// What is known of the memory that a worker holds, in bytes.
struct WorkerMemory {
    /// What it may take for itself, once its plugin is loaded; nil for as much as there is.
    let limit: Int64?
    /// What it held when its plugin was loaded.
    var atLoad = Use(resident: 0, peak: 0)
    /// The most that it got to share in one call.
    var mostShared: Int64 = 0

    /// How much of a process was in memory.
    struct Use {
        let resident: Int64
        /// The most that the system will ever say of the process; see `own(ofPeak:)`.
        let peak: Int64
    }

    /// The least that the worker held of what the limit counts, where `peak` is the most that the system says it held.
    ///
    /// That figure has the program itself and what is shared, as far as it was read. And a process is born with the
    /// peak of the one that started it (exec of a process that shares its parent's memory, as posix_spawn makes them):
    /// until the worker held more than its host, nothing is known.
    func own(ofPeak peak: Int64) -> Int64? {
        guard peak > atLoad.peak else { return nil }
        return max(0, peak - min(max(0, atLoad.resident), peak) - min(mostShared, peak))
    }
}
