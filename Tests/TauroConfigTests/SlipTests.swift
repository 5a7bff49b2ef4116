import TauroModel
import Testing

@Suite("Slips that YAML notices late are told where they are")
struct SlipTests {
    /// The first finding: its place and sentence, and its notes.
    private func finding(_ yaml: String) -> (text: String, notes: [String]) {
        let document = ReadDocument(yaml: Array(yaml.utf8))
        return (document.text, document.diagnostics.first?.notes ?? [])
    }

    @Test("a lost space after a colon", arguments: ["\n", "\r\n"])
    func lostSpace(lineBreak: String) {
        let found = finding(["a:", "  b:c", "  d: e", ""].joined(separator: lineBreak))
        #expect(found.text.hasPrefix("3:4: A `:` can not stand here"))
        #expect(found.notes == ["In line 2 a space is missing after the `:`."])
    }

    @Test(
        "a line that only looks like it",
        arguments: ["a:\r\n b: c\r\n  d: e\r\n", "a: http://b\n  c: d\n", "a: b\n  c: d\n"]
    )
    func noLostSpace(yaml: String) {
        let found = finding(yaml)
        #expect(found.text.contains("A `:` can not stand here") && found.notes.isEmpty)
    }

    @Test(
        "characters that nobody sees",
        arguments: [
            ("a:\u{A0}b\n  c: d\n", "U+00A0"), ("a: b\n\u{200B}c\nd: e\n", "U+200B"),
            ("a: b\n \u{FEFF}c: d\n", "U+FEFF"),
        ]
    )
    func invisibleCharacters(yaml: String, name: String) {
        #expect(finding(yaml).notes.contains { $0.contains("an invisible character, \(name), which") })
    }

    @Test("items in different columns")
    func items() {
        #expect(finding("a:\n  - b\n - c\n").notes.contains("The items of a list begin with `- ` in the same column."))
    }

    @Test("text behind a value")
    func textBehindValue() {
        #expect(finding("a: 'b' c\n").text.hasPrefix("1:8: What begins here does not belong to the value before it;"))
        #expect(finding("a:\n  b: 1\n c: 2\n").text.hasPrefix("3:2: This line does not fit the lines above it;"))
    }

    @Test("a key without a colon, told where it begins")
    func keyWithoutColon() {
        #expect(finding("a: 1\nb\nc: 2\n").text == "2:1: A `:` is missing after the key that begins here.")
        let long = String(repeating: "k", count: 1_100) + ": 1\n"
        for found in [finding(long), finding("a: 1\n" + long)] {
            #expect(found.notes == ["A key has at most 1024 characters and stands on one line."])
        }
    }

    @Test("a file that ends in the middle of a line, told at its end", arguments: ["", "\u{FEFF}"])
    func end(mark: String) {
        #expect(finding(mark + "a: [1,\nb, ü").text == "2:5: A `,` or the closing `]` of a list is missing here.")
        #expect(finding(mark + "a: [ü").text == "1:6: A `,` or the closing `]` of a list is missing here.")
        #expect(finding(mark + "a: [1\n").text == "2:1: A `,` or the closing `]` of a list is missing here.")
    }

    @Test("more %TAG than anyone needs")
    func directives() {
        let tags = (0..<101).map { "%TAG !t\($0)! x\n" }
        #expect(finding(tags.dropLast().joined() + "---\na\n").text == "\"a\"")
        #expect(finding(tags.joined() + "---\na\n").text == "101:1: More than 100 lines begin with `%TAG`.")
    }

    @Test("a byte order mark before JSON, and whole numbers as they are written")
    func json() {
        #expect(ReadDocument(json: Array("\u{FEFF}{\"a\": 1}".utf8)).text == "{a: 1}")
        #expect(
            ReadDocument(json: Array("[-12345678901234567890]".utf8)).text.hasPrefix(
                "1:2: The whole number -12345678901234567890 is too large"
            )
        )
    }
}
