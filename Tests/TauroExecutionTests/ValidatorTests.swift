import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

/// The checks that programs call by themselves, with the sentences of the original.
@Suite struct ValidatorTests {
    private func map(_ key: String, _ value: ConfigValue) -> ConfigValue {
        .of(.map([ConfigValue.Entry(key: key, keyLocation: TauroModel.SourceLocation(file: "test"), value: value)]))
    }

    private func messages(_ pipeline: ConfigValue) -> [String] {
        PipelineValidator.validatePipelineConfig(pipeline).map(\.message)
    }

    @Test func aPipelineIsAMapWithNodes() {
        #expect(messages(.of(.list([]))) == ["Pipeline configuration must be a dictionary"])
        #expect(messages(map("type", .of(.string("batch")))) == ["Pipeline must contain 'nodes' key"])
        #expect(messages(map("nodes", .of(.list([])))) == ["Pipeline must have at least one node"])
        #expect(messages(map("nodes", .of(.null))) == ["Pipeline must have at least one node"])
        #expect(messages(map("nodes", .of(.double(1.5)))) == ["Pipeline 'nodes' must be a list"])
        #expect(messages(map("nodes", .of(.list([.of(.bool(true))])))) == ["Invalid node format in pipeline: true"])
        #expect(messages(map("nodes", .of(.list([.of(.string("a"))])))) == [])
    }

    @Test func everyMissingNodeIsNamed() {
        let nodes = ["a": NodeDefinition(name: "a", function: Located("f.a"))]
        #expect(
            PipelineValidator.validateNodeConfigs(["a", "b", "c", "b"], nodeConfigs: nodes).map(\.message) == [
                "Missing node configurations: b, c"
            ]
        )
        #expect(PipelineValidator.validateNodeConfigs(["a"], nodeConfigs: nodes) == [])
    }

    @Test func aRunHasANameAndTheDaysItNeeds() {
        func messages(_ name: String, _ start: String?, _ end: String?, requiresDates: Bool = false) -> [String] {
            PipelineValidator.validateRequiredParams(
                pipelineName: name,
                startDate: start,
                endDate: end,
                contextEndDate: Located("2025-01-31"),
                requiresDates: requiresDates
            ).map(\.message)
        }
        #expect(messages("", nil, nil) == ["Pipeline name is required"])
        #expect(messages("p", nil, nil) == [])
        #expect(messages("p", nil, nil, requiresDates: true) == ["Start date is required"])
        #expect(messages("p", "2025-01-01", nil, requiresDates: true) == [])
        #expect(messages("p", "2025-02-01", nil) == ["Start date 2025-02-01 must be <= end date 2025-01-31"])
    }

    @Test func anEndThatIsNeededAndMissingIsSaid() {
        let findings = PipelineValidator.validateRequiredParams(
            pipelineName: "p",
            startDate: "2025-01-01",
            endDate: nil,
            requiresDates: true
        )
        #expect(findings.map(\.message) == ["End date is required"])
    }
}
