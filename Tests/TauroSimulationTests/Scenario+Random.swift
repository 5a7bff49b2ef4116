import TauroModel
import TauroTesting

extension Scenario {
    /// A scenario by chance.
    static func random(_ random: inout SeededGenerator) -> Scenario {
        // Most histories are short ones: they meet the same troubles in less time.
        let count = 1 + random.below(random.below(5) == 0 ? 40 : 9)
        let pools = ["a": 1 + random.below(2), "b": 1 + random.below(3)]
        let breakers = Dictionary(uniqueKeysWithValues: ["r", "s"].map { ($0, BreakerPolicy.random(&random)) })
        var nodes: [Node] = []
        for place in 0..<count { nodes.append(.random(place, nodes, &random)) }
        return Scenario(
            nodes: nodes,
            pools: pools,
            breakers: breakers,
            maxWorkers: 1 + random.below(5),
            nodeMemory: random.below(2) == 0 ? nil : 100,
            durability: random.below(2) == 0 ? .process : .power,
            keepsResults: random.below(3) > 0,
            failurePercent: [0, 5, 25, 50][random.below(4)],
            hasLastingFailures: random.below(3) == 0,
            troubledHosts: random.below(6),
            versions: [Int](repeating: 0, count: count)
        )
    }
}

extension Scenario.Node {
    fileprivate static func random(
        _ place: Int,
        _ others: [Scenario.Node],
        _ random: inout SeededGenerator
    ) -> Scenario.Node {
        var inputs: [Int] = []
        var after: Set<Int> = []
        for _ in 0..<random.below(4) where place > 0 {
            // Near ones make long chains.
            let other = random.below(2) == 0 ? random.below(place) : max(0, place - 1 - random.below(3))
            if random.below(4) == 0 { after.insert(other) }
            if !others[other].returnsNothing, random.below(5) > 0 { inputs.append(other) } else { after.insert(other) }
        }
        let returnsNothing = random.below(10) == 0
        let outputCount = returnsNothing ? 0 : [0, 1, 1, 1, 2, 3][random.below(6)]
        return Scenario.Node(
            name: "n\(place)",
            inputs: inputs,
            after: after.sorted(),
            outputs: (0..<outputCount).map { .random("o\(place)_\($0)", isFirst: $0 == 0, &random) },
            returnsNothing: returnsNothing,
            execution: .random(&random)
        )
    }
}

extension DatasetDefinition {
    /// Formats: `exact` gives results back, `loose` does not, `table` does and knows its commits itself.
    fileprivate static func random(
        _ id: String,
        isFirst: Bool,
        _ random: inout SeededGenerator
    ) -> DatasetDefinition {
        // What several nodes add to is one table.
        let isShared = isFirst && random.below(6) == 0
        return DatasetDefinition(
            id: isShared ? "shared" : id,
            format: Located(isShared ? "table" : ["exact", "loose", "table"][random.below(3)]),
            path: Located("/project/out/\(isShared ? "shared" : id)"),
            writeMode: isShared || random.below(2) == 0 ? .append : .overwrite
        )
    }
}

extension PlannedExecution {
    fileprivate static func random(_ random: inout SeededGenerator) -> PlannedExecution {
        let settings = ExecutionSettings(
            timeoutSeconds: random.below(3) == 0 ? Double(1 + random.below(10)) : nil,
            onFailure: random.below(2) == 0 ? .stop : .skipDependents
        )
        var execution = PlannedExecution(settings)
        execution.retry = .random(&random)
        execution.priority = random.below(4) == 0 ? random.below(7) - 3 : 0
        execution.pool = ["a", "b", nil, nil][random.below(4)]
        execution.memory = random.below(3) == 0 ? Int64(1 + random.below(120)) : nil
        execution.resources = [["r"], ["s"], ["r", "s"], [], [], []][random.below(6)]
        return execution
    }
}

extension RetryPolicy {
    fileprivate static func random(_ random: inout SeededGenerator) -> RetryPolicy {
        RetryPolicy(
            maxRetries: random.below(4),
            delaySeconds: [0, 0.1, 1, 5][random.below(4)],
            backoffFactor: Double(1 + random.below(3)),
            maxDelaySeconds: 10,
            jitter: [0, 0.1, 0.5][random.below(3)],
            causes: Set(Cause.allCases.filter { _ in random.below(3) > 0 })
        )
    }
}

extension BreakerPolicy {
    fileprivate static func random(_ random: inout SeededGenerator) -> BreakerPolicy {
        BreakerPolicy(
            failureThreshold: 1 + random.below(4),
            cooldownSeconds: [0.5, 3, 20][random.below(3)],
            halfOpenMaxCalls: 1 + random.below(2)
        )
    }
}
