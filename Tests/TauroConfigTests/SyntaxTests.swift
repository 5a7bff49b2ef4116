import TauroModel
import Testing

@Suite("What can not be read is refused at its place")
struct SyntaxTests {
    private func findings(_ nodes: String) throws -> String {
        try TemporaryProject.usable(["config/nodes.yaml": nodes]).findings()
    }

    @Test("a duplicate key")
    func duplicateKey() throws {
        let found = try findings(
            """
            extract:
              function: a.b
              tags: [x]
              function: a.c
            """
        )
        #expect(
            found == """
                config/nodes.yaml:4:3: error: The key `function` stands twice in one map.
                  It stands first in line 2. Keep one of them.
                """
        )
    }

    @Test("a duplicate key far down a long map")
    func duplicateKeyInLongMap() throws {
        let nodes = (1...40).map { "n\($0): {function: a.b}\n" }.joined() + "n33: {function: a.b}\n"
        #expect(
            try findings(nodes).hasPrefix(
                "config/nodes.yaml:41:1: error: The key `n33` stands twice in one map.\n  It stands first in line 33."
            )
        )
    }

    @Test("tabs as indentation, with all their lines")
    func tabs() throws {
        #expect(
            try findings("extract:\n\tfunction: a.b\n\ttags: [x]\nload:\n  \tfunction: a.c\n") == """
                config/nodes.yaml:2:1: error: A tab indents this line; YAML takes only spaces.
                  Replace it by spaces. Further lines with a tab: 3, 5.
                """
        )
    }

    @Test("an undefined alias, with the anchor that was probably meant")
    func undefinedAlias() throws {
        let found = try findings("extract: &base {function: a.b}\nload: *bsae\n")
        #expect(
            found == """
                config/nodes.yaml:2:7: error: The alias `*bsae` has no anchor before it; did you mean `*base`?
                  Mark the value it repeats with `&bsae`, above this place in the same file.
                """
        )
    }

    @Test("an alias inside the value it repeats")
    func recursiveAlias() throws {
        #expect(
            try findings("extract: &e {function: a.b, params: {self: *e}}\n")
                == "config/nodes.yaml:1:44: error: The alias `*e` stands inside the value it repeats."
        )
    }

    @Test("a second merge key")
    func secondMergeKey() throws {
        let nodes = "x: &x {function: a.b}\ny:\n  <<: *x\n  tags: [a]\n  <<: *x\n"
        #expect(
            try findings(nodes) == """
                config/nodes.yaml:5:3: error: The key `<<` stands twice in one map.
                  It stands first in line 3. Merge several maps with one: `<<: [*a, *b]`.
                """
        )
    }

    @Test("a second document")
    func secondDocument() throws {
        #expect(
            try findings("extract: {function: a.b}\n---\nload: {function: a.c}\n") == """
                config/nodes.yaml:2:1: error: A second document begins here; a configuration file holds one.
                  Remove the line `---`, or put what follows into a file of its own.
                """
        )
    }

    @Test("keys that are no text", arguments: ["? [a, b]\n: 1\nextract: {function: a.b}\n", "{a: 1}: 2\n"])
    func containerKey(_ nodes: String) throws {
        #expect(try findings(nodes).contains("error: A key must be text, but here it is a "))
    }

    @Test("what follows a refused key is still read")
    func afterRefusedKey() throws {
        #expect(
            try findings("? [a, b]\n: {x: 1}\nextract: {functoin: a.b, function: a.b}\n") == """
                config/nodes.yaml:1:3: error: A key must be text, but here it is a list.
                config/nodes.yaml:3:11: error: `functoin` is not a key of a node, in node `extract`; did you mean `function`?
                """
        )
    }

    @Test("an alias bomb")
    func aliasBomb() throws {
        var nodes = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            nodes += "a\(level): &a\(level) [\(items)]\n"
        }
        let found = try findings(nodes)
        #expect(
            found == """
                config/nodes.yaml:6:45: error: The aliases of this file repeat more than 1000000 values.
                  Aliases of aliases multiply. Write the values out, or repeat smaller parts.
                """
        )
    }

    @Test("nesting deeper than a hundred levels")
    func deepNesting() throws {
        let nodes = "extract: " + String(repeating: "[", count: 120) + String(repeating: "]", count: 120)
        #expect(
            try findings(nodes) == """
                config/nodes.yaml:1:109: error: Maps and lists nest deeper than 100 levels here.
                  Flatten the structure; nothing here needs that depth.
                """
        )
    }

    @Test("nesting that only aliases make deep")
    func deepNestingByAliases() throws {
        let open = String(repeating: "[", count: 60)
        let close = String(repeating: "]", count: 60)
        let nodes = "a: &a \(open)\(close)\nb: \(open)*a\(close)\n"
        #expect(
            try findings(nodes) == "config/nodes.yaml:2:64: error: Maps and lists nest deeper than 100 levels here."
        )
    }

    @Test("a whole number that does not fit")
    func largeNumber() throws {
        #expect(
            try findings("extract: {function: a.b, params: {id: 12345678901234567890}}\n") == """
                config/nodes.yaml:1:39: error: The whole number "12345678901234567890" is too large: whole numbers go from -9223372036854775808 to 9223372036854775807.
                  Put it in quotes if it is a text, or write it with a decimal point.
                """
        )
    }

    @Test("an unknown tag")
    func unknownTag() throws {
        let found = try findings("extract: {function: !python a.b}\n")
        #expect(found.hasPrefix("config/nodes.yaml:1:21: error: The tag `!python` is not known."))
    }

    @Test(
        "common slips, in words for people",
        arguments: [
            ("a: b: c\n", "1:5: error: A `:` can not stand here;"),
            ("a: [1, 2\nb: 3\n", "2:2: error: A `,` or the closing `]` of a list is missing here."),
            ("a: \"open\n", "2:1: error: The file ends inside a quoted text; its closing quote is missing."),
            ("a: @here\n", "1:4: error: A value can not begin with this character; put the text in quotes."),
            ("a:\n  b: 1\n c: 2\n", "3:2: error: This line does not fit the lines above it;"),
            (
                "a: {b: ${c}}\n",
                "1:9: error: A `,` or the closing `}` of a map is missing here.\n  Inside `{…}` and `[…]` a text with `${…}` needs quotes, and so stays text; for a number write `key: ${…}` on a line of its own instead."
            ),
            ("a: \u{1}\n", "1:4: error: The file is no readable text: control characters are not allowed."),
        ]
    )
    func slips(_ nodes: String, _ expected: String) throws {
        #expect(try findings(nodes).hasPrefix("config/nodes.yaml:" + expected))
    }

    @Test("a JSON file, strictly and with places")
    func json() throws {
        let files = ["config/nodes.json": "{\n  \"extract\": {\"function\": \"a.b\",}\n}"]
        let project = try TemporaryProject(
            files.merging(["config/global_settings.yaml": "", "config/pipelines.yaml": "p: {nodes: [extract]}"]) { $1 }
        )
        #expect(
            project.findings()
                == "config/nodes.json:2:33: error: This is not valid JSON: found `}`; expected a key in double quotes."
        )
    }

    @Test("a file that is no map")
    func notMap() throws {
        #expect(try findings("- a\n- b\n") == "config/nodes.yaml:1:1: error: Expected a map of keys, found a list.")
    }
}
