import CTauro
import TauroSDK
import Testing

@Suite("A node called through its C entry point")
struct NodeEntryTests {
    let host = FakeHost()

    @Test("an input may be handed on as it is")
    func passesOn() throws {
        let rows = try host.table([1, 2])
        let status = host.invoke { call, out in _tauroEntry_pass(call, rows, nil, nil, out) }
        #expect(status == TAURO_OK)
        #expect(host.emitted === FakeHost.table(rows))
        #expect(host.released == 0)
    }

    @Test("parameters, log lines and a built frame")
    func builds() throws {
        let rows = try host.table([1, nil, 2])
        let status = host.invoke { call, out in _tauroEntry_total(call, rows, nil, nil, 100, "all", out) }
        #expect(status == TAURO_OK)
        #expect(host.logs == ["1 all 103"])
        #expect(try host.emitted?.batches.first?.column("total", as: Int64.self).first == 103)
    }

    @Test("a list of inputs, and no result")
    func takesTheRest() throws {
        let first = try host.table([1])
        let others: [OpaquePointer?] = [try host.table([1, 2]), try host.table([])]
        let status = others.withUnsafeBufferPointer { others in
            var list = tauro_frame_list(
                struct_size: UInt32(MemoryLayout<tauro_frame_list>.size),
                reserved: 0,
                count: others.count,
                frames: others.baseAddress
            )
            return host.invoke { call, out in _tauroEntry_countAll(call, first, &list, nil, nil, out) }
        }
        #expect(status == TAURO_OK)
        #expect(host.metrics == ["rows": 3])
        #expect(host.emitted == nil)
    }

    @Test("artifacts and the ML context")
    func artifacts() {
        let thing = FakeHost.Thing()
        let pointer = OpaquePointer(Unmanaged.passUnretained(thing).toOpaque())
        var functions = FakeHost.functions
        let status = withUnsafePointer(to: &functions) { functions in
            var ml = tauro_ml(struct_size: 24, reserved: 0, host: functions, host_data: nil)
            return host.invoke { call, out in _tauroEntry_describe(call, pointer, nil, nil, &ml, true, out) }
        }
        #expect(status == TAURO_OK)
        #expect(host.emittedArtifact == "text/plain; charset=utf-8: CONTENT 7")
        _ = host.invoke { call, out in _tauroEntry_describe(call, pointer, nil, nil, nil, false, out) }
        #expect(host.emittedArtifact == "text/plain; charset=utf-8: content 0")
    }

    @Test(
        "a thrown error becomes a status and a text",
        arguments: [
            ("transient", TAURO_E_TRANSIENT, ["4 try again"]),
            ("cancelled", TAURO_E_CANCELLED, ["5 the node stopped because it was told to"]),
            ("column", TAURO_E_SCHEMA, ["2 no column 'm' among 'n'; did you mean 'n'?"]),
            ("sql", TAURO_E_INVALID, []),
            ("other", TAURO_E_INTERNAL, ["8 the sample broke"]),
        ]
    )
    func failures(how: String, expected: Int32, texts: [String]) throws {
        host.isCancelled = true
        let rows = try host.table([1])
        let status = host.invoke { call, out in _tauroEntry_fail(call, rows, nil, nil, how, out) }
        #expect(status == expected)
        #expect(host.failures == texts)
    }

    @Test("what outlives its node says so instead of touching memory that is gone")
    func outlives() throws {
        var kept: (call: Call, frame: Frame)?
        try host.withCall { call in
            host.answer = try RecordBatch(columns: [(name: "n", column: ArrowColumn([Int64(1)]))])
            kept = (call, try call.sql("SELECT 1"))
        }
        let (call, frame) = try #require(kept)
        #expect(call.isCancelled)
        #expect(frame.rowCount == nil)
        call.log("nobody hears this")
        #expect(host.logs.isEmpty)
        let expected = "belongs to a node that has returned; take what is needed from it before that"
        let reading = #expect(throws: NodeError.self) { try frame.batches }
        #expect(reading?.message == "this frame " + expected)
        let asking = #expect(throws: NodeError.self) { try call.sql("SELECT 1") }
        #expect(asking?.message == "this call " + expected)
        kept = nil
    }

    @Test("a frame of another call is refused")
    func foreignFrame() throws {
        try host.withCall { first in
            host.answer = try RecordBatch(columns: [(name: "n", column: ArrowColumn([Int64(1)]))])
            let frame = try first.sql("SELECT 1")
            host.withCall { second in
                #expect(throws: NodeError.invalid("this frame belongs to another call")) {
                    try second.sql("SELECT 1", tables: ["t": frame])
                }
            }
        }
    }
}
