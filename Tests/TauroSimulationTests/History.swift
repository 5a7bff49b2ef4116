import TauroBasics
import TauroModel
import TauroState

@testable import TauroExecution

/// A run from its beginning to its completion, through the hands of as many hosts as it takes.
final class History {
    /// A fault that the tests put in, to see that it is found.
    enum Fault: CaseIterable {
        case releasesStepsBeforeTheJournalHasThem
        case trustsAlteredOutputs
        case adoptsNothing
        case forgetsGenerations
        case storesTwice
        case forgetsChanges
    }

    private let world: World
    private var scenario: Scenario
    private let fault: Fault?
    private let storage: SimulatedStorage
    private let journal: JournalLog
    private let ledger: RerunLedger
    /// The record as the run's directory has it.
    private var record: RunRecord
    /// Whether something was changed from outside.
    private var isChanged = false

    /// A history by chance; `isTold` says whether it is told on stdout.
    init(seed: UInt64, fault: Fault? = nil, isTold: Bool = false) {
        world = World(seed: seed, isTold: isTold)
        scenario = .random(&world.random)
        self.fault = fault
        storage = SimulatedStorage(world)
        storage.forgetsCommits = fault == .storesTwice
        journal = JournalLog(world, scenario.durability)
        ledger = RerunLedger(scenario)
        record = scenario.record
        for output in scenario.nodes.flatMap(\.outputs) where output.writeMode == .append {
            storage.putForeign(output.id)
        }
    }

    /// Plays it, and says which invariant did not hold; nil where all did.
    func play() -> String? {
        for number in 1... {
            let isTroubled = number <= scenario.troubledHosts
            guard let outcome = live(isTroubled) else { break }
            world.tell("the host's part ends: \(outcome.words)")
            if case .ended(let summary) = outcome, summary.status == .completed {
                checkEnd()
                checkOutputs()
                break
            }
            world.expect(isTroubled, "a host to which nothing happened did not complete the run: \(outcome.words)")
            if world.finding != nil { break }
            disturb()
        }
        return world.finding
    }

    // MARK: - One host

    /// A host takes the run; nil where it finds none.
    private func live(_ isTroubled: Bool) -> SimulatedHost.Outcome? {
        let isKilled = isTroubled && world.chance(60)
        world.tell("a host begins\(isTroubled ? "" : ", and nothing bad happens to it")")
        world.beginHost(livingFor: isKilled ? world.below(5 + 12 * scenario.nodes.count) : nil)
        storage.failurePercent = isTroubled ? scenario.failurePercent / 3 : 0
        journal.fail(perThousand: isTroubled && world.chance(30) ? 20 : 0)
        do {
            guard let resumption = try take() else { return nil }
            guard world.pass() else { return .died }
            record = scenario.record
            return try SimulatedHost(setting(resumption, isTroubled)).play()
        } catch {
            return world.isDead ? .died : .broken(error)
        }
    }

    private func setting(_ resumption: Resumption, _ isTroubled: Bool) -> HostSetting {
        var setting = HostSetting(
            world: world,
            scenario: scenario,
            plan: scenario.plan,
            storage: storage,
            journal: journal,
            ledger: ledger,
            functions: SimulatedFunctions(scenario),
            resumption: resumption,
            isTroubled: isTroubled
        )
        setting.acknowledgesTooEarly = fault == .releasesStepsBeforeTheJournalHasThem
        if isTroubled {
            if world.chance(15) { setting.stopsAfter = world.duration(0...20_000) }
            setting.threadFailuresPerThousand = world.chance(10) ? 100 : 0
        }
        return setting
    }

    /// Opens the journal, decides what is taken over, and writes that down, as `run` and `run --resume` do.
    private func take() throws -> Resumption? {
        let found = journal.open()
        let isLost = found.isEmpty && journal.isWeak
        if isLost || world.finding != nil { return nil }
        var resumption = Resumption()
        var entries = [JournalEntry.hostBegan(host)]
        if let history = HistoryBuilder.history(of: record, found, isHeld: false) {
            checkCompletions(history)
            let outcome = try decide(history)
            resumption = outcome.resumption
            if fault == .forgetsGenerations { resumption.generations = [:] }
            entries += invalidations(outcome)
            world.tell("decided: \(outcome.decisions)")
        }
        try journal.append(entries)
        journal.acknowledge()
        return resumption
    }

    private func decide(_ history: RunHistory) throws -> ResumePlanner.Outcome {
        let evidence = StoredEvidence(runID: Scenario.run, writer: storage, keeper: storage)
        var planner = ResumePlanner(
            plan: scenario.plan,
            fingerprints: fault == .forgetsChanges ? record.nodes.map(\.fingerprint) : scenario.fingerprints,
            history: history,
            evidence: FaultyEvidence(evidence: evidence, fault: fault)
        )
        return try planner.decide()
    }

