import Testing

/// Where libyaml, which follows version 1.1 in what is no scalar, reads a document otherwise than version 1.2.2 says.
///
/// What it refuses can be written in another way that both versions take, so that no configuration is out of reach.
@Suite("Where the reader keeps to YAML 1.1")
struct YAMLDeviationTests {
    private func read(_ yaml: String) -> String { ReadDocument(yaml: Array(yaml.utf8)).text }

    /// The document, and the same in a form that is read as 1.2.2 says.
    @Test(
        "1.2.2 takes these, and libyaml does not",
        arguments: [
            // A tab may separate an item from its dash (6.1).
            ("-\ta\n", "- a\n"),
            // Names of anchors may hold any character but blanks and flow indicators (6.9.2).
            ("- &a.b x\n- *a.b\n", "- &a_b x\n- *a_b\n"),
            // A newer minor version and an unknown directive deserve no more than a warning (6.8).
            ("%YAML 1.3\n---\na\n", "%YAML 1.2\n---\na\n"),
            ("%FUTURE x\n---\na\n", "---\na\n"),
            // A document may follow `...` without `---` (9.1.5), and be the first that holds anything.
            ("...\na\n", "---\na\n"),
            // A plain text in a flow collection may begin with `?` or `:` that a letter follows (7.3.3).
            ("[:a]\n", "[':a']\n"),
            // A tag may end where the collection ends that it stands in (6.9.1).
            ("[!!str]\n", "[!!str ]\n"),
            // A key may be empty (7.2).
            (": a\n", "'': a\n"),
            // NEL, LS and PS are no line breaks any more (5.4).
            ("a: x\u{85}y\n", "a: \"x\\u0085y\"\n"),
            ("a: x\u{2028}y\n", "a: \"x\\u2028y\"\n"),
        ]
    )
    func refused(_ yaml: String, _ other: String) {
        #expect(ReadDocument(yaml: Array(yaml.utf8)).root == nil)
        let document = ReadDocument(yaml: Array(other.utf8))
        #expect(document.root != nil && document.diagnostics.isEmpty)
    }

    @Test(
        "libyaml takes these, and 1.2.2 refuses them or reads something else",
        arguments: [
            // A comment must be separated from what it follows (6.6).
            ("\"a\"#b\n", #""a""#), ("a: |#b\n  x\n", #"{a: "x\n"}"#),
            // Lines of a flow collection inside a block must be indented (7.4).
            ("a: [\n1\n]\n", "{a: [1]}"), ("a: {\nb: 1\n}\n", "{a: {b: 1}}"),
            // `?` before a letter begins no key (7.3.3).
            ("[?a]\n", "[{a: null}]"),
        ]
    )
    func taken(_ yaml: String, _ expected: String) { #expect(read(yaml) == expected) }
}
