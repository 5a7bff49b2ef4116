/// The sources of a new plugin in Swift: one node, and its tests.
enum SwiftPluginSource {
    static func files(_ name: PluginName) -> [ScaffoldFile] {
        let module = "\(name.capitalized)Nodes"
        return [
            ScaffoldFile("Sources/\(module)/Plugin.swift", plugin, for: name),
            ScaffoldFile("Sources/\(module)/Spending.swift", node, for: name),
            ScaffoldFile("Tests/\(module)Tests/SpendingTests.swift", tests, for: name),
        ]
    }

    private static let plugin = #"""
        import TauroSDK

        #Plugin("{{name}}", version: "0.1.0")
        """#

    private static let node = #"""
        import TauroSDK

        /// What each customer spent, in orders of at least `atLeast`; who spent most comes first.
        @Node("{{name}}.spending")
        func spending(_ orders: Frame, call: Call, atLeast: Double = 0) throws -> Frame {
            guard atLeast >= 0 else { throw NodeError.invalid("atLeast is \(atLeast); it must be 0 or more") }
            return try call.sql(
                """
                SELECT customer, count(*) AS orders, sum(amount) AS spent
                FROM orders
                WHERE amount >= $atLeast
                GROUP BY customer
                ORDER BY spent DESC, customer
                """
            )
        }
        """#

    private static let tests = #"""
        import TauroNodeTesting
        import Testing

        @testable import {{Name}}Nodes

        @Suite("What each customer spent")
        struct SpendingTests {
            private static func orders() throws -> Frame {
                try Frame(["customer", "amount"], rows: [["Bob", 12.5], ["Ann", 20], ["Ann", 5], ["Bob", nil], ["Ann", 10]])
            }

            @Test("orders that are too small, or without an amount, do not count")
            func smallOrders() throws {
                let bench = try NodeTestBench(["orders": SpendingTests.orders()], parameters: ["atLeast": 10.0])
                let result = try spending(bench.frame("orders"), call: bench.call, atLeast: 10)
                #expect(try result.rows == [["Ann", 2, 30.0], ["Bob", 1, 12.5]])
            }

            @Test("a least amount below 0 is refused")
            func negative() throws {
                let bench = try NodeTestBench(["orders": SpendingTests.orders()], parameters: ["atLeast": -1.0])
                #expect(throws: NodeError.invalid("atLeast is -1.0; it must be 0 or more")) {
                    try spending(bench.frame("orders"), call: bench.call, atLeast: -1)
                }
            }

            @Test("a column that is missing is named")
            func missingColumn() throws {
                let bench = try NodeTestBench(["orders": Frame(["customer"], rows: [["Ann"]])], parameters: ["atLeast": 0.0])
                let error = #expect(throws: NodeError.self) { try spending(bench.frame("orders"), call: bench.call) }
                #expect(error?.message.contains("amount") == true)
            }
        }
        """#
}
