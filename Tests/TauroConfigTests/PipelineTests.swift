import TauroConfig
import TauroModel
import Testing

@Suite("The section `pipelines`")
struct PipelineTests {
    private func load(_ pipelines: String, nodes: String = "a: {function: x.y}") throws -> (Context?, String) {
        let project = try TemporaryProject.usable(["config/pipelines.yaml": pipelines, "config/nodes.yaml": nodes])
        let outcome = project.load()
        return (outcome.context, project.text(of: outcome))
    }

    @Test("every key reaches its field")
    func everyKey() throws {
        let (context, _) = try load(
            """
            daily:
              type: ml
              nodes: [a]
              description: Every night.
              params: {x: 1}
              hyperparameters: {depth: 3}
              model_version: "1.0"
              max_parallel_nodes: 8
            """
        )
        let pipeline = try #require(context?.pipeline("daily"))
        #expect(pipeline.kind == .ml)
        #expect(pipeline.nodes == [Located("a")])
        #expect(pipeline.description == "Every night.")
        #expect(pipeline.parameters["x"]?.content == .integer(1))
        #expect(pipeline.hyperparameters["depth"]?.content == .integer(3))
        #expect(pipeline.modelVersion == "1.0")
        #expect(pipeline.maxWorkers == 8)
        #expect(pipeline.location?.line == 1)
    }

    @Test("nodes as names, one-key maps and maps with `name`")
    func nodeForms() throws {
        let (context, findings) = try load("p: {nodes: [a, b: {}, {name: c}, {name: d, input: [x]}]}")
        #expect(context?.pipeline("p")?.nodes.map(\.value) == ["a", "b", "c", "d"])
        #expect(
            findings == """
                config/pipelines.yaml:1:34: warning: What stands under `d` in `nodes` of pipeline `p` has no effect.
                  Settings of a node belong to its entry in `nodes`.
                """
        )
    }

    @Test("streaming and hybrid pipelines load", arguments: ["streaming", "hybrid"])
    func kinds(_ kind: String) throws {
        let (context, findings) = try load("p: {type: \(kind), nodes: [a]}")
        #expect(context?.pipeline("p")?.kind.rawValue == kind)
        #expect(findings == "")
    }

    @Test("a `type` beside the nodes is the type of pipelines that say none")
    func typeBesideNodes() throws {
        let (context, _) = try load(
            "p: {nodes: [a]}\nq: {nodes: [a], type: batch}",
            nodes: "type: hybrid\na: {function: x.y}"
        )
        #expect(context?.pipelines.map(\.kind) == [.hybrid, .batch])
        #expect(context?.nodes.map(\.name) == ["a"])
    }

    @Test("no nodes, a wrong type, no workers")
    func mistakes() throws {
        let (context, findings) = try load("p: {type: bacth, max_workers: 0}\nq: {nodes: [a], max_workers: four}")
        #expect(context == nil)
        #expect(
            findings == """
                config/pipelines.yaml:1:1: error: Pipeline `p` has no `nodes`.
                  The names of its nodes, in order.
                config/pipelines.yaml:1:11: error: `type` of pipeline `p`: found the text "bacth"; did you mean `batch`?
                config/pipelines.yaml:1:31: error: `max_workers` of pipeline `p`: expected a whole number from 1 up, found the whole number 0.
                config/pipelines.yaml:2:30: error: `max_workers` of pipeline `q`: expected a whole number from 1 up, found the text "four".
                """
        )
    }

    @Test("dates are needed only where a pipeline says so")
    func requiredDates() throws {
        let (context, findings) = try load("p: {nodes: [a], requires_dates: true}\nq: {nodes: [a]}")
        #expect(context?.pipelines.map(\.requiresDates) == [true, false])
        #expect(findings == "")
    }

    @Test("more workers than a machine gains from")
    func workers() throws {
        let (context, findings) = try load("p: {nodes: [a], max_workers: 100}\nq: {nodes: [a], max_workers: 64}")
        #expect(context?.pipelines.map(\.maxWorkers) == [100, 64])
        #expect(
            findings == """
                config/pipelines.yaml:1:30: warning: `max_workers` of pipeline `p`: 100 nodes at once are more than a machine gains from.
                  Each takes a thread and memory of its own; about as many as there are processors are enough, and up to 64 draw no warning.
                """
        )
    }

    @Test("an empty node name")
    func emptyNode() throws {
        let (_, findings) = try load("p: {nodes: [a, ~]}")
        #expect(
            findings.hasPrefix(
                "config/pipelines.yaml:1:16: error: Node cannot be None: item 2 of `nodes` of pipeline `p` is empty."
            )
        )
    }
}
