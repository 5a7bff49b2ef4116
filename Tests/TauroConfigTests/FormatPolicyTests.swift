import TauroConfig
import TauroModel
import Testing

@Suite("The key `format_policy` of global settings")
struct FormatPolicyTests {
    @Test("a project without one has the original's lists")
    func original() throws {
        let policy = try #require(TemporaryProject.usable().load().context).globalSettings.formatPolicy
        #expect(policy == FormatPolicy())
        #expect(
            policy.supportedInputs == ["kafka", "kinesis", "delta_stream", "file_stream", "socket", "rate", "memory"]
        )
        #expect(policy.supportedOutputs == ["kafka", "memory", "console", "delta", "parquet", "json", "csv"])
        #expect(policy.checkpointRequiredInputs == ["kafka", "kinesis", "delta_stream"])
    }

    @Test("what goes together, and what does not")
    func compatibility() {
        let policy = FormatPolicy()
        #expect(policy.isSupportedInput("rate") && !policy.isSupportedInput("parquet"))
        #expect(policy.isSupportedOutput("console") && !policy.isSupportedOutput("kinesis"))
        for (batch, streaming) in [
            ("parquet", "file_stream"), ("delta", "delta_stream"), ("json", "file_stream"), ("csv", "file_stream"),
            ("kafka", "kafka"),
        ] { #expect(policy.areCompatible(batch: batch, streaming: streaming)) }
        #expect(!policy.areCompatible(batch: "parquet", streaming: "kafka"))
        #expect(!policy.areCompatible(batch: "orc", streaming: "file_stream"))
        #expect(policy.requiresCheckpoint("kafka") && !policy.requiresCheckpoint("rate"))
    }

    @Test("each list that it names replaces the original's, and no other")
    func overrides() throws {
        let project = try TemporaryProject.usable([
            "config/global_settings.yaml": """
            format_policy:
              supported_inputs: [kafka, mqtt]
              compatibility_map: {parquet: [mqtt], csv: kafka}
            """
        ])
        let policy = try #require(project.load().context, "\(project.findings())").globalSettings.formatPolicy
        #expect(policy.supportedInputs == ["kafka", "mqtt"])
        #expect(policy.supportedOutputs == FormatPolicy().supportedOutputs)
        #expect(policy.compatibility == ["parquet": ["mqtt"], "csv": ["kafka"]])
        #expect(policy.checkpointRequiredInputs == FormatPolicy().checkpointRequiredInputs)
    }
}
