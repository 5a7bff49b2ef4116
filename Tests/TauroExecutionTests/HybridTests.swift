import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// Pipelines of batch and streaming nodes: what is told of them before anything could run them.
@Suite struct HybridTests {
    private func batch(
        _ name: String,
        stores outputs: [String] = [],
        after dependencies: [String] = []
    )
        -> NodeDefinition
    {
        NodeDefinition(
            name: name,
            function: Located("f.\(name)"),
            outputs: outputs.map { Located($0) },
            dependencies: dependencies.map { Located($0) }
        )
    }

    private func stream(
        _ name: String,
        reads format: String = "rate",
        path: String? = nil,
        options: [String: String] = [:],
        writes output: StreamEndpoint? = StreamEndpoint(format: Located("console")),
        after dependencies: [String] = [],
        checkpoint: String? = nil
    ) -> NodeDefinition {
        var node = batch(name, after: dependencies)
        node.streamInput = StreamEndpoint(
            format: Located(format),
            path: path.map { Located($0) },
            options: options.mapValues { .of(.string($0)) }
        )
        node.streamOutput = output
        node.execution.checkpointLocation = checkpoint
        return node
    }

    private func topic(_ name: String) -> StreamEndpoint {
        StreamEndpoint(
            format: Located("kafka"),
            options: ["kafka.bootstrap.servers": .of(.string("host:9092")), "topic": .of(.string(name))]
        )
    }

    private func validate(
        _ nodes: [NodeDefinition],
        kind: PipelineDefinition.Kind = .hybrid,
        outputs: [DatasetDefinition] = [],
        policy: FormatPolicy? = nil,
        settings: [String: ConfigValue] = [:],
        ofPipeline execution: ExecutionSettings = ExecutionSettings()
    ) -> HybridValidation {
        let names = nodes.map { Located($0.name) }
        let pipeline = PipelineDefinition(name: "p", kind: kind, nodes: names, execution: execution)
        let context = Context(
            projectDirectory: "/project",
            globalSettings: GlobalSettings(inputPath: "/project/in", outputPath: "/project/out", all: settings),
            pipelines: [pipeline],
            nodes: nodes,
            outputs: outputs
        )
        return PipelineValidator.validateHybridPipeline(pipeline, in: context, formatPolicy: policy)
    }

    @Test func aNodeWithAStreamAsInputIsAStreamingOne() {
        let result = validate([batch("prepare", stores: ["bronze.a"]), stream("watch"), batch("report")])
        #expect(result.isValid)
        #expect(result.batchNodes == ["prepare", "report"])
        #expect(result.streamingNodes == ["watch"])
        #expect(result.findings.isEmpty)
    }

