import TauroBasics

/// Times many runs of something short.
enum Stopwatch {
    /// Nanoseconds a run: the median of blocks, most of them too short for other work to get the processor meanwhile.
    static func nanoseconds(runs: Int, blocks: Int = 1000, _ body: () throws -> Void) rethrows -> Double {
        let clock = SystemMonotonicClock()
        let size = runs / blocks
        var times: [Double] = []
        for _ in 0..<blocks {
            let began = clock.elapsedTime()
            for _ in 0..<size { try body() }
            times.append((clock.elapsedTime() - began) / .nanoseconds(size))
        }
        return times.sorted()[blocks / 2]
    }
}
