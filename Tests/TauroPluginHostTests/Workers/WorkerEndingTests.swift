import Glibc
import Testing

@testable import TauroBasics
@testable import TauroPluginHost

/// When a worker's end is put down to its memory.
@Suite struct WorkerEndingTests {
    private func words(peak: Int64, _ memory: WorkerMemory) -> String {
        let ending = ChildProcess.Ending(cause: .killed(signal: SIGSEGV), peakMemory: peak)
        return WorkerEnding(ending: ending, memory: memory, threadEnded: false).words
    }

    private func memory(limit: Int64?, baseline: Int64 = 0, shared: Int64 = 0) -> WorkerMemory {
        var memory = WorkerMemory(limit: limit)
        memory.baseline = baseline
        memory.mostShared = shared
        return memory
    }

    @Test func ownMemoryNearTheLimitIsTold() {
        let words = words(peak: 150 << 20, memory(limit: 128 << 20, baseline: 30 << 20))
        #expect(
            words.hasSuffix(
                "; it held 120 MiB of memory, its worker_memory_limit is 128 MiB: it is likely out of memory"
            )
        )
    }

    @Test func memoryOfTheProgramAndOfSharedInputsIsNotThePlugins() {
        #expect(!words(peak: 150 << 20, memory(limit: 128 << 20, baseline: 60 << 20)).contains("memory,"))
        #expect(!words(peak: 500 << 20, memory(limit: 128 << 20, shared: 450 << 20)).contains("memory,"))
        #expect(!words(peak: 10 << 20, memory(limit: 128 << 20, baseline: .min, shared: .max)).contains("memory,"))
    }

    @Test func withoutALimitOrFarBelowItNothingIsSaid() {
        #expect(!words(peak: 1 << 40, memory(limit: nil)).contains("memory,"))
        #expect(!words(peak: 1 << 40, memory(limit: .max)).contains("memory,"))
    }
}