    @Test func thePolicySaysWhatAStreamIs() {
        let nodes = [stream("watch", reads: "mqtt"), batch("report")]
        let refused = validate(nodes)
        #expect(refused.streamingNodes.isEmpty)
        #expect(
            refused.errors.map(\.message) == [
                "Node 'watch': streaming input format 'mqtt' not supported. Supported formats: "
                    + "kafka, kinesis, delta_stream, file_stream, socket, rate, memory",
                "Node 'watch' reads no stream, so its 'output' can not be a map",
            ]
        )
        let taken = validate(nodes, policy: FormatPolicy(supportedInputs: ["mqtt"]))
        #expect(taken.isValid)
        #expect(taken.streamingNodes == ["watch"])
    }

    /// The original's document shows a node that joins a batch and a streaming node, so that is no error here.
    @Test func whatWaitsForAStreamBelongsToTheStreamingPhase() {
        let result = validate([
            batch("extract_batch", stores: ["bronze.events"]), stream("stream_events", writes: nil),
            batch("join_sources", stores: ["gold.unified"], after: ["extract_batch", "stream_events"]),
            batch("notify", after: ["join_sources"]),
        ])
        #expect(result.isValid, "\(result.errors)")
        #expect(result.batchNodes == ["extract_batch"])
        #expect(result.streamingNodes == ["stream_events", "join_sources", "notify"])
        #expect(
            result.crossDependencies == [
                HybridValidation.CrossDependency(streamingNode: "join_sources", batchDependencies: ["extract_batch"])
            ]
        )
        #expect(result.formatCompatibility.isEmpty)
    }

    @Test func aHybridPipelineWithoutAStreamIsValidAndDrawsAWarning() {
        let result = validate([
            batch("extract_batch", stores: ["bronze.events"]), batch("stream_events", stores: ["stream.events"]),
            batch("join_sources", stores: ["gold.unified"], after: ["extract_batch", "stream_events"]),
        ])
        #expect(result.isValid)
        #expect(result.batchNodes.count == 3)
        #expect(
            result.warnings.map(\.message) == ["Pipeline 'p' is of type hybrid, but none of its nodes reads a stream"]
        )
    }

    @Test func aStreamingPipelineWithABatchNodeDrawsAWarning() {
        let result = validate([stream("watch"), batch("report")], kind: .streaming)
        #expect(result.isValid)
        #expect(
            result.warnings.map(\.message) == [
                "Pipeline 'p' is of type streaming, but not all of its nodes read a stream"
            ]
        )
    }

    @Test func formatsOnBothSidesOfADependencyGoTogether() {
        let result = validate([
            batch("load", stores: ["bronze.a"]),
            stream("watch", reads: "file_stream", path: "out/bronze/a", after: ["load"]),
        ])
        #expect(result.isValid)
        #expect(
            result.formatCompatibility == [
                HybridValidation.FormatFinding(
                    severity: .info,
                    batchNode: "load",
                    streamingNode: "watch",
                    message: "parquet of 'load' can be read as file_stream by 'watch'"
                )
            ]
        )
        #expect(result.findings.isEmpty)
    }

    @Test func formatsThatDoNotGoTogetherAreAnError() {
        let csv = DatasetDefinition(id: "bronze.a", format: Located("orc"), path: Located("/project/out/bronze/a"))
        let result = validate(
            [batch("load", stores: ["bronze.a"]), stream("watch", after: ["load"])],
            outputs: [csv]
        )
        #expect(result.formatCompatibility.map(\.severity) == [.error])
        #expect(
            result.errors.map(\.message) == [
                "Batch node 'load' stores orc, which streaming node 'watch' can not read as rate"
            ]
        )
        #expect(
            result.errors[0].notes == [
                "what can be read: csv as file_stream, delta as delta_stream, json as file_stream, kafka as kafka, "
                    + "parquet as file_stream"
            ]
        )
    }

    @Test func aStreamThatReadsElsewhereDrawsAWarning() {
        let result = validate([
            batch("load", stores: ["bronze.a"]),
            stream("watch", reads: "file_stream", path: "/elsewhere", after: ["load"]),
        ])
        #expect(result.isValid)
        #expect(
            result.warnings.map(\.message) == [
                "Streaming node 'watch' reads /elsewhere, which is not where batch node 'load' stores"
            ]
        )
        #expect(result.warnings[0].notes == ["'load' stores in /project/out/bronze/a"])
    }

    @Test func aBatchNodeThatStoresNothingGivesAStreamNothing() {
        let result = validate([batch("load"), stream("watch", after: ["load"])])
        #expect(
            result.errors.map(\.message) == [
                "Streaming node 'watch' depends on batch node 'load', which has no 'output'"
            ]
        )
    }

    @Test func aReaderOfKafkaSaysWhereItKeepsItsProgress() {
        let kafka = ["kafka.bootstrap.servers": "host:9092", "subscribe": "events"]
        let result = validate([stream("watch", reads: "kafka", options: kafka)])
        #expect(
            result.errors.map(\.message) == [
                "Streaming node 'watch' reads kafka, which requires 'checkpoint_location'"
            ]
        )
        #expect(validate([stream("watch", reads: "kafka", options: kafka, checkpoint: "state/watch")]).isValid)
        let shared = ExecutionSettings(checkpointLocation: "state")
        #expect(validate([stream("watch", reads: "kafka", options: kafka)], ofPipeline: shared).isValid)
        let base = ["checkpoints_base": ConfigValue.of(.string("state"))]
        #expect(validate([stream("watch", reads: "kafka", options: kafka)], settings: base).isValid)
    }

    @Test(
        arguments: [
            (
                "kafka", [:],
                [
                    "'kafka.bootstrap.servers' in `input.options`",
                    "exactly one of 'subscribe', 'subscribePattern', 'assign' in `input.options`",
                ]
            ),
            (
                "kafka", ["kafka.bootstrap.servers": "h", "subscribe": "a", "assign": "b"],
                [
                    "exactly one of 'subscribe', 'subscribePattern', 'assign' in `input.options`, found 'subscribe' and 'assign'"
                ]
            ),
            ("kinesis", ["streamName": "s"], ["'region' in `input.options`"]),
            ("delta_stream", [:], ["'path' in `input`"]),
            ("file_stream", [:], ["'path' in `input`"]),
            ("file_stream", ["path": "in"], []),
            ("rate", [:], []),
        ] as [(String, [String: String], [String])]
    ) func everyFormatIsToldWhatItNeeds(format: String, options: [String: String], needs: [String]) {
        let result = validate([stream("watch", reads: format, options: options, checkpoint: "state")])
        #expect(result.errors.map(\.message) == needs.map { "Streaming node 'watch': \(format) needs \($0)" })
    }

    @Test func aStreamGoesSomewhere() {
        #expect(
            validate([stream("watch", writes: nil)]).errors.map(\.message) == [
                "Streaming node 'watch' must have an 'output'"
            ]
        )
        let nowhere = StreamEndpoint(format: nil)
        #expect(
            validate([stream("watch", writes: nowhere)]).errors.map(\.message) == [
                "Streaming node 'watch' must have an 'output' with a 'format'"
            ]
        )
        let wrong = StreamEndpoint(format: Located("parqet"))
        let finding = validate([stream("watch", writes: wrong)]).errors
        #expect(finding.map(\.notes.first) == ["did you mean 'parquet'?"])
    }

    @Test func nodesThatWriteOneTopicOrOnePathAreConflicts() {
        let files = StreamEndpoint(format: Located("parquet"), path: Located("out/gold/a"))
        let result = validate([
            stream("one", writes: topic("events")), stream("two", writes: topic("events")),
            batch("load", stores: ["gold.a"]), stream("three", writes: files),
        ])
        #expect(
            result.resourceConflicts == [
                HybridValidation.ResourceConflict(
                    kind: .path,
                    resource: "/project/out/gold/a",
                    nodes: ["load", "three"]
                ), HybridValidation.ResourceConflict(kind: .topic, resource: "events", nodes: ["one", "two"]),
            ]
        )
        #expect(
            result.errors.map(\.message) == ["Nodes 'load' and 'three' both write the path /project/out/gold/a"]
        )
        #expect(result.warnings.map(\.message) == ["Nodes 'one' and 'two' both write the Kafka topic 'events'"])
    }
}
