import Testing

@Suite("What the note says")
struct NoteTextTests {
    @Test("the doc comment, a line a paragraph, without the lists of parameters")
    func documentation() {
        let expansion = Expansion(
            """
            /// Mean delays,
            /// in "minutes" (\\n is no line end).
            ///
            /// Über alles.
            /// - one
            /// - Parameter x: not this
            /// - Throws: nor this
            @Node("a.b")
            func f() {}
            """
        )
        #expect(
            expansion.note.contains(
                #"doc\#t"Mean delays, in \"minutes\" (\\n is no line end).\nÜber alles.\n- one"\#n"#
            )
        )
    }

    @Test("a block comment serves too, an ordinary comment does not")
    func otherComments() {
        let block = Expansion("/** Mean\n * delays. */\n@Node(\"a.b\") func f() {}")
        #expect(block.note.contains("doc\t\"Mean delays.\"\n"))
        #expect(!Expansion("// Mean delays.\n@Node(\"a.b\") func f() {}").note.contains("doc"))
    }

    @Test(
        "defaults, as the note's grammar writes them",
        arguments: [
            ("Int64", "-1_000", "-1000"), ("Int64", "0x7FFF_FFFF_FFFF_FFFF", "9223372036854775807"),
            ("Int64", "-9223372036854775808", "-9223372036854775808"), ("Int64", "0b101", "5"), ("Int64", "0o17", "15"),
            ("Int64", "+3", "3"), ("Double", "600", "600"), ("Double", "-1_000.5e3", "-1000.5e3"),
            ("Double", "0x1p4", "16.0"), ("Double", "0x10", "16.0"), ("Bool", "false", "false"),
            ("String", #""""#, #""""#), ("String", #""tab\t \"quote\" ü""#, #""tab\t \"quote\" ü""#),
            ("String", #""\u{1}2\\""#, #""\0012\\""#), ("String", "#\"a\\b\"#", #""a\\b""#),
        ]
    )
    func defaults(type: String, literal: String, expected: String) {
        let expansion = Expansion("@Node(\"a.b\") func f(x: \(type) = \(literal)) {}")
        #expect(expansion.complaints.isEmpty)
        #expect(expansion.note.split(separator: "\n").last?.split(separator: "\t", maxSplits: 3).last ?? "" == expected)
    }
}