    private func invalidations(_ outcome: ResumePlanner.Outcome) -> [JournalEntry] {
        zip(scenario.nodes.indices, outcome.decisions).compactMap { place, decision in
            guard case .runs(let reason?) = decision, reason != .resultNotKept else { return nil }
            return .nodeInvalidated(
                node: scenario.nodes[place].name,
                generation: outcome.resumption.generations[place] ?? 1,
                reason: reason.words,
                at: host.beganAt
            )
        }
    }

    private var host: RunHost {
        let now = VirtualClock(world: world).wallTime()
        return RunHost(process: 1, boot: "b", machine: "m", version: "1", beganAt: now)
    }

    // MARK: - Between two hosts

    /// Time passes, and things happen that no host sees.
    private func disturb() {
        world.now += world.duration(0...3_600_000)
        if world.chance(20) {
            world.tell("the machine loses its power")
            journal.losePower()
        }
        ledger.isOff = journal.isWeak
        storage.mayGoBack = journal.isWeak
        if journal.isWeak { return }
        if world.chance(25) { change() }
        if world.chance(25) { tamper() }
        if world.chance(10) {
            world.tell("the copies of results are lost")
            storage.loseCopies()
            ledger.excuse(scenario.nodes.indices, storage)
        }
    }

    private func change() {
        let place = world.below(scenario.nodes.count)
        world.tell("the version of n\(place) changes")
        scenario.versions[place] += 1
        ledger.excuse(scenario.affected(by: place), storage)
        isChanged = true
    }

    private func tamper() {
        let place = world.below(scenario.nodes.count)
        let node = scenario.nodes[place]
        guard let output = node.outputs.first, let found = storage.commit(of: node.name, in: output.id) else { return }
        ledger.excuse(scenario.affected(by: place), storage)
        world.tell("\(output.id), which \(node.name) has stored, is changed or taken away")
        storage.tamper(output.id, found.identity)
        isChanged = true
    }

    // MARK: - What must hold then

    /// What completed by the journal is stored.
    private func checkCompletions(_ history: RunHistory) {
        if journal.isWeak { return }
        for (node, known) in zip(scenario.nodes, history.nodes) where known.completion != nil {
            for output in node.outputs {
                world.expect(
                    storage.has(node.name, generation: known.generation, in: output.id),
                    "\(node.name) counts as completed, but \(output.id) was not stored by generation \(known.generation)"
                )
            }
        }
    }

    /// The journal tells of a run that completed.
    private func checkEnd() {
        guard let history = HistoryBuilder.history(of: record, journal.look(), isHeld: false) else {
            return world.expect(false, "the journal of a completed run tells of none")
        }
        checkCompletions(history)
        let isComplete = history.status == .completed && history.nodes.allSatisfy { $0.status == .completed }
        world.expect(isComplete, "the journal of a completed run says that it is \(history.status)")
    }

    /// What is stored is what an undisturbed run would have stored.
    private func checkOutputs() {
        if journal.isWeak && isChanged { return }
        var expected: [String: [UInt64]] = [:]
        for (node, result) in zip(scenario.nodes, scenario.results) {
            for output in node.outputs { expected[output.id, default: []].append(result) }
        }
        for output in Set(scenario.nodes.flatMap(\.outputs).filter { $0.writeMode == .append }.map(\.id)) {
            expected[output]?.append(0)
        }
        for (id, results) in expected.sorted(by: { $0.key < $1.key }) {
            let commits = storage.commits[id].map { Array($0.values) } ?? []
            world.expect(
                commits.map(\.result).sorted() == results.sorted() && commits.allSatisfy { !$0.isAltered },
                "\(id) holds \(commits.count) results, not the \(results.count) of an undisturbed run, or other ones"
            )
        }
    }
}

/// Evidence that is not what it should be where a test wants that.
private struct FaultyEvidence: ResumeEvidence {
    let evidence: StoredEvidence
    let fault: History.Fault?

    func trouble(with completion: NodeCompletion, of node: PlannedNode, generation: Int) throws -> String? {
        if fault == .trustsAlteredOutputs { return nil }
        return try evidence.trouble(with: completion, of: node, generation: generation)
    }

    func stored(by node: PlannedNode, generation: Int) throws -> [StoredOutput] {
        if fault == .adoptsNothing { return [] }
        return try evidence.stored(by: node, generation: generation)
    }

    func result(of node: PlannedNode, _ completion: NodeCompletion, generation: Int) throws -> Dataset? {
        try evidence.result(of: node, completion, generation: generation)
    }

    func obstacle(toReplacing node: PlannedNode) -> String? { evidence.obstacle(toReplacing: node) }
}
