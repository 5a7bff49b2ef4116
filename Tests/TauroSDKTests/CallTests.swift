import CTauro
import TauroSDK
import Testing

@Suite("What a node asks of its call")
struct CallTests {
    let host = FakeHost()

    @Test("who is called, and when")
    func facts() {
        host.withCall { call in
            #expect(call.node == "extract")
            #expect(call.runID == "run-1")
            #expect(call.attempt == 2)
            #expect(call.startDate == "2013-01-01")
            #expect(call.endDate == nil)
            #expect(call.timeRemaining == nil)
        }
    }

    @Test("the deadline counts down on the monotonic clock")
    func deadline() {
        let status = host.invoke { pointer, _ in
            var late = pointer.pointee
            late.deadline_ns = 1
            let call = Call(&late, startDate: nil, endDate: nil)
            #expect(call.timeRemaining.map { $0 < .zero } == true)
            return TAURO_OK
        }
        #expect(status == TAURO_OK)
    }

    @Test("log, metric and progress")
    func reporting() {
        host.withCall { call in
            call.log("größer")
            call.log("careful", level: .warning)
            call.metric("auc", 0.75)
            call.progress(0.5, "half")
            call.progress(nil)
        }
        #expect(host.logs == ["1 größer", "2 careful"])
        #expect(host.metrics == ["auc": 0.75])
        #expect(host.progress == ["0.5 half", "-1.0 -"])
    }

    @Test("a query carries its own tables and values")
    func bindings() throws {
        let numbers = try Frame(columns: ["n": ArrowColumn([Int64(1), 2, 3])])
        host.answer = try RecordBatch(columns: [(name: "n", column: ArrowColumn([Int64(9)]))])
        try host.withCall { call in
            let result = try call.sql(
                "SELECT 1",
                tables: ["t": numbers],
                values: ["a": 1, "b": 2.5, "c": true, "d": "text", "e": nil],
                dialect: "duckdb"
            )
            #expect(try result.values("n", as: Int64.self) == [9])
        }
        let values: [String: SQLValue] = [
            "a": .int64(1), "b": .float64(2.5), "c": .bool(true), "d": .string("text"), "e": .null,
        ]
        #expect(
            host.queries == [FakeHost.Query(text: "SELECT 1", dialect: "duckdb", tables: ["t": [3]], values: values)]
        )
        #expect(host.released == 2, "the handed-over table and the result are given back")
    }

    @Test("a frame is the table 'this' of its own query")
    func ownQuery() throws {
        host.answer = try RecordBatch(columns: [(name: "n", column: ArrowColumn([Int64(9)]))])
        try host.withCall { call in
            let first = try call.sql("SELECT 1")
            _ = try first.sql("SELECT * FROM this", call: call)
        }
        #expect(host.queries.last == FakeHost.Query(text: "SELECT * FROM this", tables: ["this": [1]]))
    }

    @Test("a failed query throws with its status")
    func failedQuery() {
        host.withCall { call in
            let error = #expect(throws: NodeError.self) { try call.sql("SELEC") }
            #expect(error?.status == .invalid)
            #expect(error?.message == "the query failed (invalid); the host reports the cause with the node")
        }
    }

    @Test("cancellation")
    func cancellation() throws {
        try host.withCall { call in
            #expect(!call.isCancelled)
            try call.checkCancellation()
            host.isCancelled = true
            #expect(call.isCancelled)
            #expect(throws: CancellationError.self) { try call.checkCancellation() }
        }
    }

    @Test("hyperparameters with their defaults")
    func hyperparameters() {
        let functions = FakeHost.functions
        withUnsafePointer(to: functions) { functions in
            let pointer = tauro_ml(struct_size: 24, reserved: 0, host: functions, host_data: nil)
            withUnsafePointer(to: pointer) { pointer in
                host.withCall { call in
                    let ml = MLContext(pointer, scope: call.scope)
                    #expect(ml.int64("depth", default: 1) == 7)
                    #expect(ml.int64("width", default: 1) == 1)
                    #expect(ml.double("rate", default: 1) == 0.5)
                    #expect(ml.bool("on", default: false))
                    #expect(ml.string("kind", default: "line") == "tree")
                    #expect(ml.string("shape", default: "line") == "line")
                    #expect(ml.json == "{\"engine\": \"fake\"}")
                    call.scope.end()
                    #expect(ml.int64("depth", default: 1) == 1)
                    #expect(ml.json == "{}")
                }
            }
        }
    }
}
