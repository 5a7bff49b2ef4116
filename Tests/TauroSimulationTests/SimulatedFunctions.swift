import TauroModel

/// What an attempt at a node comes to, where nobody stops it.
enum Fate {
    case success
    case failure(Failure)
    /// It comes to no end by itself.
    case hanging

    enum Failure: CaseIterable {
        case transient
        case io
        case crash
        case lasting
    }
}

/// The functions of a scenario's nodes: each returns what its version and its inputs make.
final class SimulatedFunctions: NodeInvoker, @unchecked Sendable {
    // Used by the one thread that plays the history.

    private let places: [String: Int]
    private let versions: [Int]
    private let returnsNothing: [Bool]
    /// What the next call comes to.
    var fate = Fate.success

    init(_ scenario: Scenario) {
        places = Dictionary(uniqueKeysWithValues: scenario.nodes.enumerated().map { ($1.name, $0) })
        versions = scenario.versions
        returnsNothing = scenario.nodes.map(\.returnsNothing)
    }

    func invoke(_ invocation: NodeInvocation) throws -> Dataset? {
        switch fate {
        case .success: break
        case .failure(.transient): throw NodeFailure(.transient, "busy")
        case .failure(.io): throw NodeFailure(.io, "can not read")
        case .failure(.crash): throw NodeFailure(.internal, "died", underlying: WorkerCrash())
        case .failure(.lasting): throw NodeFailure(.invalid, "wrong input")
        case .hanging: throw NodeFailure(.cancelled, "told to stop")
        }
        guard let place = places[invocation.node], !returnsNothing[place] else { return nil }
        return .number(Scenario.result(of: place, versions[place], invocation.inputs.map(\.number)))
    }
}
