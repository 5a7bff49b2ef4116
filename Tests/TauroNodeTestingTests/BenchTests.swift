import TauroNodeTesting
import Testing

/// Counts carriers with enough flights.
@Node("bench.by_carrier")
func byCarrier(_ flights: Frame, call: Call, minFlights: Int64 = 100) throws -> Frame {
    call.log("at least \(minFlights)")
    call.progress(0.5, "half")
    call.metric("rows", Double(flights.rowCount ?? -1))
    return try call.sql(
        """
        SELECT carrier, count(*) AS n FROM flights GROUP BY carrier HAVING count(*) >= $minFlights ORDER BY carrier
        """
    )
}

@Suite("The test bench for nodes")
struct BenchTests {
    private static func flights() throws -> Frame {
        try Frame(["carrier", "delay"], rows: [["AA", 1], ["AA", nil], ["UA", 2.5]])
    }

    @Test("a node runs as an ordinary function, on the real engine")
    func realCall() throws {
        let bench = try NodeTestBench(["flights": BenchTests.flights()], parameters: ["minFlights": 2])
        let result = try byCarrier(bench.frame("flights"), call: bench.call, minFlights: 2)
        #expect(try result.rows == [["AA", 2]])
        #expect(try result.schema.description == "carrier: utf8, n: int64")
        #expect(bench.log == [NodeTestBench.LogLine("at least 2")])
        #expect(bench.metrics == ["rows": 3])
        #expect(bench.progress == [NodeTestBench.Progress(0.5, "half")])
    }

    @Test("the engine's own words are in the error")
    func queryError() throws {
        let bench = try NodeTestBench(["flights": BenchTests.flights()])
        let error = #expect(throws: NodeError.self) { try bench.call.sql("SELECT nothing FROM flights") }
        #expect(error?.status == .invalid)
        #expect(error?.message.contains("nothing") == true)
    }

    @Test("dates, tables and values of a query's own")
    func ownTables() throws {
        let bench = try NodeTestBench(startDate: "2013-01-01", endDate: "2013-01-31", attempt: 3)
        let numbers = try Frame(["n"], rows: [[1], [2], [3]])
        let result = try bench.call.sql(
            "SELECT n, $start_date AS first FROM t WHERE n > $low ORDER BY n",
            tables: ["t": numbers],
            values: ["low": 1]
        )
        #expect(try result.rows == [[2, "2013-01-01"], [3, "2013-01-01"]])
        #expect(bench.call.endDate == "2013-01-31")
        #expect(bench.call.attempt == 3)
        #expect(try result.sql("SELECT count(*) AS n FROM this", call: bench.call).rows == [[2]])
    }

    @Test("a frame lives for as long as somebody holds it")
    func lifetime() throws {
        func result() throws -> Frame {
            try NodeTestBench(["flights": BenchTests.flights()]).call.sql("SELECT * FROM flights")
        }
        #expect(try result().rows == [["AA", 1.0], ["AA", nil], ["UA", 2.5]])
    }

    @Test("cancellation and hyperparameters")
    func cancellationAndHyperparameters() throws {
        let bench = try NodeTestBench(hyperparameters: ["depth": 6, "rate": 0.1, "kind": "tree"])
        let ml = try #require(bench.ml)
        #expect(ml.int64("depth", default: 0) == 6)
        #expect(ml.double("rate", default: 0) == 0.1)
        #expect(ml.string("kind", default: "") == "tree")
        #expect(ml.json.hasPrefix(#"{"hyperparams":{"depth":6,"rate":0.1,"kind":"tree"},"model_version":null"#))
        #expect(try NodeTestBench().ml == nil)
        #expect(!bench.call.isCancelled)
        bench.cancel()
        #expect(throws: CancellationError.self) { try bench.call.checkCancellation() }
    }

    @Test("tables of rows")
    func rows() throws {
        let frame = try Frame(["a", "b", "c", "d"], rows: [[1, 1, true, nil], [nil, 2.5, nil, nil]])
        #expect(try frame.schema.description == "a: int64, b: float64, c: bool, d: utf8")
        #expect(try frame.rows == [[1, 1.0, true, nil], [nil, 2.5, nil, nil]])
        #expect(throws: NodeError.invalid("row 1 has 1 values for 2 columns")) {
            try Frame(["a", "b"], rows: [[1, 2], [3]])
        }
        #expect(throws: NodeError.invalid("the values of column 'a' are of different types")) {
            try Frame(["a"], rows: [[1], ["x"]])
        }
        #expect(throws: NodeError.invalid("the bench has no table 'x'")) { try NodeTestBench().frame("x") }
        #expect(throws: NodeError.self) { try NodeTestBench(parameters: ["x": nil]) }
    }

    @Test("days come back as text")
    func days() throws {
        let result = try NodeTestBench().call.sql("SELECT CAST('2013-03-01' AS DATE) AS day, CAST(3 AS SMALLINT) AS n")
        #expect(try result.rows == [["2013-03-01", 3]])
    }
}
