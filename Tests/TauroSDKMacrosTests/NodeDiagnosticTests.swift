import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacrosGenericTestSupport
import Testing

/// A source, and the one complaint it draws.
struct Complaint: Sendable, CustomTestStringConvertible {
    let source: String
    let text: String

    init(_ source: String, _ text: String) {
        self.source = source
        self.text = text
    }

    var testDescription: String { source }
}

@Suite("What @Node and #Plugin refuse")
struct NodeDiagnosticTests {
    private static let supported =
        ": inputs are Frame, Artifact or a last [Frame], parameters are Int64, Double, Bool or String, and there are "
        + "'call: Call' and 'ml: MLContext?'"

    @Test(
        "functions that can be no node",
        arguments: [
            Complaint("@Node(\"a.b\") struct S {}", "1:1: '@Node' belongs on a function"),
            Complaint(
                "struct S {\n  @Node(\"a.b\") func f() {}\n}",
                "2:21: a node is a function at file scope, because its C entry point has no 'self' to call 'f' on; "
                    + "move it out of the type"
            ),
            Complaint(
                "@Node(\"a.b\") func f<T>() {}",
                "1:20: 'f' can not be generic: a node has one C entry point, of fixed types"
            ),
            Complaint(
                "@Node(\"a.b\") func f() async throws {}",
                "1:23: 'f' can not be async: a node runs to its end on the thread that the host called it on"
            ),
            Complaint(
                "@Node(\"a.b\") @MainActor func f() {}",
                "1:14: 'f' can not be isolated to 'MainActor': a node runs on the thread that the host called it on"
            ),
            Complaint(
                "@Node(\"a.b\") func f() -> [Frame] {}",
                "1:26: a node returns Frame, Artifact or nothing, but not '[Frame]'"
            ),
            Complaint(
                "@Node(\"a.b\") func f() -> Frame? {}",
                "1:26: a node returns Frame, Artifact or nothing, but not 'Frame?'"
            ),
        ]
    )
    func functions(complaint: Complaint) { check(complaint) }

    @Test(
        "what is written in the macro itself",
        arguments: [
            Complaint(
                "@Node(\"by_carrier\") func f() {}",
                "1:7: 'by_carrier' is no name of a node: join two or more identifiers of ASCII letters, digits and "
                    + "underscores by dots, as in \"flights.gold.by_carrier\""
            ),
            Complaint(
                "@Node(\"a..b\") func f() {}",
                "1:7: 'a..b' is no name of a node: join two or more identifiers of ASCII letters, digits and "
                    + "underscores by dots, as in \"flights.gold.by_carrier\""
            ),
            Complaint(
                "@Node(\"a.1b\") func f() {}",
                "1:7: 'a.1b' is no name of a node: join two or more identifiers of ASCII letters, digits and "
                    + "underscores by dots, as in \"flights.gold.by_carrier\""
            ),
            Complaint(
                "@Node(\"a.\\(b)\") func f() {}",
                "1:7: the name of a node is a string literal without interpolation: it is read while compiling"
            ),
            Complaint(
                "@Node(name) func f() {}",
                "1:7: the name of a node is a string literal without interpolation: it is read while compiling"
            ),
            Complaint(
                "@Node(\"a.b\", rowwise: flag) func f() {}",
                "1:23: 'rowwise' is true or false, written out: it is read while compiling"
            ),
            Complaint(
                "#Plugin(name, version: \"1\")",
                "1:9: the name of a plugin is a string literal without interpolation: it is read while compiling"
            ),
            Complaint(
                "#Plugin(\"p\", version: \"\")",
                "1:23: the version of a plugin has at least one character, and neither tabs nor control characters"
            ),
            Complaint(
                "#Plugin(\"p\\t\", version: \"1\")",
                "1:9: the name of a plugin has at least one character, and neither tabs nor control characters"
            ),
            Complaint(
                "#Plugin(\"p\", version: \"1\", serial: isSerial)",
                "1:36: 'serial' is true or false, written out: it is read while compiling"
            ),
        ]
    )
    func macroArguments(complaint: Complaint) { check(complaint) }

