import Synchronization
import TauroBasics
import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

@Suite struct DispatcherTests {
    @Test(arguments: [1, 2, 8], [false, true])
    func everyNodeOfARandomGraphEndsOnceAndAfterWhatItWaitsFor(_ workers: Int, _ isJournaled: Bool) throws {
        var chance = SeededGenerator(seed: TestSeed.value)
        for _ in 0..<(TestSeed.isLong ? 200 : 20) {
            let dependencies = chance.graph(nodes: 200)
            let journal = FakeJournal()
            let running = Atomic<Int>(0)
            let most = Mutex(0)
            let run = DispatchedRun(
                dependencies: dependencies,
                maxWorkers: workers,
                journal: isJournaled ? journal : nil
            )
            let book = try run.dispatcher { step, reporter in
                let count = running.add(1, ordering: .relaxed).newValue
                most.withLock { $0 = max($0, count) }
                running.subtract(1, ordering: .relaxed)
                DispatchedRun.succeed(step, reporter)
            }.run().book
            #expect(book.ended.sorted() == Array(0..<200))
            #expect(book.begun.sorted() == Array(0..<200))
            #expect(most.withLock { $0 } <= workers)
            let order = Dictionary(uniqueKeysWithValues: book.ended.enumerated().map { ($0.element, $0.offset) })
            for (node, sources) in dependencies.enumerated() {
                #expect(sources.allSatisfy { (order[$0] ?? .max) < (order[node] ?? -1) })
            }
            if isJournaled {
                #expect(journal.batches.joined().count == 400)
                #expect(!journal.hasOverlapped)
            }
        }
    }

    @Test func whatMayRunAtOnceDoesHoweverThreadsStart() throws {
        // Each of the two waits for the other: where one found no thread the run would never end.
        for _ in 0..<(TestSeed.isLong ? 20_000 : 200) {
            let running = Monitor(0)
            let run = DispatchedRun(dependencies: [[], [0], [0]], maxWorkers: 2)
            let book = try run.dispatcher { step, reporter in
                if step.node > 0 {
                    running.withLockNotifyingAll { $0 += 1 }
                    running.wait { $0 == 2 }
                }
                DispatchedRun.succeed(step, reporter)
            }.run().book
            #expect(book.ended.count == 3)
        }
    }

    @Test(arguments: [1, 3]) func noStepBeginsBeforeItsStartIsWritten(_ workers: Int) throws {
        var chance = SeededGenerator(seed: TestSeed.value)
        let journal = FakeJournal()
        let early = Mutex<[Int]>([])
        let run = DispatchedRun(dependencies: chance.graph(nodes: 100), maxWorkers: workers, journal: journal)
        _ = try run.dispatcher { step, reporter in
            if !journal.hasStarted(step.node) { early.withLock { $0.append(step.node) } }
            DispatchedRun.succeed(step, reporter)
        }.run()
        #expect(early.withLock { $0 }.isEmpty)
    }

    @Test func whatEndsWhileTheJournalIsWrittenGoesIntoOneBatch() throws {
        let haveEnded = Monitor(0)
        // The second batch holds the end of the first node, and is not written before three others have ended.
        let journal = FakeJournal { batch in if batch == 1 { haveEnded.wait { $0 == 4 } } }
        let run = DispatchedRun(dependencies: [[], [], [], []], maxWorkers: 4, journal: journal)
        let haveBegun = Monitor(0)
        let book = try run.dispatcher { step, reporter in
            haveBegun.withLockNotifyingAll { $0 += 1 }
            haveBegun.wait { $0 == 4 }
            reporter.end(.computed(step.node)) { _, _, _ in
                haveEnded.withLockNotifyingAll { $0 += 1 }
            }
        }.run().book
        #expect(book.ended.count == 4)
        #expect(journal.batches.map(\.count) == [4, 1, 3])
    }

    @Test(arguments: 0..<5) func aJournalThatFailsStopsTheRun(_ last: Int) throws {
        let journal = FakeJournal { batch in if batch == last { throw FakeJournal.Full() } }
        let stops = Mutex(0)
        let begun = Mutex(0)
        var run = DispatchedRun(dependencies: (0..<20).map { $0 == 0 ? [] : [$0 - 1] }, journal: journal)
        run.stopNodes = { stops.withLock { $0 += 1 } }
        let dispatcher = run.dispatcher { step, reporter in
            begun.withLock { $0 += 1 }
            DispatchedRun.succeed(step, reporter)
        }
        #expect(throws: FakeJournal.Full.self) { try dispatcher.run() }
        #expect(stops.withLock { $0 } == 1)
        #expect(begun.withLock { $0 } == last)
        #expect(journal.batches.count == last)
    }

    @Test func aNodeThatRunsIsToldToStopWhenTheJournalFails() throws {
        let isStopped = Monitor(false)
        let journal = FakeJournal { batch in if batch == 1 { throw FakeJournal.Full() } }
        var run = DispatchedRun(dependencies: [[], []], maxWorkers: 2, journal: journal)
        run.stopNodes = { isStopped.withLockNotifyingAll { $0 = true } }
        let dispatcher = run.dispatcher { step, reporter in
            // Without the word to stop it would never end, and neither would the run.
            if step.node == 1 { isStopped.wait { $0 } }
            DispatchedRun.succeed(step, reporter)
        }
        #expect(throws: FakeJournal.Full.self) { try dispatcher.run() }
    }

