import TauroModel
import Testing

@testable import TauroConfig

@Suite("Keys that say how nodes run")
struct RunningKeysTests {
    private func context(global: String = "", pipeline: String = "", node: String = "") throws -> Context {
        let project = try TemporaryProject(Self.files(global: global, pipeline: pipeline, node: node))
        let outcome = project.load()
        return try #require(outcome.context, "\(outcome.diagnostics)")
    }

    private static func files(global: String = "", pipeline: String = "", node: String = "") -> [String: String] {
        [
            "config/global_settings.yaml": global, "config/pipelines.yaml": "p: {nodes: [a]\(pipeline)}\n",
            "config/nodes.yaml": "a: {function: x.y\(node)}\n",
        ]
    }

    private func findings(global: String = "", pipeline: String = "", node: String = "") throws -> String {
        try TemporaryProject(Self.files(global: global, pipeline: pipeline, node: node)).findings()
    }

    /// How the node is executed, with every level merged.
    private func planned(_ context: Context) throws -> PlannedExecution {
        let pipeline = try #require(context.pipeline("p"))
        return PlannedExecution(context.execution(of: try #require(context.node("a")), in: pipeline))
    }

    @Test("nothing said means the built-in values")
    func defaults() throws {
        let context = try context()
        let planned = try planned(context)
        #expect(planned.retry == RetryPolicy() && planned.priority == 0)
        #expect(planned.pool == nil && planned.memory == nil && planned.resources.isEmpty)
        let settings = context.globalSettings
        #expect(settings.durability == .process && settings.keepResults == 64_000_000 && settings.pools.isEmpty)
    }

    @Test("`retry` merges key by key: node over pipeline over global settings")
    func retryMerges() throws {
        let context = try context(
            global: "retry: {max_retries: 9, delay_seconds: 4, jitter: false, on: [io, crash]}\n",
            pipeline: ", retry: {max_retries: 5, backoff_factor: 3}",
            node: ", retry: {max_retries: 0, max_delay_seconds: 8}"
        )
        #expect(
            try planned(context).retry
                == RetryPolicy(
                    maxRetries: 0,
                    delaySeconds: 4,
                    backoffFactor: 3,
                    maxDelaySeconds: 8,
                    jitter: 0,
                    causes: [.io, .crash]
                )
        )
    }

    @Test("jitter is a number or a flag", arguments: [("true", 0.1), ("false", 0), ("1", 1), ("0.25", 0.25)])
    func jitter(written: String, value: Double) throws {
        #expect(try planned(context(node: ", retry: {jitter: \(written)}")).retry.jitter == value)
    }

    @Test("`on` takes one cause or a list, and an empty list is none")
    func causes() throws {
        #expect(try planned(context(node: ", retry: {on: timeout}")).retry.causes == [.timeout])
        #expect(try planned(context(node: ", retry: {on: [io, transient]}")).retry.causes == [.io, .transient])
        #expect(try planned(context(node: ", retry: {on: []}")).retry.causes == [])
    }

    @Test("the original's names in global settings are second names")
    func secondNames() throws {
        let context = try context(global: "max_retries: 7\nretry_delay: 2.5\nretry: {max_retries: 1}\n")
        let retry = try planned(context).retry
        #expect(retry.maxRetries == 1 && retry.delaySeconds == 2.5)
    }

    @Test("waits that no clock counts to the end are as long as it can")
    func endlessWaits() throws {
        let retry = try planned(context(node: ", retry: {delay_seconds: 1e300, max_delay_seconds: 1e300}")).retry
        #expect(retry.delaySeconds == 1e9 && retry.maxDelaySeconds == 1e9)
    }

    @Test("priority, pool, memory and resources are inherited, and the nearest counts")
    func inheritance() throws {
        let global =
            "priority: -2\npool: small\nmemory: 1 GiB\nresource: [warehouse, queue]\npools: {small: 2, big: 1}\n"
        let inherited = try context(global: global)
        let settings = inherited.execution(
            of: try #require(inherited.node("a")),
            in: try #require(inherited.pipeline("p"))
        )
        #expect(settings.resources == [Located("warehouse"), Located("queue")])
        let planned = try planned(inherited)
        #expect(planned.priority == -2 && planned.pool == "small" && planned.memory == 1 << 30)
        #expect(inherited.globalSettings.pools == ["small": 2, "big": 1])
        let near = try context(
            global: global,
            pipeline: ", priority: 3, memory: 512",
            node: ", pool: big, resource: []"
        )
        let nearest = try self.planned(near)
        #expect(nearest.priority == 3 && nearest.pool == "big" && nearest.memory == 512)
        #expect(near.node("a")?.execution.resources == [])
    }

    @Test("a circuit breaker is a map, or the built-in one, or none")
    func breakers() throws {
        let context = try context(
            global: "circuit_breaker: {failure_threshold: 5, cooldown_seconds: 10}\n",
            pipeline: ", circuit_breaker: {cooldown_seconds: 0}",
            node: ", resource: db, circuit_breaker: false"
        )
        let global = context.globalSettings.execution.breaker
        #expect(global.policy == BreakerPolicy(failureThreshold: 5, cooldownSeconds: 10))
        let pipeline = try #require(context.pipeline("p")).execution.breaker
        #expect(pipeline.merged(over: global).policy == BreakerPolicy(failureThreshold: 5, cooldownSeconds: 0))
        #expect(try #require(context.node("a")).execution.breaker.policy == nil)
        let builtIn = try self.context(pipeline: ", circuit_breaker: true").pipelines[0].execution.breaker
        #expect(builtIn.isOn == true && builtIn.merged(over: global).policy == BreakerPolicy())
    }

    @Test("what a run remembers")
    func remembering() throws {
        let settings = try context(global: "durability: power\nkeep_results: 1.5 GB\n").globalSettings
        #expect(settings.durability == .power && settings.keepResults == 1_500_000_000)
        #expect(try context(global: "keep_results: 0\n").globalSettings.keepResults == 0)
    }

    @Test("values that do not fit, each at its place")
    func wrongValues() throws {
        #expect(
            try findings(
                node:
                    ", retry: {max_retries: 1001, delay_seconds: -1, backoff_factor: 0.5, jitter: 2, on: [io, tmeout], x: 1}"
            ) == """
                config/nodes.yaml:1:41: error: `max_retries` of `retry` of node `a`: expected a whole number from 0 to 1000, found the whole number 1001.
                config/nodes.yaml:1:62: error: `delay_seconds` of `retry` of node `a`: expected a number from 0.0 up, found the whole number -1.
                config/nodes.yaml:1:82: error: `backoff_factor` of `retry` of node `a`: expected a number from 1.0 up, found the number 0.5.
                config/nodes.yaml:1:95: error: `jitter` of `retry` of node `a`: expected a number from 0 to 1, or true or false, found the whole number 2.
                config/nodes.yaml:1:107: error: `on.2` of `retry` of node `a`: found the text "tmeout"; did you mean `timeout`?
                config/nodes.yaml:1:116: error: `x` is not a key of `retry`, in `retry` of node `a`.
                  Known keys: max_retries, delay_seconds, backoff_factor, max_delay_seconds, jitter, on.
                """
        )
        #expect(
            try findings(
                pipeline:
                    ", memory: lots, resource: [\"\", 5], circuit_breaker: {failure_treshold: 2, cooldown_seconds: -1}"
            ) == """
                config/pipelines.yaml:1:25: error: `memory` of pipeline `p`: expected a number of bytes, or a number and B, KiB, MiB, GiB, kB, MB or GB, such as 512 MiB, found the text "lots".
                config/pipelines.yaml:1:46: error: `resource` of pipeline `p`: expected text, found the whole number 5.
                  Put the value in quotes.
                config/pipelines.yaml:1:68: error: `failure_treshold` is not a key of `circuit_breaker`, in `circuit_breaker` of pipeline `p`; did you mean `failure_threshold`?
                config/pipelines.yaml:1:107: error: `cooldown_seconds` of `circuit_breaker` of pipeline `p`: expected a number from 0.0 up, found the whole number -1.
                """
        )
        #expect(
            try findings(
                global:
                    "pools: {small: 0}\ndurability: machine\nkeep_results: -1\ncircuit_breaker: often\nresource: \"\"\n"
            ) == """
                config/global_settings.yaml:1:16: error: `pools.small` of global settings: expected a whole number from 1 up, found the whole number 0.
                config/global_settings.yaml:2:13: error: `durability` of global settings: expected one of `process`, `power`, found the text "machine".
                config/global_settings.yaml:3:15: error: `keep_results` of global settings: expected a number of bytes, or a number and B, KiB, MiB, GiB, kB, MB or GB, such as 512 MiB; 0 for none, found the whole number -1.
                config/global_settings.yaml:4:18: error: `circuit_breaker` of global settings: expected true or false, found the text "often".
                config/global_settings.yaml:5:11: error: `resource` of global settings has an empty name.
                """
        )
    }
}
