import Glibc
import Synchronization
import TauroBasics
import Testing

@Suite("Worker pools")
struct WorkerPoolTests {
    @Test("everything that was queued runs, whoever queued it")
    func everythingRuns() {
        let pool = WorkerPool.started(count: 4)
        let count = Counter()
        let producers = WorkerPool.started(count: 3)
        for _ in 0..<30 {
            producers.submit { for _ in 0..<100 { pool.submit { count.increment() } } }
        }
        producers.shutdown()
        pool.shutdown()
        #expect(count.value == 3000)
    }

    @Test("one thread works in the order of the queue")
    func order() {
        let pool = WorkerPool.started(count: 1)
        let seen = Mutex<[Int]>([])
        for number in 0..<500 { pool.submit { seen.withLock { $0.append(number) } } }
        pool.shutdown()
        #expect(seen.withLock { $0 } == Array(0..<500))
    }

    @Test("work runs at the same time on all threads")
    func concurrency() {
        let pool = WorkerPool.started(count: 3)
        let arrived = Monitor(0)
        // Each piece of work waits for the other two, so this ends only if all three run at once.
        for _ in 0..<3 {
            pool.submit {
                arrived.withLockNotifyingAll { $0 += 1 }
                arrived.wait { $0 == 3 }
            }
        }
        pool.shutdown()
        #expect(arrived.withLock { $0 } == 3)
    }

    @Test("after the end nothing is taken, and a second end is nothing")
    func shutdown() {
        let pool = WorkerPool.started(count: 2)
        #expect(pool.submit {})
        pool.shutdown()
        pool.shutdown()
        #expect(!pool.submit { Issue.record("work ran after the end") })
    }

    @Test("a pool that is left ends alone, after what was queued")
    func leaving() {
        let pool = WorkerPool.started(count: 1)
        let mayGoOn = Monitor(false)
        let count = Monitor(0)
        for _ in 0..<2 {
            pool.submit {
                mayGoOn.wait { $0 }
                count.withLockNotifyingAll { $0 += 1 }
            }
        }
        pool.leave()
        #expect(count.withLock { $0 } == 0)
        #expect(!pool.submit {})
        mayGoOn.withLockNotifyingAll { $0 = true }
        count.wait { $0 == 2 }
    }

    @Test("a pool may be ended by its own work")
    func shutdownFromInside() {
        let pool = WorkerPool.started(count: 2)
        let ended = Monitor(false)
        pool.submit {
            pool.shutdown()
            ended.withLockNotifyingAll { $0 = true }
        }
        ended.wait { $0 }
        #expect(!pool.submit {})
    }

    @Test("a pool that goes out of use ends its threads")
    func release() {
        let count = Counter()
        do {
            let pool = WorkerPool.started(count: 2)
            for _ in 0..<50 { pool.submit { count.increment() } }
        }
        #expect(count.value == 50)
    }

    @Test("threads have a name, cut to what the system takes, and a large stack")
    func threads() {
        let pool = WorkerPool.started(count: 1, name: "tauro-worker-long")
        let name = Mutex("")
        pool.submit {
            let text = (try? FileSystem.readText("/proc/thread-self/comm")) ?? ""
            name.withLock { $0 = text }
            Self.useStack(bytes: 4 << 20)
        }
        pool.shutdown()
        #expect(name.withLock { $0 } == "tauro-worker-lo\n")
    }

    @Test("a monitor guards its state")
    func monitor() {
        let monitor = Monitor([Int: Int]())
        let pool = WorkerPool.started(count: 4)
        for number in 0..<1000 { pool.submit { monitor.withLock { $0[number % 10, default: 0] += 1 } } }
        pool.shutdown()
        #expect(monitor.withLock { $0.values.allSatisfy { $0 == 100 } && $0.count == 10 })
    }

    private static func useStack(bytes: Int) {
        withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
            buffer.initializeMemory(as: UInt8.self, repeating: 1)
            if bytes > buffer.count { useStack(bytes: bytes - buffer.count) }
        }
    }
}

extension WorkerPool {
    /// A pool, or the end of the test run where the system gives no threads.
    fileprivate static func started(count: Int, name: String = "test") -> WorkerPool {
        do {
            return try WorkerPool(count: count, name: name)
        } catch {
            fatalError("no threads: \(error)")
        }
    }
}

/// A number that many threads raise.
private final class Counter: Sendable {
    private let number = Mutex(0)

    var value: Int { number.withLock { $0 } }

    func increment() { number.withLock { $0 += 1 } }
}
