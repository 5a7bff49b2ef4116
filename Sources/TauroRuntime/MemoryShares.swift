import TauroModel

/// How a run's memory is shared: half for the engine's queries, half for the frames between nodes.
///
/// Either goes to disk when its share is used up. Of little memory the engine gets more than half: below `leastEngine`
/// sorts and joins do not get by, on disk or not. What a node's own code allocates is in neither share.
struct MemoryShares {
    /// What the engine gets of any limit that has it.
    private static let leastEngine: Int64 = 48 << 20
    /// What each of the engine's threads needs: one that reads csv has some 32 MB of the file before it.
    private static let leastThread: Int64 = 64 << 20

    /// Bytes for the engine.
    let engine: Int64
    /// Bytes for frames.
    let frames: Int

    /// The shares of what a project's settings allow: without a word of theirs, of three quarters of what this process
    /// may use.
    init(_ settings: GlobalSettings?) {
        self.init(limit: settings?.memoryLimit ?? MachineResources.usableMemory.map { $0 / 4 * 3 } ?? 1 << 30)
    }

    init(limit: Int64) {
        engine = max(limit / 2, min(limit, Self.leastEngine))
        frames = Int(clamping: limit - engine)
    }

    /// How many threads the engine has use for, where it may have as many as there are processors.
    func threads(processors: Int) -> Int { max(1, min(processors, Int(clamping: engine / Self.leastThread))) }
}
