import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

@Suite("What is said of how nodes run is checked before anything runs")
struct ExecutionCheckTests {
    private func place(_ line: Int) -> TauroModel.SourceLocation {
        TauroModel.SourceLocation(file: "/project/config/nodes.yaml", line: line)
    }

    /// The plan of nodes `a` and `b`, after `change`.
    private func plan(
        isolation: NodeIsolation? = nil,
        resources: [String: String] = [:],
        reading: [String: [PlannedInput]] = [:],
        inputs: [String] = [],
        _ change: (inout Context) -> Void
    ) -> PlanResult {
        var fixture = PipelineFixture()
        for input in inputs { fixture.input(input) }
        fixture.node("a", inputs: inputs, outputs: ["gold.a"])
        fixture.node("b", inputs: [])
        var context = fixture.context()
        change(&context)
        var builder = PlanBuilder(
            context: context,
            signatures: fixture.functions(),
            datasets: FakeDatasets(reading: reading, resources: resources),
            request: PlanRequest(pipeline: "p", isolation: isolation)
        )
        return builder.build()
    }

    private func messages(_ result: PlanResult) -> [String] { result.diagnostics.map(\.message) }

    @Test func settingsReachThePlan() throws {
        let result = plan { context in
            context.globalSettings.pools = ["slow": 2]
            context.nodes[0].execution = ExecutionSettings(
                retry: RetrySettings(maxRetries: 1),
                priority: 5,
                pool: Located("slow"),
                memory: Located(1000)
            )
        }
        let plan = try #require(result.plan)
        let execution = plan.nodes[0].execution
        #expect(execution.retry == RetryPolicy(maxRetries: 1) && execution.priority == 5)
        #expect(execution.pool == "slow" && execution.memory == 1000 && plan.pools == ["slow": 2])
        #expect(plan.breakers.isEmpty && plan.nodes[1].execution.priority == 0)
    }

