import TauroBasics
import TauroModel
import Testing

@testable import TauroPluginHost

/// What the checks that call nodes say of nodes that each break one rule.
@Suite struct CallChecksTests {
    private static let lost =
        "crashed: its worker process was killed by SIGSEGV (it used memory that is not its own, "
        + "or its stack overflowed)"

    @Test(arguments: [
        (
            PluginCheck.defaultCall, "says_nothing",
            "error: the node ill.says_nothing returned 3 (TAURO_E_IO) without a message, called with its declared "
                + "defaults"
        ),
        (
            .defaultCall, "unknown_status",
            "error: the node ill.unknown_status returned 99, which is no status of the tauro ABI, called with its "
                + "declared defaults"
        ),
        (.fewRows, "needs_rows", "error: the node ill.needs_rows \(lost), called with a table without batches"),
        (
            .shapes, "needs_values",
            "error: the node ill.needs_values crashed: its worker process was killed by SIGABRT (abort: a failed "
                + "assertion, heap corruption, or an exception that nobody caught), called with a table of nulls"
        ),
        (
            .shapes, "forgets_offset",
            "error: the node ill.forgets_offset returns other rows for a slice of a table than for a copy of the "
                + "same rows"
        ),
        (
            .otherColumns, "needs_columns",
            "error: the node ill.needs_columns \(lost), called with 'table' without columns"
        ),
        (
            .extremes, "divides",
            "error: the node ill.divides crashed: its worker process was killed by SIGFPE (a whole number was divided "
                + "by zero), called with by = 0"
        ),
        (.dates, "needs_dates", "error: the node ill.needs_dates \(lost), called with no dates"),
        (.mlContext, "needs_ml", "error: the node ill.needs_ml \(lost), called with no ML context"),
        (
            .bounds, "reads_beyond",
            "error: the node ill.reads_beyond read or wrote beyond the end of the values of the column 'id' of "
                + "'table', called with its declared defaults"
        ),
        (
            .bounds, "writes",
            "error: the node ill.writes wrote to the values of the column 'id' of 'table', which is only for reading, "
                + "called with its declared defaults"
        ),
        (
            .releases, "releases_twice",
            "error: the node ill.releases_twice released a batch of 'table' more than once, called with its declared "
                + "defaults (and 4 other cases)"
        ),
        (
            .releases, "never_releases",
            "error: the node ill.never_releases never released a batch of 'table', called with its declared defaults "
                + "(and 4 other cases)"
        ),
        (
            .releases, "uses_released",
            "error: the node ill.uses_released used the values of the column 'id' of 'table' after it had released "
                + "the batch, called with its declared defaults"
        ),
        (
            .releases, "keeps_mark",
            "error: the node ill.keeps_mark does not set 'release' to NULL in the release function of what it returns"
        ),
        (
            .result, "wrong_schema",
            "error: the node ill.wrong_schema returned a frame that is not sound: column 'id' (utf8) is no sound Arrow "
                + "array: 2 buffers where its type has 3, called with its declared defaults"
        ),
        (
            .result, "wrong_offsets",
            "error: the node ill.wrong_offsets returned a frame that is not sound: column 'name' (utf8), batch 0: its "
                + "offsets go back from 9 to 2 at row 1, called with its declared defaults"
        ),
        (
            .result, "wrong_text",
            "error: the node ill.wrong_text returned a frame that is not sound: column 'name' (utf8), batch 0, row 1: "
                + "not valid UTF-8, called with its declared defaults"
        ),
        (
            .result, "changing_schema",
            "error: the node ill.changing_schema returned the columns (id: int64), and for the same call (id: uint64)"
        ),
        (
            .cancellation, "ignores_stop",
            "error: the node ill.ignores_stop did not return within 2 s of being told to stop, called with its "
                + "declared defaults, told to stop before it began"
        ),
        (
            .failingInput, "hides_failure",
            "error: the node ill.hides_failure returned TAURO_OK although reading 'table' failed"
        ),
        (
            .growth, "leaks_files",
            "error: the node ill.leaks_files leaves 100 open files behind with 100 calls"
        ),
        (
            .growth, "leaks_threads",
            "error: the node ill.leaks_threads leaves 100 threads behind with 100 calls"
        ),
        (
            .threads, "shares_state",
            "error: the node ill.shares_state answered TAURO_E_INTERNAL: in use, called with its declared defaults on "
                + "two threads at once, and TAURO_OK alone"
        ),
        (
            .repetition, "by_chance",
            "info: the node ill.by_chance returns other rows, or in another order, for the same call"
        ),
        (
            .afterReturn, "tells_late",
            "error: the node ill.tells_late used tauro_log after it had returned"
        ),
    ])
    func faultIsToldInASentence(check: PluginCheck, node: String, sentence: String) throws {
        let complaints = try WorkerCheckFixture.illMannered().complaints(check, "ill.\(node)")
        #expect(complaints == [sentence], "\(complaints)")
    }

