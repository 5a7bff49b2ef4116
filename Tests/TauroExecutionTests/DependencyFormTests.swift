import TauroModel
import TauroTesting
import Testing

@testable import TauroExecution

@Suite struct DependencyFormTests {
    private func text(_ text: String) -> ConfigValue { .of(.string(text)) }

    private func map(_ keys: String...) -> ConfigValue {
        .of(
            .map(
                keys.map {
                    ConfigValue.Entry(
                        key: $0,
                        keyLocation: TauroModel.SourceLocation(file: "test"),
                        value: .of(.map([]))
                    )
                }
            )
        )
    }

    private func list(_ items: ConfigValue...) -> ConfigValue { .of(.list(items)) }

    @Test func allFiveFormsBecomeNames() throws {
        #expect(try DependencyResolver.normalizeDependencies(text("extract")) == ["extract"])
        #expect(try DependencyResolver.normalizeDependencies(map("extract")) == ["extract"])
        let names = list(text("extract"), text("transform"))
        #expect(try DependencyResolver.normalizeDependencies(names) == ["extract", "transform"])
        let maps = list(map("extract"), map("transform"))
        #expect(try DependencyResolver.normalizeDependencies(maps) == ["extract", "transform"])
        let mixed = list(map("extract"), text("transform"))
        #expect(try DependencyResolver.normalizeDependencies(mixed) == ["extract", "transform"])
    }

    @Test func nothingAndAnEmptyListAreNoDependencies() throws {
        #expect(try DependencyResolver.normalizeDependencies(.of(.null)) == [])
        #expect(try DependencyResolver.normalizeDependencies(list()) == [])
        #expect(try DependencyResolver.normalizeDependencies(map()) == [])
    }

    @Test func aMapAloneMayHaveSeveralKeysAndANameOfDigitsNeedsNoQuotes() throws {
        #expect(try DependencyResolver.normalizeDependencies(map("b", "a")) == ["b", "a"])
        #expect(try DependencyResolver.normalizeDependencies(list(.of(.integer(2024)), text("2024"))) == ["2024"])
    }

    @Test func everythingThatNamesNoNodeIsSaidInTheOriginalsWords() {
        let dependencies = list(text("a"), .of(.null), map("b", "c"), map(), list(text("d")), .of(.bool(true)))
        let error = #expect(throws: DependencyError.self) {
            try DependencyResolver.normalizeDependencies(dependencies)
        }
        #expect(
            error?.message == """
                Dependency cannot be None
                Dict dependency must have exactly one key-value pair: {b: {}, c: {}}
                Dict dependency must have exactly one key-value pair: {}
                Unsupported dependency type: list, ["d"]
                Unsupported dependency type: bool, true
                """
        )
    }

    @Test func aSecretIsNoNameAndIsNotShown() {
        var secret = text("hunter2")
        secret.isSecret = true
        let error = #expect(throws: DependencyError.self) { try DependencyResolver.normalizeDependencies(secret) }
        #expect(error?.message == "Unsupported dependency type: text, <secret>")
    }

    @Test func oneItemHasOneName() throws {
        #expect(try DependencyResolver.extractDependencyName(text("extract")) == "extract")
        #expect(try DependencyResolver.extractDependencyName(map("extract")) == "extract")
        let error = #expect(throws: DependencyError.self) { try DependencyResolver.extractDependencyName(.of(.null)) }
        #expect(error?.message == "Dependency cannot be None")
        #expect(throws: DependencyError.self) { try DependencyResolver.extractDependencyName(map("a", "b")) }
    }

    @Test func nodesOfAPipelineTakeMapsWithAName() throws {
        let named = ConfigValue.of(
            .map([
                ConfigValue.Entry(key: "name", keyLocation: TauroModel.SourceLocation(file: "test"), value: text("c"))
            ])
        )
        #expect(try DependencyResolver.extractPipelineNodes(list(text("a"), map("b"), named)) == ["a", "b", "c"])
        let error = #expect(throws: DependencyError.self) {
            try DependencyResolver.extractPipelineNodes(list(map("a", "b")))
        }
        #expect(error?.message == "Invalid node format in pipeline: {a: {}, b: {}}")
        let pipeline = PipelineDefinition(name: "p", nodes: [Located("a"), Located("b"), Located("a")])
        #expect(DependencyResolver.extractPipelineNodes(pipeline) == ["a", "b"])
    }
}
