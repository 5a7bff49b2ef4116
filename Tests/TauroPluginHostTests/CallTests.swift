import TauroBasics
import TauroData
import TauroModel
import Testing

@testable import TauroPluginHost

/// What goes into a call arrives, and what the node tells comes out.
struct CallTests {
    @Test func parametersOfEveryTypeArrive() throws {
        let harness = try Harness(Fixture.calls)
        #expect(try harness.call("calls.values", [], ["needed": .string("Zürich")]) == nil)
        #expect(
            harness.reports.lines(.info) == [
                "9223372036854775807 0.25 1 left\tor \"right\" -9223372036854775808 Zürich"
            ]
        )
        #expect(harness.reports.lines(.debug) == ["none none"])
        #expect(harness.reports.lines(.warning).first == "step run-1 2 77")
    }

    @Test func metricsProgressAndDatesArrive() throws {
        let harness = try Harness(Fixture.calls)
        try harness.call(
            "calls.values",
            [],
            ["needed": .string(""), "rate": .float64(-0.0), "strict": .bool(false)],
            dates: DateWindow(start: "2026-01-01", end: "2026-01-31")
        )
        #expect(harness.reports.lines(.info)[0].contains(" -0 0 "))
        #expect(harness.reports.lines(.debug) == ["2026-01-01 2026-01-31"])
        #expect(harness.reports.metrics == ["rows": 12.5])
        #expect(harness.reports.lines(.warning).last == "the metric 'broken' is not a number and was refused")
        #expect(harness.reports.fractions == [0.5, nil, 1])
    }

    @Test func sixteenInputsAndFortyEightParametersSpillInOrder() throws {
        let kinds = ["I64", "F64", "BOOL", "STR"]
        let defaults = ["0", "0.5", "false", "\"\""]
        let inputs = (0..<16).map { "TAURO_FRAME(x\($0))" }
        let parameters = (0..<48).map { "TAURO_\(kinds[$0 % 4])(p\($0), \(defaults[$0 % 4]))" }
        let frames = (0..<16).map { "tauro_logf(call, 1, \"x%lld\", (long long)tauro_frame_rows(call, x\($0)));" }
        let formats = ["%lld", "%g", "%d", "%s"]
        let casts = ["(long long)", "", "", ""]
        let values = (0..<48).map { "tauro_logf(call, 1, \"\(formats[$0 % 4])\", \(casts[$0 % 4])p\($0));" }
        let path = try Fixture.compile(
            "#include <tauro/tauro.h>\nTAURO_NODE(wide, \"wide.node\", \(inputs.joined(separator: ", ")), TAURO_ML, "
                + "\(parameters.joined(separator: ", "))) {\n\((frames + values).joined(separator: "\n"))\n"
                + "return ml ? TAURO_E_INTERNAL : tauro_emit_frame(out, x15); }\n"
        )
        let harness = try Harness(.success(path))
        var given: [String: ParameterValue] = [:]
        for index in 0..<48 {
            given["p\(index)"] =
                switch index % 4 {
                case 0: .int64(Int64(index) << 40)
                case 1: .float64(Double(index) + 0.25)
                case 2: .bool(index % 8 == 2)
                default: .string("text \(index)")
                }
        }
        let tables = try (0..<16).map { Dataset.frame(try Numbers.frame([(0..<$0).map { Int64($0) }])) }
        #expect(try Numbers.values(of: try harness.call("wide.node", tables, given)) == (0..<15).map { Int64($0) })
        let expected =
            (0..<16).map { "x\($0)" }
            + (0..<48).map { index in
                switch index % 4 {
                case 0: "\(Int64(index) << 40)"
                case 1: "\(index).25"
                case 2: index % 8 == 2 ? "1" : "0"
                default: "text \(index)"
                }
            }
        #expect(harness.reports.lines() == expected)
    }

    @Test func theStructuresAreWhatTheHeadersSay() throws {
        try Harness(Fixture.calls).call("calls.extension")
    }

    @Test func wrongInputsAndParametersNeverReachTheFunction() throws {
        let harness = try Harness(Fixture.calls)
        let frame = Dataset.frame(try Numbers.frame([]))
        let artifact = Dataset.artifact(Artifact(mediaType: "text/plain", content: .bytes([])))
        #expect(try harness.failure("calls.pass").message == "the function 'calls.pass' takes 1 inputs, got 0")
        #expect(
            try harness.failure("calls.pass", [artifact]).message.contains("takes frame as 'table', got an artifact")
        )
        #expect(try harness.failure("calls.bytes", [frame]).message.contains("takes artifact as 'model', got a frame"))
        #expect(try harness.failure("calls.query", []).message.contains("takes at least 1 inputs, got 0"))
        #expect(try harness.failure("calls.query", [frame, artifact]).message.contains("takes frames as 'rest'"))
        #expect(try harness.failure("calls.values").message.contains("takes 6 parameters, got 5"))
        #expect(
            try harness.failure("calls.values", [], ["needed": .int64(1)]).message.contains("takes str as 'needed'")
        )
        #expect(try harness.failure("calls.values", [], ["needed": .string("a\0b")]).status == .invalid)
    }

    @Test func everyStatusIsTold() throws {
        let harness = try Harness(Fixture.calls)
        let names = ["INVALID", "SCHEMA", "IO", "TRANSIENT", "CANCELLED", "OOM", "UNSUPPORTED", "INTERNAL"]
        for (index, name) in names.enumerated() {
            let failure = try harness.failure("calls.status", [], ["status": .int64(Int64(index) + 1)])
            #expect(failure.status.rawValue == Int32(index) + 1)
            #expect(failure.message == "returned \(index + 1) (TAURO_E_\(name)) without a message")
        }
        let told = try harness.failure("calls.status", [], ["status": .int64(4), "text": .string("busy")])
        #expect(told.status == .transient && told.message == "busy" && told.underlying == nil)
        let unknown = try harness.failure("calls.status", [], ["status": .int64(-99)])
        #expect(unknown.status == .internal && unknown.message == "(returned -99, which is no status of the tauro ABI)")
        let both = try harness.failure("calls.status", [], ["status": .int64(12), "text": .string("odd")])
        #expect(both.message == "odd (returned 12, which is no status of the tauro ABI)")
    }

    @Test func aTextLeftWithASuccessIsAWarning() throws {
        let harness = try Harness(Fixture.calls)
        try harness.call("calls.status", [], ["text": .string("nearly failed")])
        #expect(harness.reports.lines(.warning) == ["returned TAURO_OK, but left an error text: nearly failed"])
    }

    @Test func errorTextsAreCutAndRepaired() throws {
        let text = try Harness(Fixture.calls).failure("calls.long_text").message
        #expect(text.utf8.count <= 4096 && text.utf8.count > 4080)
        #expect(text.hasPrefix("x\u{fffd}\u{fffd}") && text.hasSuffix("ä"))
    }

    @Test func aRunningNodeSeesTheCancellation() throws {
        let harness = try Harness(Fixture.calls)
        let token = CancellationToken()
        let reports = harness.reports
        let canceller = try WatchingThread {
            !reports.lines(.info).isEmpty
        } then: {
            token.cancel()
        }
        #expect(try harness.failure("calls.stop", cancellation: token).status == .cancelled)
        canceller.join()
        let before = try harness.failure("calls.stop", cancellation: token)
        #expect(before.status == .cancelled && before.message == "cancelled before it began")
        #expect(harness.reports.lines(.info) == ["waiting"])
    }

    @Test(arguments: [
        ("std", "C++ exception: the tape is torn", NodeFailure.Status.internal),
        ("alloc", "not enough memory (std::bad_alloc)", .outOfMemory),
        ("int", "C++ exception that is not a std::exception", .internal),
    ])
    func cxxExceptionsEndTheNode(kind: String, text: String, status: NodeFailure.Status) throws {
        let failure = try Harness(Fixture.throwing).failure("throwing.any", [], ["kind": .string(kind)])
        #expect(failure.message == text && failure.status == status)
    }

    @Test func theMLContextArrives() throws {
        let harness = try Harness(Fixture.calls)
        let place = SourceLocation(file: "nodes.yaml")
        let ml = MLContext(
            hyperparameters: [
                "rate": ConfigValue(.double(0.05), at: place), "depth": ConfigValue(.integer(6), at: place),
                "on": ConfigValue(.bool(true), at: place), "name": ConfigValue(.string("forest"), at: place),
            ],
            json: "{\"model_version\": \"3\"}"
        )
        try harness.call("calls.learn", ml: ml)
        #expect(
            harness.reports.lines() == [
                "ml", "0.05 6 -1", "6 -1", "1 1", "forest otherwise", "{\"model_version\": \"3\"}",
            ]
        )
        let without = try Harness(Fixture.calls)
        try without.call("calls.learn")
        #expect(without.reports.lines() == ["no ml", "-1 -1 -1", "-1 -1", "0 1", "otherwise otherwise", "{}"])
    }

    @Test func callsOfOneNodeOverlap() throws {
        let harness = try Harness(Fixture.calls)
        let other = try WatchingThread {
            true
        } then: {
            _ = try? harness.call("calls.meet")
        }
        try harness.call("calls.meet")
        other.join()
        #expect(harness.reports.metrics["together"] == 2)
    }

    @Test func callsOfASerialPluginDoNot() throws {
        let harness = try Harness(Fixture.serial)
        let failures = Reports()
        let threads = try (0..<8).map { _ in
            try WatchingThread {
                true
            } then: {
                for _ in 0..<5 {
                    do { try harness.call("serial.alone") } catch {
                        failures.add(.log(level: .error, text: "\(error)"))
                    }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(failures.lines().isEmpty)
    }

    @Test func manyCallsAtOnceKeepTheirOwnValues() throws {
        let harness = try Harness(Fixture.calls)
        let failures = Reports()
        let threads = try (0..<8).map { thread in
            try WatchingThread {
                true
            } then: {
                for round in 0..<50 {
                    let value = Int64(thread * 1000 + round)
                    do {
                        let result = try harness.call(
                            "calls.relay",
                            [.frame(try Numbers.frame([[value], [value + 1]]))]
                        )
                        guard try Numbers.values(of: result) == [value, value + 1] else {
                            throw Harness.Missing(name: "")
                        }
                    } catch {
                        failures.add(.log(level: .error, text: "\(error)"))
                    }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(failures.lines().isEmpty)
    }

    @Test func aFileThatCannotBeLoadedSaysWhy() throws {
        let path = try Fixture.compile(
            "extern int nowhere_at_all(void);\nint user(void) { return nowhere_at_all(); }\n" + Fixture.plainNode("a.b")
        )
        let failure = try Harness(.success(path)).failure("a.b")
        #expect(failure.status == .unsupported && failure.underlying is DynamicLibraryError)
        #expect(failure.message.hasPrefix("could not load the plugin \(path): "))
        #expect(failure.message.contains("undefined symbol: nowhere_at_all"))
    }

    @Test func aFileThatChangedIsNotCalledByItsOldNotes() throws {
        let directory = try Fixture.freshDirectory()
        let path = try Fixture.compile(Fixture.plainNode("a.b"), in: directory)
        let harness = try Harness(.success(path))
        _ = try Fixture.compile(
            "#include <tauro/tauro.h>\nTAURO_NODE(plain, \"a.b\", TAURO_RETURNS(nothing), TAURO_STR(x, \"\")) "
                + "{ (void)call; return *x; }\n",
            in: directory
        )
        #expect(
            try harness.failure("a.b").message
                == "the plugin \(path) was replaced after its notes were read; start again"
        )
    }
}