    @Test(
        "arguments that a node can not have",
        arguments: [
            Complaint("@Node(\"a.b\") func f(x: Date) {}", "1:24: a node can not take 'x: Date'" + supported),
            Complaint("@Node(\"a.b\") func f(x: String?) {}", "1:24: a node can not take 'x: String?'" + supported),
            Complaint("@Node(\"a.b\") func f(x: some P) {}", "1:24: a node can not take 'x: some P'" + supported),
            Complaint("@Node(\"a.b\") func f(x: Int) {}", "1:24: a node can not take 'x: Int'; write 'Int64'"),
            Complaint("@Node(\"a.b\") func f(x: Float) {}", "1:24: a node can not take 'x: Float'; write 'Double'"),
            Complaint(
                "@Node(\"a.b\") func f(ml: MLContext) {}",
                "1:25: a node can not take 'ml: MLContext'; write 'MLContext?'"
            ),
            Complaint(
                "@Node(\"a.b\") func f(_ x: inout Frame) {}",
                "1:26: 'x' can not be inout: what a node is given does not change"
            ),
            Complaint(
                "@Node(\"a.b\") func f(_ x: Frame...) {}",
                "1:26: 'x' can not be variadic; take all remaining inputs as a last '[Frame]'"
            ),
            Complaint(
                "@Node(\"a.b\") func f(_: Frame) {}",
                "1:21: this Frame needs a name: configuration and SQL call it by that"
            ),
            Complaint(
                "@Node(\"a.b\") func f(_ out: Frame) {}",
                "1:23: 'out' is taken: every node has an argument of that name in C and in SQL"
            ),
            Complaint(
                "@Node(\"a.b\") func f(flüge: Frame) {}",
                "1:21: 'flüge' can not be the name of an input or parameter: use ASCII letters, digits and underscores"
            ),
            Complaint("@Node(\"a.b\") func f(c: Call, d: Call) {}", "1:20: a node takes Call once"),
            Complaint("@Node(\"a.b\") func f(c: MLContext?, d: MLContext?) {}", "1:20: a node takes MLContext once"),
            Complaint(
                "@Node(\"a.b\") func f(x: [Frame], n: Int64, y: Frame) {}",
                "1:21: 'x' takes all remaining inputs, so no input can come after it"
            ),
            Complaint(
                "@Node(\"a.b\") func f(x: Frame = none) {}",
                "1:32: 'x' can not have a default: what an input is, the pipeline says"
            ),
        ]
    )
    func arguments(complaint: Complaint) { check(complaint) }

    private static func noLiteral(of type: String) -> String {
        ": the default of 'x' is not a literal of \(type): it goes into the plugin's note, which hosts read without "
            + "running the plugin; write a literal, or no default to require a value"
    }

    @Test(
        "defaults that can not stand in a note",
        arguments: [
            Complaint("@Node(\"a.b\") func f(x: Int64 = limit) {}", "1:32" + noLiteral(of: "Int64")),
            Complaint("@Node(\"a.b\") func f(x: Int64 = 1 + 1) {}", "1:32" + noLiteral(of: "Int64")),
            Complaint("@Node(\"a.b\") func f(x: Int64 = 1.5) {}", "1:32" + noLiteral(of: "Int64")),
            Complaint("@Node(\"a.b\") func f(x: Double = .pi) {}", "1:33" + noLiteral(of: "Double")),
            Complaint("@Node(\"a.b\") func f(x: Bool = !on) {}", "1:31" + noLiteral(of: "Bool")),
            Complaint("@Node(\"a.b\") func f(x: String = \"\\(y)\") {}", "1:33" + noLiteral(of: "String")),
            Complaint(
                "@Node(\"a.b\") func f(x: Int64 = 9223372036854775808) {}",
                "1:32: '9223372036854775808' does not fit into Int64"
            ),
            Complaint("@Node(\"a.b\") func f(x: Double = 1e999) {}", "1:33: '1e999' does not fit into Double"),
            Complaint(
                "@Node(\"a.b\") func f(x: String = \"a\\0\") {}",
                "1:33: the default of 'x' holds a NUL, which ends a string in C"
            ),
        ]
    )
    func defaults(complaint: Complaint) { check(complaint) }

    @Test("more inputs or parameters than the note's grammar allows")
    func tooMany() {
        let inputs = (0..<17).map { "_ i\($0): Frame" }.joined(separator: ", ")
        check(
            Complaint(
                "@Node(\"a.b\") func f(\(inputs)) {}",
                "1:20: a node takes at most 16 inputs, but this one has 17"
            )
        )
        let parameters = (0..<49).map { "p\($0): Bool" }.joined(separator: ", ")
        check(
            Complaint(
                "@Node(\"a.b\") func f(\(parameters)) {}",
                "1:20: a node takes at most 48 parameters, but this one has 49"
            )
        )
    }

    @Test("everything that is wrong is said at once")
    func allAtOnce() {
        let expansion = Expansion("@Node(\"a\") func f<T>(x: Int, y: Int64 = z) async -> Int {}")
        #expect(expansion.complaints.count == 6)
        #expect(expansion.notes.isEmpty)
    }

    @Test("a type that is near a supported one comes with a fix")
    func fix() {
        assertMacroExpansion(
            "@Node(\"a.b\") func f(x: Int = 1) {}",
            expandedSource: "func f(x: Int = 1) {}",
            diagnostics: [
                DiagnosticSpec(
                    message: "a node can not take 'x: Int'; write 'Int64'",
                    line: 1,
                    column: 24,
                    fixIts: [FixItSpec(message: "write 'Int64'")]
                )
            ],
            macroSpecs: tauroMacros.mapValues { MacroSpec(type: $0) },
            applyFixIts: ["write 'Int64'"],
            fixedSource: "@Node(\"a.b\") func f(x: Int64 = 1) {}",
            failureHandler: { Issue.record("\($0.message)") }
        )
    }

    private func check(_ complaint: Complaint) {
        let expansion = Expansion(complaint.source)
        #expect(expansion.complaints == [complaint.text])
        #expect(expansion.notes.isEmpty)
    }
}
