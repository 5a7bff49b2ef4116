import TauroBasics
import TauroConfig
import TauroEngine
import TauroExecution
import TauroIO
package import TauroModel
import TauroPluginHost
import TauroState

/// A run that is about to begin, or to go on.
struct PreparedRun {
    let id: String
    let directory: RunDirectory
    let journal: JournalFile
    let resumption: Resumption
}

extension BaseExecutor {
    /// The runs that the project remembers.
    var runs: RunRegistry { RunRegistry(project: context.projectDirectory) }

    /// The directory of the project that is in a directory, or in one file.
    ///
    /// - Throws: `SystemError` where the working directory is gone.
    static func projectDirectory(_ project: String) throws -> String {
        switch try location(project) {
        case .directory(let path): path
        case .file(let path): FilePath.parent(path)
        }
    }

    /// A path as people write it, from the working directory on.
    ///
    /// - Throws: `SystemError` where the working directory is gone.
    package static func absolute(path: String) throws -> String { try absolute(path) }

    /// Makes the directory of a new run, or takes over one that is resumed.
    ///
    /// - Throws: `ResourceError` where another host has it or its files can not be written; `ValidationError` where what it
    ///   stored stands in the way of running a node again.
    func prepare(_ plan: ExecutionPlan, _ options: RunOptions, workers: Int, at now: Timestamp) throws -> PreparedRun {
        guard let id = options.resumedRun else { return try begin(plan, options, workers: workers, at: now) }
        let directory = runs.directory(of: id)
        let resumed = try directory.resume(durability: durability)
        copies(of: id).sweep()
        let record = record(of: plan, id, options.request, workers: workers)
        let outcome = try decide(plan, record, resumed.history)
        options.decided(zip(plan.nodes, outcome.decisions).map { (node: $0.name, decision: $1) })
        if !outcome.obstacles.isEmpty {
            let diagnostics = outcome.obstacles.map { Diagnostic(.error, .validation, $0) }
            throw ValidationError(operation: "resume \(id)", diagnostics: diagnostics)
        }
        // First what does not hold any more, then the record by which nothing would seem to have changed.
        try resumed.journal.append([.hostBegan(.current(at: now))] + invalidations(plan, outcome, at: now))
        try directory.replaceRecord(record, durability: durability)
        return PreparedRun(
            id: id,
            directory: directory,
            journal: resumed.journal,
            resumption: outcome.resumption
        )
    }

    /// What would become of each node, were the run resumed with this plan; nothing is changed.
    ///
    /// - Throws: `ResourceError` where there is no such run, or its files can not be understood.
    package func decisions(
        of plan: ExecutionPlan,
        resuming id: String
    ) throws -> [(node: String, decision: ResumeDecision)] {
        let history = try runs.directory(of: id).history()
        let record = record(of: plan, id, RunRequest(), workers: 1)
        return zip(plan.nodes, try decide(plan, record, history).decisions).map { (node: $0.name, decision: $1) }
    }

    private func begin(
        _ plan: ExecutionPlan,
        _ options: RunOptions,
        workers: Int,
        at now: Timestamp
    ) throws -> PreparedRun {
        let id = RunIdentifier.make(at: now, after: runs.newestTime)
        let directory = runs.directory(of: id)
        let record = record(of: plan, id, options.request, workers: workers)
        let journal = try directory.create(record, durability: durability)
        try journal.append([.hostBegan(.current(at: now))])
        return PreparedRun(id: id, directory: directory, journal: journal, resumption: Resumption())
    }

    private func decide(
        _ plan: ExecutionPlan,
        _ record: RunRecord,
        _ history: RunHistory
    ) throws -> ResumePlanner.Outcome {
        var planner = ResumePlanner(
            plan: plan,
            fingerprints: record.nodes.map(\.fingerprint),
            history: history,
            evidence: StoredEvidence(runID: record.id, writer: outputManager, keeper: copies(of: record.id))
        )
        return try planner.decide()
    }

    private func invalidations(
        _ plan: ExecutionPlan,
        _ outcome: ResumePlanner.Outcome,
        at now: Timestamp
    ) -> [JournalEntry] {
        zip(plan.nodes.indices, outcome.decisions).compactMap { place, decision in
            guard case .runs(let reason?) = decision, reason != .resultNotKept else { return nil }
            return .nodeInvalidated(
                node: plan.nodes[place].name,
                generation: outcome.resumption.generations[place] ?? 1,
                reason: reason.words,
                at: now
            )
        }
    }

    private func record(
        of plan: ExecutionPlan,
        _ id: String,
        _ request: RunRequest,
        workers: Int
    ) -> RunRecord {
        let builder = FingerprintBuilder(plan: plan, runID: id, engine: engine.name) { path in
            (try? FileSystem.digest(of: path)).map { String($0.digest, radix: 16) } ?? "unreadable"
        } state: { [inputLoader] dataset in
            inputLoader.state(of: dataset)
        }
        return RunRecord(plan, id, engine: engine.name, request, workers: workers, builder.fingerprints())
    }

    /// Where copies of results of a run are.
    func copies(of run: String) -> ResultCopies {
        ResultCopies(directory: runs.directory(of: run).path, syncs: durability == .power)
    }

    /// What the longest chain from each node of a plan to an end costs, in microseconds, where the pipeline's last run
    /// measured it; nil where none did.
    func pathCosts(_ plan: ExecutionPlan, workers: Int) -> [Int64]? {
        // With one worker every order takes as long.
        if workers < 2 || plan.nodes.count < 3 { return nil }
        let measured = runs.measuredSeconds(of: plan.pipeline.name)
        if measured.isEmpty { return nil }
        var costs = [Int64](repeating: 0, count: plan.nodes.count)
        for place in plan.nodes.indices.reversed() {
            let node = plan.nodes[place]
            let own = Int64(min(measured[node.name] ?? 0, 1e9) * 1e6) + 1
            costs[place] = own + (node.dependents.map { costs[$0] }.max() ?? 0)
        }
        return costs
    }

    var durability: Durability { context.globalSettings.durability }
}

extension RunRecord {
    /// What a run's directory keeps of a plan.
    fileprivate init(
        _ plan: ExecutionPlan,
        _ id: String,
        engine: String,
        _ request: RunRequest,
        workers: Int,
        _ fingerprints: [NodeFingerprint]
    ) {
        let nodes = zip(plan.nodes, fingerprints).map { node, fingerprint in
            Node(
                name: node.name,
                function: node.signature.name,
                plugin: node.signature.plugin.path,
                dependencies: node.dependencies.map { plan.nodes[$0].name },
                inputs: node.inputs.map(\.id),
                outputs: node.outputs.map(\.id),
                fingerprint: fingerprint
            )
        }
        self.init(
            id: id,
            pipeline: plan.pipeline.name,
            kind: plan.pipeline.kind,
            engine: engine,
            dates: plan.dates,
            maxWorkers: workers,
            request: request,
            nodes: nodes
        )
    }
}
