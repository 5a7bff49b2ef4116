import Glibc
import TauroBasics
import TauroData
import TauroModel

extension CallChecks {
    /// Inputs in memory that can not be written to and ends where the buffers end; a breach ends this process.
    func bounds() throws -> [Observation] {
        guard !node.frameInputs.isEmpty else { return skipped("the node takes no frame") }
        let shapes = try shapeCases()
        let few = [
            node.base, try node.base.with("a table without rows", SampleTable.noRows),
            try node.base.with("a table of one row", SampleTable.firstRow),
        ]
        for given in few + shapes {
            let watch = InputGuard(.bounds)
            _ = node.call(given, watch)
            watch.close()
        }
        return []
    }

    /// Whether every structure that the node was given is released once, also when it fails.
    func releases() throws -> [Observation] {
        guard !node.frameInputs.isEmpty || node.signature.result == .frame else {
            return skipped("the node neither takes nor returns a frame")
        }
        let before = ForeignReleases.forgottenCount
        var cases = [node.base]
        if !node.frameInputs.isEmpty {
            cases += [
                try node.base.with("a slice of a table", SampleTable.sliced),
                try node.base.with("a table of many batches", SampleTable.manyBatches),
                try node.base.with("a table without rows", SampleTable.noRows),
                node.base.with("an input that fails", FailingFrame.make),
            ]
        }
        var observations = folded(cases.map { ($0, releases(of: $0)) })
        if ForeignReleases.forgottenCount > before {
            observations.append(
                Observation(
                    .error,
                    "does not set 'release' to NULL in the release function of what it returns",
                    cure: "end the function with array->release = NULL, as the Arrow C data interface asks"
                )
            )
        }
        return observations
    }

    private func releases(of given: CheckCase) -> [Observation] {
        let watch = InputGuard(.releases)
        defer { watch.close() }
        // What it returns may hold on to what it was given, and goes first.
        _ = node.call(given, watch)
        let conduct = watch.conduct
        var observations: [Observation] = []
        if let first = conduct.releasedAgain.first {
            observations.append(
                Observation(
                    .error,
                    "released \(first) more than once",
                    cure: "after moving a structure, set 'release' to NULL in the one it was moved from"
                )
            )
        }
        if let first = conduct.kept.first {
            let more = conduct.kept.count > 1 ? " and \(conduct.kept.count - 1) more structures" : ""
            observations.append(
                Observation(
                    .error,
                    "never released \(first)\(more)",
                    cure: "call 'release' of every stream and batch that the node takes, also where it returns early"
                )
            )
        }
        return observations
    }

    /// Whether what the node returns is sound, and stays so when its inputs are gone.
    func result() throws -> [Observation] {
        guard node.signature.result == .frame else { return skipped("the node returns no frame") }
        var cases = [node.base]
        if !node.frameInputs.isEmpty {
            cases += [
                try node.base.with("a table without rows", SampleTable.noRows),
                try node.base.with("a slice of a table", SampleTable.sliced),
            ]
        }
        var observations = folded(cases.map { given in (given, soundness(of: given).map { [$0] } ?? []) })
        let (first, second) = (node.call(node.base), node.call(node.base))
        if let schema = try first.frame?.schema(), let other = try second.frame?.schema(), schema != other {
            observations.append(
                Observation(.error, "returned the columns (\(schema)), and for the same call (\(other))")
            )
        }
        return observations
    }

    private func soundness(of given: CheckCase) -> Observation? {
        let watch = InputGuard(.releases)
        defer { watch.close() }
        let outcome = node.call(given, watch)
        if outcome.isSuccess { node.begin("\(given.words), while the host read what it had returned") }
        return outcome.unsoundness().map { Observation(.error, "returned a frame that is not sound: \($0)") }
    }

    /// Whether calls leave memory, descriptors or threads behind.
    ///
    /// Memory is not compared in a process that a sanitizer watches: what it holds back grows with every call.
    func growth() -> [Observation] {
        let outcome = node.call(node.base)
        guard outcome.misconduct == nil else { return skipped("the node does not answer a plain call as it should") }
        guard fastestCall < Self.longestOfMany else {
            return skipped("a call takes longer than \(Self.longestOfMany.shown), too long to be repeated 100 times")
        }
        call(times: 20)
        let first = ProcessUse.now()
        call(times: 100)
        let middle = ProcessUse.now()
        // Memory that only settled does not grow again.
        call(times: 100)
        return growth(first, middle, ProcessUse.now())
    }

    /// How long a call may take that is repeated.
    private static let longestOfMany = Duration.milliseconds(200)

    /// How long a call takes where nothing else is in its way: the shortest of three.
    private var fastestCall: Duration {
        let clock = SystemMonotonicClock()
        let times = (0..<3).map { _ in
            let start = clock.elapsedTime()
            _ = node.call(node.base)
            return clock.elapsedTime() - start
        }
        return times.min() ?? .zero
    }

    private func call(times count: Int) {
        for number in 0..<count {
            if number % 20 == 0 { node.begin("its declared defaults, many times") }
            _ = node.callQuietly(node.base)
        }
    }

    private func growth(_ start: ProcessUse, _ middle: ProcessUse, _ end: ProcessUse) -> [Observation] {
        var observations: [Observation] = []
        func add(_ what: String, _ cure: String) {
            observations.append(Observation(.error, "leaves \(what) behind with 100 calls", cure: cure))
        }
        if middle.descriptors >= start.descriptors + 20 {
            add("\(middle.descriptors - start.descriptors) open files", "close what the node opens, on every way out")
        }
        if middle.threads >= start.threads + 20 {
            add("\(middle.threads - start.threads) threads", "join every thread before the node returns")
        }
        let growth = min(middle.memory - start.memory, end.memory - middle.memory)
        if growth > Self.allowedGrowth && Sanitizer.current == nil {
            add("\(growth >> 10) KiB of memory", "free what the node allocates; a leak check shows where it came from")
        }
        return observations
    }

    /// Memory that 100 calls may leave behind, in bytes: what the allocators of host and plugin do by themselves.
    private static let allowedGrowth = 1 << 20
}

/// What this process holds.
struct ProcessUse {
    let descriptors: Int
    let threads: Int
    /// Resident memory in bytes.
    let memory: Int

    static func now() -> ProcessUse {
        let pages = ProcessState.text("/proc/self/statm").split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return ProcessUse(
            descriptors: ProcessState.list("/proc/self/fd").count,
            threads: ProcessState.list("/proc/self/task").count,
            memory: (pages ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
        )
    }
}