    @Test func whatIsRecordedInTheMiddleOfAStepIsWrittenWhenItGoesOn() throws {
        let journal = FakeJournal()
        let found = Mutex<[Bool]>([])
        let run = DispatchedRun(dependencies: [[], [], [0, 1]], journal: journal)
        _ = try run.dispatcher { step, reporter in
            let entry = JournalEntry.nodeComputed(
                node: "\(step.node)",
                rows: 1,
                copy: nil,
                at: Timestamp(millisecondsSinceEpoch: 0)
            )
            let mayGoOn = reporter.record([entry])
            let isThere = journal.batches.joined().contains(entry)
            found.withLock { $0.append(mayGoOn && isThere) }
            DispatchedRun.succeed(step, reporter)
        }.run()
        #expect(found.withLock { $0 } == [true, true, true])
    }

    @Test(arguments: [false, true])
    func aNodeThatIgnoresItsTimeIsLeftBehindAndItsThreadReplaced(_ isJournaled: Bool) throws {
        let mayReturn = Monitor(false)
        let hasReturned = Monitor<Bool?>(nil)
        let journal = isJournaled ? FakeJournal() : nil
        var run = DispatchedRun(dependencies: [[], []], maxWorkers: 1, journal: journal)
        run.rules = RecoveryRules(timeouts: [0: 1_000_000], grace: 1_000_000)
        run.onFailure = .skipDependents
        let book = try run.dispatcher { step, reporter in
            if step.node == 0 {
                mayReturn.wait { $0 }
                let isTaken = reporter.end(.computed(0)) { _, _, _ in }
                hasReturned.withLockNotifyingAll { $0 = isTaken }
            } else {
                DispatchedRun.succeed(step, reporter)
            }
        }.run().book
        // The other node ran though the only thread there may be was still busy.
        #expect(book.abandoned == [0])
        #expect(book.failed == [0])
        #expect(book.ended == [1])
        mayReturn.withLockNotifyingAll { $0 = true }
        #expect(hasReturned.awaitValue { $0 } == false)
    }

    @Test func aRetryHoldsNoWorker() throws {
        let isOtherDone = Monitor(false)
        let policy = RetryPolicy(maxRetries: 1, delaySeconds: 0.001, jitter: 0)
        var run = DispatchedRun(dependencies: [[], []], maxWorkers: 1)
        run.rules = RecoveryRules(retries: [policy])
        let order = Mutex<[String]>([])
        let book = try run.dispatcher { step, reporter in
            order.withLock { $0.append("\(step.node).\(step.attempt)") }
            if step.node == 0, step.attempt == 1 { return DispatchedRun.fail(step, reporter, .transient) }
            if step.node == 1 { isOtherDone.withLockNotifyingAll { $0 = true } }
            DispatchedRun.succeed(step, reporter)
        }.run().book
        #expect(book.ended.sorted() == [0, 1])
        #expect(order.withLock { $0 } == ["0.1", "1.1", "0.2"])
    }

    @Test func stopEndsARunInWhichAllRest() throws {
        // Nothing wakes it for years but the word to stop.
        let policy = RetryPolicy(maxRetries: 1, delaySeconds: 1e9, maxDelaySeconds: 1e9, jitter: 0)
        var run = DispatchedRun(dependencies: [[], [0]], maxWorkers: 1)
        run.rules = RecoveryRules(retries: [policy])
        let hasFailed = Monitor(false)
        let dispatcher = run.dispatcher { step, reporter in
            DispatchedRun.fail(step, reporter, .transient)
            hasFailed.withLockNotifyingAll { $0 = true }
        }
        let stopper = try WorkerThread(name: "stopper") {
            hasFailed.wait { $0 }
            dispatcher.tell(.stop)
        }
        let result = try dispatcher.run()
        stopper.join()
        #expect(result.book.cancelled.sorted() == [0, 1])
        #expect(result.machine.wasStopped)
    }

    @Test func stopInTheMiddleBeginsNothingMore() throws {
        let run = DispatchedRun(dependencies: (0..<50).map { $0 == 0 ? [] : [$0 - 1] }, journal: FakeJournal())
        let told = Monitor<DispatchedRun.Dispatcher?>(nil)
        let dispatcher = run.dispatcher { step, reporter in
            if step.node == 10 { told.awaitValue { $0 }.tell(.stop) }
            DispatchedRun.succeed(step, reporter)
        }
        told.withLockNotifyingAll { $0 = dispatcher }
        let book = try dispatcher.run().book
        told.withLockNotifyingAll { $0 = nil }
        #expect(book.begun == Array(0...10))
        #expect(book.ended == Array(0...10))
        #expect(book.cancelled.sorted() == Array(11..<50))
    }

    @Test func theHostsOwnTimeHoldsNoTimeOfNodes() throws {
        // Time passes in nodes alone.
        let clock = SetClock()
        let run = DispatchedRun(dependencies: [[], [0]], maxWorkers: 2, clock: clock)
        let spent = Mutex<[Int64]>([])
        let engine = try run.dispatcher { step, reporter in
            clock.advance(by: 1_000)
            reporter.end(.computed(step.node)) { _, _, time in spent.withLock { $0.append(time) } }
        }.run().engineNanoseconds
        #expect(spent.withLock { $0 } == [1_000, 1_000])
        #expect(engine == 0)
    }
}
