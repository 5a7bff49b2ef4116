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

    private func memory(limit: Int64?, resident: Int64 = 0, peak: Int64 = 0, shared: Int64 = 0) -> WorkerMemory {
        var memory = WorkerMemory(limit: limit)
        memory.atLoad = WorkerMemory.Use(resident: resident, peak: peak)
        memory.mostShared = shared
        return memory
    }

    @Test func ownMemoryNearTheLimitIsTold() {
        let words = words(peak: 150 << 20, memory(limit: 128 << 20, resident: 30 << 20, peak: 140 << 20))
        #expect(
            words.hasSuffix(
                "; it held 120 MiB of memory, its worker_memory_limit is 128 MiB: it is likely out of memory"
            )
        )
    }

    @Test func peakThatMayBeTheHostsProvesNothing() {
        let words = words(peak: 150 << 20, memory(limit: 128 << 20, resident: 30 << 20, peak: 150 << 20))
        #expect(words.hasSuffix("; its worker_memory_limit is 128 MiB: it may be out of memory"))
    }

    @Test func memoryOfTheProgramAndOfSharedInputsIsNotThePlugins() {
        #expect(!words(peak: 150 << 20, memory(limit: 128 << 20, resident: 60 << 20)).contains("out of"))
        #expect(!words(peak: 500 << 20, memory(limit: 128 << 20, shared: 450 << 20)).contains("out of"))
        #expect(!words(peak: 200 << 20, memory(limit: 128 << 20, resident: .min, shared: .max)).contains("out of"))
    }

    @Test func withoutALimitOrFarBelowItNothingIsSaid() {
        #expect(!words(peak: 1 << 40, memory(limit: nil)).contains("out of"))
        #expect(!words(peak: 1 << 40, memory(limit: .max)).contains("out of"))
        #expect(!words(peak: 90 << 20, memory(limit: 128 << 20, peak: 90 << 20)).contains("out of"))
    }
}
