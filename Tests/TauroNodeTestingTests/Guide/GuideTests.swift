import TauroNodeTesting
import Testing

/// The guide quotes the files of this directory; `scripts/check-guide` holds it to them.
@Suite("The nodes of the authors' guide")
struct GuideTests {
    private static func orders() throws -> Frame {
        try Frame(["customer", "amount"], rows: [["Ann", 20.0], ["Bob", 5.0], ["Ann", 12.5], ["Zoë", nil]])
    }

    @Test("customers who ordered once are left out")
    func whoOrderedOnce() throws {
        let orders = try Frame(["customer", "amount"], rows: [["Ann", 20.0], ["Bob", 5.0], ["Ann", 12.5]])
        let bench = try NodeTestBench(["orders": orders], parameters: ["minOrders": 2])
        let result = try spending(bench.frame("orders"), call: bench.call, minOrders: 2)
        #expect(try result.rows == [["Ann", 32.5]])
    }

    @Test("a loop over columns")
    func columns() throws {
        let bench = try NodeTestBench(["orders": GuideTests.orders()])
        let result = try largestOrders(bench.frame("orders"), call: bench.call)
        #expect(try result.rows == [["Ann", 20.0], ["Bob", 5.0]])
    }

    @Test("a node that was told to stop, stops")
    func stopped() throws {
        let bench = try NodeTestBench(["orders": GuideTests.orders()])
        bench.cancel()
        #expect(throws: CancellationError.self) {
            try largestOrders(bench.frame("orders"), call: bench.call)
        }
    }

    @Test("tables and values of a query's own")
    func ownTables() throws {
        let bench = try NodeTestBench(["orders": GuideTests.orders()], parameters: ["names": "Ann"])
        let result = try ordersOf(bench.frame("orders"), call: bench.call, names: "Ann")
        #expect(try result.rows == [["Ann", 12.5], ["Ann", 20.0]])
    }

    @Test("failures say what was found and what was expected")
    func failures() throws {
        let bench = try NodeTestBench(
            ["orders": GuideTests.orders(), "others": Frame(["id"], rows: [[1]])],
            parameters: ["atLeast": 6.0]
        )
        #expect(try checked(bench.frame("orders"), call: bench.call, atLeast: 6).rows.count == 2)
        #expect(throws: NodeError.invalid("atLeast is -1.0; it must be 0 or more")) {
            try checked(bench.frame("orders"), call: bench.call, atLeast: -1)
        }
        #expect(throws: NodeError.self) { try checked(bench.frame("others"), call: bench.call, atLeast: 0) }
    }

    @Test("what a node tells")
    func telling() throws {
        let bench = try NodeTestBench(["orders": GuideTests.orders()])
        try countOrders(bench.frame("orders"), call: bench.call)
        #expect(bench.metrics == ["orders": 4])
        #expect(bench.progress == [NodeTestBench.Progress(1, "4 orders")])
        #expect(bench.log == [NodeTestBench.LogLine("counted 4 orders", level: .debug)])
    }

    @Test("artifacts are made and read")
    func artifacts() throws {
        let bench = try NodeTestBench(["totals": GuideTests.orders()])
        let made = try report(bench.frame("totals"), call: bench.call, title: "Totals")
        #expect(made.mediaType == "text/markdown")
        try reportLength(made, call: bench.call)
        #expect(bench.metrics["lines"] == 5)
    }

    @Test("hyperparameters, and a run without them")
    func hyperparameters() throws {
        let orders = try GuideTests.orders()
        let bench = try NodeTestBench(["orders": orders], hyperparameters: ["sample_rows": 2])
        #expect(try sample(bench.frame("orders"), call: bench.call, ml: bench.ml).rows.count == 2)
        let plain = try NodeTestBench(["orders": orders])
        #expect(try sample(plain.frame("orders"), call: plain.call, ml: plain.ml).rows.count == 4)
    }
}
