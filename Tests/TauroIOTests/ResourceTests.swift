import TauroModel
import Testing

@testable import TauroIO

/// The servers that datasets are on, by names that hold no secret.
@Suite struct ResourceTests {
    private let loader = InputLoader(engine: FakeEngine())

    private func resource(
        _ format: String,
        _ options: [String: ConfigValue.Content],
        isSecret: Bool = false
    ) -> String? {
        let place = TauroModel.SourceLocation(file: "input.yaml")
        return loader.resource(
            of: DatasetDefinition(
                id: "orders",
                format: Located(format),
                path: Located(""),
                options: options.mapValues { ConfigValue($0, at: place, isSecret: isSecret) }
            )
        )
    }

    @Test func aDatabaseIsNamedByItsServer() {
        let keywords = "host=h port=5432 user=u password=hunter2 dbname=shop"
        for address in ["postgresql://u:hunter2@h:5432/shop?sslmode=require", keywords] {
            #expect(resource("postgresql", ["uri": .string(address), "table": .string("t")]) == "database h:5432/shop")
        }
        #expect(
            resource("adbc", ["uri": .string("grpc://u:hunter2@h:1/x"), "driver": .string("d")]) == "database h:1/x"
        )
    }

    @Test func oneWhoseAddressCanNotBeShownIsNamedAfterTheDataset() {
        let address = ConfigValue.Content.string("postgresql://u:hunter2@h/shop")
        #expect(resource("postgresql", ["uri": address], isSecret: true) == "database of dataset orders")
        #expect(resource("adbc", ["uri": .string("u:hunter2@account/db")]) == "database of dataset orders")
        #expect(resource("kafka", ["bootstrap_servers": .string("h:1")], isSecret: true) == "broker of dataset orders")
    }

    @Test func brokersHaveOneNameInWhateverOrder() {
        let place = TauroModel.SourceLocation(file: "input.yaml")
        let list = ConfigValue.Content.list(["b:2", "a:1"].map { ConfigValue(.string($0), at: place) })
        #expect(resource("kafka", ["bootstrap_servers": list, "topic": .string("t")]) == "broker a:1,b:2")
        #expect(resource("kafka", ["kafka.bootstrap.servers": .string("a:1, b:2")]) == "broker a:1,b:2")
        #expect(resource("kafka", ["topic": .string("t")]) == nil)
    }

    @Test func filesAreNone() {
        #expect(resource("sqlite", ["uri": .string("/data/a.db")]) == nil)
        #expect(resource("adbc", ["uri": .string("/data/a.db")]) == nil)
        #expect(resource("csv", [:]) == nil && resource("delta", [:]) == nil)
    }
}