    @Test func memoryThatIsLeftBehindIsTold() throws {
        let complaints = try WorkerCheckFixture.illMannered().complaints(.growth, "ill.leaks_memory")
        // Nobody compares memory under a sanitizer.
        guard Sanitizer.current == nil else { return #expect(complaints.isEmpty) }
        // What the allocator does beside differs from run to run.
        #expect(complaints.count == 1)
        #expect(complaints[0].hasPrefix("error: the node ill.leaks_memory leaves "))
        #expect(complaints[0].hasSuffix(" KiB of memory behind with 100 calls"))
    }

    @Test func callThatDoesNotEndIsKilled() throws {
        let complaints = try WorkerCheckFixture.illMannered().complaints(.time, "ill.never_ends", timeout: .seconds(1))
        #expect(
            complaints == [
                "error: the node ill.never_ends did not end within 1 s, and its worker process was killed, called with "
                    + "its declared defaults"
            ]
        )
    }

    @Test func errorsThatNameNothingAreTold() throws {
        let complaints = try WorkerCheckFixture.illMannered().complaints(.errorNames, "ill.vague")
        #expect(
            complaints.first
                == "warning: the node ill.vague does not name 'limit' in its error, called with limit = "
                + "-9223372036854775808: something is wrong"
        )
    }

    @Test func whatDoesNotApplyIsSkippedWithAReason() throws {
        let fixture = try WorkerCheckFixture.illMannered()
        #expect(try fixture.complaints(.fewRows, "ill.vague") == ["skipped: the node takes no frame"])
        #expect(try fixture.complaints(.mlContext, "ill.vague") == ["skipped: the node takes no ML context"])
        #expect(try fixture.complaints(.result, "ill.vague") == ["skipped: the node returns no frame"])
    }

    @Test func nodeThatDiesOfAPlainCallIsNotCalledOn() throws {
        let path = try Fixture.compile(
            "#include <tauro/tauro.h>\nTAURO_PLUGIN(\"dies\", \"1\");\n"
                + "TAURO_NODE(dies, \"dies.node\", TAURO_RETURNS(nothing)) { (void)call; __builtin_trap(); }\n"
        )
        let fixture = try WorkerCheckFixture(path)
        let findings = try fixture.checks(WorkerChecks.Settings()).findings(
            fixture.file.plugin,
            fixture.file.signatures
        )
        let calls = findings.filter { $0.check.group == .call }
        #expect(calls.filter { $0.severity == .error }.map(\.check) == [.defaultCall])
        #expect(
            calls.dropFirst().allSatisfy {
                $0.message == "the node does not survive a call with its declared defaults"
            }
        )
        #expect(calls.count == 18)
    }

    @Test func failureOfANodeThatKnowsItsRowsIsAnError() throws {
        let path = try Fixture.compile(
            "#include <tauro/tauro.h>\nTAURO_PLUGIN(\"picky\", \"1\");\n"
                + "TAURO_NODE(picky, \"picky.node\", TAURO_RETURNS(nothing), TAURO_FRAME(orders)) {\n"
                + "  (void)orders;\n  return tauro_fail(call, TAURO_E_SCHEMA, \"no column 'amount'\");\n}\n"
        )
        let fixture = try WorkerCheckFixture(path)
        let unknown = try fixture.findings(.defaultCall, "picky.node")
        #expect(unknown.map(\.severity) == [.info])
        #expect(unknown.first?.cure == "give it rows of its own: --input orders=FILE (csv, json or parquet)")
        let known = try fixture.findings(
            .defaultCall,
            "picky.node",
            inputs: ["orders": .frame(try Numbers.frame([[1]]))]
        )
        #expect(
            known.map(\.message) == [
                "the node picky.node failed with its declared defaults: TAURO_E_SCHEMA: no column 'amount'"
            ]
        )
    }

    @Test func wellMannersPassEveryCheck() throws {
        let fixture = try WorkerCheckFixture(try Fixture.calls.get())
        for check in PluginCheck.all(of: .call) {
            let complaints = try fixture.complaints(check, "calls.relay")
            #expect(complaints.allSatisfy { $0.hasPrefix("skipped") }, "\(complaints)")
        }
    }
}
