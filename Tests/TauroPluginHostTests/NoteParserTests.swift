import TauroModel
import Testing

@testable import TauroPluginHost

/// Notes are read exactly as NOTE-GRAMMAR.md says, and a bad one is told where and why.
struct NoteParserTests {
    private static let plugin = NodeSignature.Plugin(path: "/p/a.so", name: "a", version: "1", isSerial: false)

    private func parse(_ text: String) throws(PluginFormatError) -> NodeSignature {
        try NoteParser.signature(try NoteText(text.utf8), plugin: NoteParserTests.plugin)
    }

    private func reason(_ lines: String) -> String {
        do throws(PluginFormatError) {
            _ = try parse("node\ta.b\ts\n" + lines)
            return "taken"
        } catch {
            return error.reason
        }
    }

    @Test func everyItemIsRead() throws {
        let signature = try parse(
            "node\tflights.etl.clean\tflights_clean\ndoc\t\"Removes \" \"late ones.\"\nreturns\tartifact\nrowwise\n"
                + "x-color\tblue\nin\tframe\tflights\nin\tartifact\tmodel\nin\tframes\trest\nml\n"
                + "param\ti64\tcount\t-0\nparam\tf64\trate\t1.5e-3\nparam\tbool\tstrict\ttrue\n"
                + "param\tstr\tmode\t\"a\\tb\" \"c\"\nparam\ti64\tlimit\tTAURO_REQUIRED\n"
        )
        #expect(
            signature
                == NodeSignature(
                    name: "flights.etl.clean",
                    symbol: "flights_clean",
                    documentation: "Removes late ones.",
                    result: .artifact,
                    isRowwise: true,
                    inputs: [
                        .init(kind: .frame, name: "flights"), .init(kind: .artifact, name: "model"),
                        .init(kind: .frames, name: "rest"),
                    ],
                    takesML: true,
                    parameters: [
                        .init(name: "count", type: .int64, defaultValue: .int64(0)),
                        .init(name: "rate", type: .float64, defaultValue: .float64(0.0015)),
                        .init(name: "strict", type: .bool, defaultValue: .bool(true)),
                        .init(name: "mode", type: .string, defaultValue: .string("a\tbc")),
                        .init(name: "limit", type: .int64, defaultValue: nil),
                    ],
                    plugin: NoteParserTests.plugin
                )
        )
    }

    @Test func theShortestNodeReturnsAFrame() throws {
        let signature = try parse("node\ta.b\ts\n")
        #expect(signature.result == .frame && signature.inputs.isEmpty && signature.documentation == nil)
        #expect(try parse("node\ta.b\ts\nrowwise\n\u{0}garbage").isRowwise)
    }

    @Test func theMessageNamesNodeLineAndWhatWasExpected() {
        #expect(
            reason("in\tframe\tx\nreturns\tframe\n")
                == "is malformed: the note of node 'a.b', line 3 'returns\\tframe': expected the order doc, returns and "
                + "rowwise, then in, then ml, then param"
        )
    }

    @Test(arguments: [
        ("colour\tblue\n", "line 2 'colour\\tblue': expected doc, returns"),
        ("flag\tserial\n", "expected doc, returns"),
        ("in\ttable\tx\n", "expected in, one of frame, artifact, frames"), ("in\tframe\n", "expected in, one of"),
        ("in\tframe\t1x\n", "expected a name of letters"), ("in\tframe\tcall\n", "'call' is an argument of every node"),
        ("in\tframe\tx\nin\tframe\tx\n", "'x' appears twice"),
        ("in\tframe\tx\nparam\ti64\tx\t1\n", "'x' appears twice"),
        ("in\tframes\tx\nin\tframe\ty\n", "no input after 'x'"), ("in\tframe\tx_0\nin\tframes\tx\n", "two tables"),
        ("ml\nml\n", "one 'ml' line"), ("ml\tyes\n", "one 'ml' line"), ("param\ti64\tx\t1\nml\n", "expected the order"),
        ("param\ti32\tx\t1\n", "one of i64, f64, bool, str"), ("param\ti64\tx\n", "and a default"),
        ("param\ti64\tout\t1\n", "'out' is an argument"), ("param\ti64\tx\t1.5\n", "expected a whole number"),
        ("param\ti64\tx\tLIMIT\n", "a macro's name or a suffix is not expanded"),
        ("param\ti64\tx\t9223372036854775808\n", "expected a whole number between"),
        ("param\tf64\tx\tnan\n", "expected a decimal number"), ("param\tf64\tx\t1e999\n", "that a double can hold"),
        ("param\tbool\tx\t1\n", "expected true or false"),
        ("param\tstr\tx\tleft\n", "a string literal in double quotes"),
        ("param\tstr\tx\t\"left\n", "expected a closing quote"), ("param\tstr\tx\t\"a\\0b\"\n", "without a NUL"),
        ("doc\tplain\n", "a string literal"), ("doc\n", "expected a tab and more"),
        ("rowwise\tyes\n", "rowwise without"),
        ("returns\ttable\n", "one of frame, artifact, nothing"),
        ("returns\tframe\nreturns\tnothing\n", "returns and one"),
        ("\n", "line 2 '': expected doc"),
    ])
    func whatIsMalformedIsRefused(lines: String, expected: String) {
        let reason = reason(lines)
        #expect(reason.contains(expected), "\(reason)")
        #expect(reason.hasPrefix("is malformed: the note of node 'a.b', line "))
    }

    @Test(arguments: [
        "node\tab\ts\n", "node\ta.\ts\n", "node\t.b\ts\n", "node\ta.1b\ts\n", "node\ta.b\n", "node\ta.b\t\n",
    ])
    func theFirstLineIsCheckedToo(text: String) {
        #expect(throws: PluginFormatError.self) { try parse(text) }
    }

    @Test func textHasToBeWholeLinesOfUTF8() {
        #expect(throws: PluginFormatError("is malformed: a tauro note's last line does not end with a line feed")) {
            try NoteText("node\ta.b\ts".utf8)
        }
        #expect(throws: PluginFormatError("is malformed: a tauro note is not valid UTF-8")) {
            try NoteText([0x6e, 0xff, 0x0a])
        }
        #expect(throws: PluginFormatError.self) { try NoteText([]) }
    }

    @Test func atMostSixteenInputsAndFortyEightParameters() {
        func inputs(_ count: Int) -> String { (0..<count).map { "in\tframe\tx\($0)\n" }.joined() }
        func parameters(_ count: Int) -> String { (0..<count).map { "param\ti64\tp\($0)\t1\n" }.joined() }
        #expect(reason(inputs(16) + parameters(48)) == "taken")
        #expect(reason(inputs(17)).contains("line 18 'in\\tframe\\tx16': expected at most 16 inputs"))
        #expect(reason(parameters(49)).contains("expected at most 48 parameters"))
    }

    @Test(arguments: [
        ("\"\"", ""), ("\"a\"  \"b\"", "ab"), (#""\n\t\r\\\"\'\?\a\b\f\v""#, "\n\t\r\\\"'?\u{7}\u{8}\u{c}\u{b}"),
        (#""\x41\101\xc3\xa4""#, "AAä"), (#""\x9z""#, "\tz"), (#""\1018""#, "A8"), ("\"Zürich ✈\"", "Zürich ✈"),
        ("\"a\" ", "a"), ("\"tab\there\"", "tab\there"),
    ])
    func stringLiteralsAreReadAsCDoes(literal: String, text: String) throws {
        #expect(try CLiteral.string(literal) == text)
    }

    @Test(arguments: [
        #""\x""#, #""\x414""#, #""\400""#, #""\q""#, #""\u0041""#, #""\"#, #""a" b"#, #""\xff""#, "u8\"a\"", "",
        #""\x00""#,
    ])
    func badStringLiteralsAreRefused(literal: String) {
        #expect(throws: CLiteral.Malformed.self) { try CLiteral.string(literal) }
    }

    @Test func numbersAreReadAsTheGrammarSays() throws {
        #expect(try CLiteral.int64("-9223372036854775808") == .min)
        #expect(try CLiteral.int64("+7") == 7)
        #expect(try CLiteral.int64("0x7fffFFFFffffFFFF") == .max)
        #expect(try CLiteral.float64("-1.5E+2") == -150)
        #expect(try CLiteral.float64("600") == 600)
        for bad in ["0x", "0x8000000000000000", "0x-1", "10L", "1 0", "", "--1", "0b1"] {
            #expect(throws: CLiteral.Malformed.self, "\(bad)") { try CLiteral.int64(bad) }
        }
        for bad in ["", "inf", "0x1p3", "1.0f", "1e", "."] {
            #expect(throws: CLiteral.Malformed.self, "\(bad)") { try CLiteral.float64(bad) }
        }
    }
}