    @Test func anUnknownPoolIsToldWhereItIsSaid() {
        let ofNode = plan { context in
            context.globalSettings.pools = ["slow": 2, "web": 1]
            context.nodes[0].execution.pool = Located("slwo", at: place(4))
        }
        #expect(ofNode.plan == nil)
        #expect(messages(ofNode) == ["Node 'a': there is no pool 'slwo'"])
        #expect(ofNode.diagnostics[0].location == place(4))
        #expect(ofNode.diagnostics[0].notes == ["did you mean 'slow'?", "pools: slow, web"])
        let ofPipeline = plan { $0.pipelines[0].execution.pool = Located("web", at: place(2)) }
        #expect(messages(ofPipeline) == ["Pipeline 'p': there is no pool 'web'"], "once for both nodes")
        #expect(
            ofPipeline.diagnostics[0].notes == [
                "say in global settings how many of its nodes may run at once, for example `pools: {web: 2}`"
            ]
        )
    }

    @Test func moreMemoryThanThereIsDrawsAWarning() {
        let result = plan { context in
            context.globalSettings.memoryLimit = 999
            context.globalSettings.execution.memory = Located(1000)
            context.nodes[1].execution.memory = Located(999)
        }
        #expect(result.plan != nil)
        #expect(
            messages(result) == [
                "Global settings: 1000 bytes of memory are more than memory_limit, 999, so nodes run alone"
            ]
        )
        #expect(messages(plan { $0.nodes[0].execution.memory = Located(1 << 60) }) == [], "no limit is said")
    }

    @Test func causesThatCanNotComeUpDrawWarnings() {
        let retry = RetrySettings(causes: [.crash, .timeout], location: place(7))
        let result = plan { $0.nodes[0].execution.retry = retry }
        #expect(
            messages(result) == [
                "Node 'a': a crash in this process ends the run, so that nothing is tried again after it",
                "Node 'a': without timeout_seconds no attempt times out",
            ]
        )
        #expect(result.plan != nil && result.diagnostics.allSatisfy { $0.location == place(7) })
        let isolated = plan(isolation: .process) { context in
            context.nodes[0].execution.retry = retry
            context.nodes[0].execution.timeoutSeconds = 1
        }
        #expect(messages(isolated) == [])
        let without = plan { $0.nodes[0].execution.retry = RetrySettings(maxRetries: 0, causes: [.crash]) }
        #expect(messages(without) == [])
    }

    @Test func aDelayAboveTheLongestWaitDrawsAWarning() {
        let result = plan { $0.pipelines[0].execution.retry = RetrySettings(delaySeconds: 90) }
        #expect(
            messages(result) == [
                "Pipeline 'p': delay_seconds is 90.0, but no wait is longer than max_delay_seconds, 60.0"
            ]
        )
    }

    @Test func namedResourcesHaveTheNearestPolicyOfTheirNodesLevels() throws {
        let result = plan { context in
            context.globalSettings.execution.breaker = BreakerSettings(
                isOn: true,
                failureThreshold: 9,
                cooldownSeconds: 5
            )
            context.nodes[0].execution.resources = [Located("db"), Located("queue"), Located("db")]
            context.nodes[1].execution.resources = [Located("queue")]
            context.nodes[1].execution.breaker = BreakerSettings(isOn: true, failureThreshold: 2)
        }
        let plan = try #require(result.plan, "\(result.diagnostics)")
        #expect(plan.nodes.map(\.execution.resources) == [["db", "queue"], ["queue"]])
        #expect(
            plan.breakers == [
                "db": BreakerPolicy(failureThreshold: 9, cooldownSeconds: 5),
                "queue": BreakerPolicy(failureThreshold: 2, cooldownSeconds: 5),
            ]
        )
    }

    @Test func aBreakerOfAPipelineIsAResourceOfAllItsNodes() throws {
        let result = plan { $0.pipelines[0].execution.breaker = BreakerSettings(isOn: true, halfOpenMaxCalls: 3) }
        let plan = try #require(result.plan)
        #expect(plan.nodes.map(\.execution.resources) == [["pipeline p"], ["pipeline p"]])
        #expect(plan.breakers == ["pipeline p": BreakerPolicy(halfOpenMaxCalls: 3)])
    }

    @Test func whereThereIsToBeNoBreakerThereIsNone() throws {
        let result = plan { context in
            context.pipelines[0].execution.breaker = BreakerSettings(isOn: false)
            context.pipelines[0].execution.resources = [Located("db")]
        }
        let plan = try #require(result.plan)
        #expect(plan.breakers.isEmpty && plan.nodes.allSatisfy(\.execution.resources.isEmpty))
    }

    @Test func serversOfDatasetsAreResourcesWithoutBeingNamed() throws {
        let dataset = DatasetDefinition(id: "orders", format: Located("postgresql"), path: Located(""))
        let result = plan(
            resources: ["gold.a": "broker h:9092", "orders": "database h/shop"],
            reading: ["joined": [.source(dataset)]],
            inputs: ["joined"]
        ) { context in
            context.inputs[0].query = Located("SELECT * FROM orders")
            context.nodes[0].execution.resources = [Located("licence")]
        }
        let plan = try #require(result.plan, "\(result.diagnostics)")
        #expect(
            plan.nodes.map(\.execution.resources) == [["licence", "database h/shop", "broker h:9092"], []]
        )
        #expect(Set(plan.breakers.keys) == ["licence", "database h/shop", "broker h:9092"])
    }

    @Test func aBreakerOfANodeNeedsAResource() {
        let result = plan { $0.nodes[0].execution.breaker = BreakerSettings(isOn: true, location: place(3)) }
        #expect(result.plan == nil)
        #expect(messages(result) == ["Node 'a' has `circuit_breaker`, but names no `resource`"])
        #expect(result.diagnostics[0].location == place(3))
    }

    @Test func twoPoliciesOfOneResourceAreAnErrorThatNamesBothPlaces() {
        let result = plan { context in
            for (node, threshold) in [(0, 2), (1, 3)] {
                context.nodes[node].execution.resources = [Located("db")]
                context.nodes[node].execution.breaker = BreakerSettings(
                    isOn: true,
                    failureThreshold: threshold,
                    location: place(10 + node)
                )
            }
        }
        #expect(result.plan == nil)
        #expect(messages(result) == ["Nodes 'a' and 'b' give resource 'db' different circuit breakers"])
        #expect(result.diagnostics[0].location == place(11))
        #expect(result.diagnostics[0].notes.first?.contains("/project/config/nodes.yaml:10") == true)
    }

    @Test func nodesOfNoPipelineAreCheckedToo() {
        var fixture = PipelineFixture()
        fixture.node("a", inputs: [])
        fixture.node("loose", inputs: [])
        var context = fixture.context()
        context.pipelines[0].nodes.removeLast()
        context.nodes[1].execution.pool = Located("web")
        context.nodes[1].execution.breaker = BreakerSettings(isOn: true)
        let outcome = ProjectValidator(context: context, signatures: fixture.functions(), datasets: FakeDatasets())
            .validate()
        #expect(
            Set(outcome.diagnostics.map(\.message)) == [
                "Node 'loose' has `circuit_breaker`, but names no `resource`", "Node 'loose': there is no pool 'web'",
                "Node 'loose' is in no pipeline",
            ]
        )
    }

    @Test func anEntryThatCouldNotBeReadIsNotJudged() {
        let result = plan { context in
            context.nodes[0].location = place(1)
            context.nodes[0].execution.pool = Located("none")
            context.nodes[0].execution.breaker = BreakerSettings(isOn: true)
            context.doubtful = [place(1)]
        }
        #expect(messages(result) == [])
    }
}
