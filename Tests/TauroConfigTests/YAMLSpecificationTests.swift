import Testing

/// What the chapters of YAML 1.2.2 (yaml.org/spec/1.2.2) say of a document, and what becomes of it here.
///
/// The documents are our own; each holds a fact of the chapter it stands under.
@Suite("YAML is read as version 1.2.2 of its specification says")
struct YAMLSpecificationTests {
    private func read(_ yaml: String) -> String { ReadDocument(yaml: Array(yaml.utf8)).text }

    @Test(
        "the core schema: null, booleans, numbers, and text for everything else (10.3.2)",
        arguments: [
            ("[null, Null, NULL, ~, nULL, none, nil]", #"[null, null, null, null, "nULL", "none", "nil"]"#),
            ("{a: , b: ~, c: ''}", #"{a: null, b: null, c: ""}"#),
            ("[true, True, TRUE, tRUE, false, False, FALSE]", #"[true, true, true, "tRUE", false, false, false]"#),
            ("[yes, no, on, off, y, n, Yes, NO]", #"["yes", "no", "on", "off", "y", "n", "Yes", "NO"]"#),
            ("[0, -0, +0, 12, -12, +12, 007, -007]", "[0, 0, 0, 12, -12, 12, 7, -7]"),
            ("[0o0, 0o17, 0o777, 0o8, 0O17, -0o7, 017]", #"[0, 15, 511, "0o8", "0O17", "-0o7", 17]"#),
            ("[0x0, 0xff, 0xFF, 0xfg, 0XFF, -0x1, 0x]", #"[0, 255, 255, "0xfg", "0XFF", "-0x1", "0x"]"#),
            ("[0b11, 1_000, 12:30, 190:20:30, 1 000]", #"["0b11", "1_000", "12:30", "190:20:30", "1 000"]"#),
            ("[9223372036854775807, -9223372036854775808]", "[9223372036854775807, -9223372036854775808]"),
            ("[1.5, -1.5, +1.5, .5, -.5, 5., 0.0, 00.5]", "[1.5, -1.5, 1.5, 0.5, -0.5, 5.0, 0.0, 0.5]"),
            ("[1e3, 1E3, 1e+3, 1.5e-1, .5e1, 5.e0]", "[1000.0, 1000.0, 1000.0, 0.15, 5.0, 5.0]"),
            ("[1e, e1, 1e1.5, 1.2.3, ., +, -., 1,5]", #"["1e", "e1", "1e1.5", "1.2.3", ".", "+", "-.", 1, 5]"#),
            ("[.inf, .Inf, .INF, +.inf, -.inf, -.INF]", "[inf, inf, inf, inf, -inf, -inf]"),
            ("[.nan, .NaN, .NAN]", "[nan, nan, nan]"),
            ("[inf, nan, .iNF, -.nan, .Nan]", #"["inf", "nan", ".iNF", "-.nan", ".Nan"]"#),
            ("[2025-01-31, 2025-01-31T10:00:00Z, 10:20]", #"["2025-01-31", "2025-01-31T10:00:00Z", "10:20"]"#),
            ("['1', \"1\", '~', \"true\", '.inf', '']", #"["1", "1", "~", "true", ".inf", ""]"#),
            ("a: |\n  1\nb: >-\n  true\n", #"{a: "1\n", b: "true"}"#),
            ("{1: a, true: b, 1.5: c, ~: d}", #"{1: "a", true: "b", 1.5: "c", ~: "d"}"#),
            ("[=, <<, .a, -a, a-, 1a]", #"["=", "<<", ".a", "-a", "a-", "1a"]"#),
        ]
    )
    func coreSchema(_ yaml: String, _ expected: String) { #expect(read(yaml) == expected) }

    @Test(
        "tags that name the core schema's kinds (6.8, 6.9, 10)",
        arguments: [
            ("[!!str 5, !!str true, ! 5, !!str ]", #"["5", "true", "5", ""]"#),
            ("[!!int 5, !!float 1.5, !!bool true, !!null ~]", "[5, 1.5, true, null]"),
            ("[!!seq [1], !!map {a: 1}]", "[[1], {a: 1}]"),
            ("[!<tag:yaml.org,2002:str> 5]", #"["5"]"#),
            ("%TAG !y! tag:yaml.org,2002:\n---\n[!y!str 5]", #"["5"]"#),
            ("[!thing 5]", "1:2: The tag `!thing` is not known."),
            ("[!!set {a}]", "1:2: The tag `tag:yaml.org,2002:set` is not known."),
            ("[!!binary aGk=]", "1:2: The tag `tag:yaml.org,2002:binary` is not known."),
        ]
    )
    func tags(_ yaml: String, _ expected: String) { #expect(read(yaml) == expected) }

    @Test(
        "block collections (2.1, 8.2)",
        arguments: [
            ("- a\n- b\n", #"["a", "b"]"#),
            ("a: 1\nb: 2\n", "{a: 1, b: 2}"),
            ("a:\n- 1\n- 2\nb: 3\n", "{a: [1, 2], b: 3}"),
            ("a:\n    - 1\n    -   2\n", "{a: [1, 2]}"),
            ("- - 1\n  - 2\n- 3\n", "[[1, 2], 3]"),
            ("- a: 1\n  b: 2\n- a: 3\n", "[{a: 1, b: 2}, {a: 3}]"),
            ("-\n  a: 1\n-\n  - b\n", #"[{a: 1}, ["b"]]"#),
            ("-\n- \n- ~\n", "[null, null, null]"),
            ("a:\nb:\n  c:\n", "{a: null, b: {c: null}}"),
            ("? a\n: 1\n? b\n", "{a: 1, b: null}"),
            ("a:   1\n\n\n\nb:     2\n", "{a: 1, b: 2}"),
            ("a: {b: 1}\nc:\n  - {d: 2}\n", "{a: {b: 1}, c: [{d: 2}]}"),
            ("? [a, b]\n: 1\n", "1:3: A key must be text, but here it is a list."),
            ("a:\tb\n", #"{a: "b"}"#),
        ]
    )
    func blockCollections(_ yaml: String, _ expected: String) { #expect(read(yaml) == expected) }

    @Test(
        "flow collections (7.4)",
        arguments: [
            ("[]", "[]"), ("{}", "{}"), ("[a, b, ]", #"["a", "b"]"#), ("{a: 1, }", "{a: 1}"),
            ("{a: 1,\n b: [2,\n  3]}", "{a: 1, b: [2, 3]}"),
            ("{\"a\":1, 'b':2}", "{a: 1, b: 2}"),
            ("{a:1, b}", "{a:1: null, b: null}"),
            ("{? a : 1, ? b}", "{a: 1, b: null}"),
            ("[a: 1, b: 2]", "[{a: 1}, {b: 2}]"),
            ("[http://x.y/z, a:b, c#d]", #"["http://x.y/z", "a:b", "c#d"]"#),
            ("[a b c, d\n  e]", #"["a b c", "d e"]"#),
            ("[[1, [2]], {a: [3]}]", "[[1, [2]], {a: [3]}]"),
        ]
    )
    func flowCollections(_ yaml: String, _ expected: String) { #expect(read(yaml) == expected) }

    @Test(
        "quoted text (5.7, 7.3.1, 7.3.2)",
        arguments: [
            ("'it''s'", #""it's""#),
            (#"'\n "x"'"#, #""\n \"x\"""#),
            (#""\x41\u00e4\U0001F600""#, "\"Aä😀\""),
            (#""a\nb\tc""#, #""a\nb\tc""#),
            (#""\"\\\/""#, #""\"\/""#),
            ("\"a\n  b\n\n  c\"", #""a b\nc""#),
            ("'a\n  b\n\n  c'", #""a b\nc""#),
            ("\"a\\\n   b\"", #""ab""#),
            ("\" a \"", #"" a ""#),
            ("\"a # b: c\"", #""a # b: c""#),
            ("''", "\"\""),
            (#"{"a b": 1, 'c: d': 2}"#, "{a b: 1, c: d: 2}"),
        ]
    )
    func quotedText(_ yaml: String, _ expected: String) { #expect(read(yaml) == expected) }

    @Test(
        "plain text (7.3.3)",
        arguments: [
            ("a: b c  d\n", #"{a: "b c  d"}"#),
            ("a: b\n  c\n\n  d\n", #"{a: "b c\nd"}"#),
            ("a: http://x:80/y#z\n", #"{a: "http://x:80/y#z"}"#),
            ("a: -b\nc: :d\ne: ?f\n", #"{a: "-b", c: ":d", e: "?f"}"#),
            ("a: b, c [d] {e}\n", #"{a: "b, c [d] {e}"}"#),
            ("a: x's \"y\"\n", #"{a: "x's \"y\""}"#),
            ("a: b:c\n", #"{a: "b:c"}"#),
            ("grün: süß 🚀\n", #"{grün: "süß 🚀"}"#),
            ("a: ${b}\n", #"{a: "${b}"}"#),
        ]
    )
    func plainText(_ yaml: String, _ expected: String) { #expect(read(yaml) == expected) }

    @Test(
        "block text: literal, folded, the last line breaks, stated indentation (8.1)",
        arguments: [
            ("a: |\n  x\n  y\n", #"{a: "x\ny\n"}"#),
            ("a: |\n  x\n    y\n  z\n", #"{a: "x\n  y\nz\n"}"#),
            ("a: |-\n  x\n\n\n", #"{a: "x"}"#),
            ("a: |\n  x\n\n\n", #"{a: "x\n"}"#),
            ("a: |+\n  x\n\n\n", #"{a: "x\n\n\n"}"#),
            ("a: |+\n\n\nb: 1\n", #"{a: "\n\n", b: 1}"#),
            ("a: |\n\n\nb: 1\n", #"{a: "", b: 1}"#),
            ("a: >\n  x\n  y\n\n  z\n", #"{a: "x y\nz\n"}"#),
            ("a: >\n  x\n    y\n    z\n  w\n", #"{a: "x\n  y\n  z\nw\n"}"#),
            ("a: >-\n  x\n  y\n", #"{a: "x y"}"#),
            ("a: >+\n  x\n\n", #"{a: "x\n\n"}"#),
            ("a: |2\n    x\n   y\n", #"{a: "  x\n y\n"}"#),
            ("a: |1-\n  x\n", #"{a: " x"}"#),
            ("a: |-2\n    x\n", #"{a: "  x"}"#),
            ("a: | # comment\n  x # text\n", ##"{a: "x # text\n"}"##),
            ("- |\n x\n- >\n y\n", #"["x\n", "y\n"]"#),
            ("a: |\n  x: 1\n  - y\nb: 2\n", #"{a: "x: 1\n- y\n", b: 2}"#),
        ]
    )
    func blockText(_ yaml: String, _ expected: String) { #expect(read(yaml) == expected) }

    @Test(
        "anchors, aliases and merge keys (3.2.2.2, 7.1; yaml.org/type/merge.html)",
        arguments: [
            ("a: &x 1\nb: *x\n", "{a: 1, b: 1}"),
            ("a: &x [1, 2]\nb: [*x, *x]\n", "{a: [1, 2], b: [[1, 2], [1, 2]]}"),
            ("a: &x 1\nb: &x 2\nc: *x\n", "{a: 1, b: 2, c: 2}"),
            ("&k a: 1\nb: *k\n", #"{a: 1, b: "a"}"#),
            ("a: &k key\n*k : 1\n", #"{a: "key", key: 1}"#),
            ("a: &x\nb: *x\n", "{a: null, b: null}"),
            ("a: &x !!str 5\nb: !!str &y 6\nc: [*x, *y]\n", #"{a: "5", b: "6", c: ["5", "6"]}"#),
            ("a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n", "{a: {p: 1, q: 2}, b: {p: 1, q: 3}}"),
            (
                "a: &x {p: 1}\nb: &y {p: 2, q: 3}\nc: {<<: [*x, *y]}\n",
                "{a: {p: 1}, b: {p: 2, q: 3}, c: {p: 1, q: 3}}"
            ),
            ("a: {<<: {p: 1}, q: 2}\n", "{a: {p: 1, q: 2}}"),
            ("a: {'<<': 1}\n", "{a: {<<: 1}}"),
            ("a: *x\n", "1:4: The alias `*x` has no anchor before it."),
            ("a: &x [*x]\n", "1:8: The alias `*x` stands inside the value it repeats."),
            ("a: {<<: 1}\n", "1:9: The merge key `<<` takes a map or a list of maps, but has the whole number 1."),
        ]
    )
    func aliases(_ yaml: String, _ expected: String) { #expect(read(yaml) == expected) }

    @Test(
        "comments, empty lines and line breaks (5.4, 6.6)",
        arguments: [
            ("# only a comment\n", "null"), ("", "null"), ("\n\n", "null"), ("   \n", "null"),
            ("# ✅ first\na: 1 # last\n  # indented\nb: 2\n#\n", "{a: 1, b: 2}"),
            ("a: # of the value\n  1\n", "{a: 1}"),
            ("- # of the item\n  x\n", #"["x"]"#),
            ("[1, # one\n 2]\n", "[1, 2]"),
            ("a: b#c\n", #"{a: "b#c"}"#),
            ("a: 1\r\nb: |\r\n  x\r\n  y\r\n", #"{a: 1, b: "x\ny\n"}"#),
            ("a: 1\rb: 2\r", "{a: 1, b: 2}"),
            ("a: 1", "{a: 1}"),
            ("\u{FEFF}a: 1\n", "{a: 1}"),
        ]
    )
    func comments(_ yaml: String, _ expected: String) { #expect(read(yaml) == expected) }

    @Test("UTF-16 with a byte order mark (5.2)", arguments: [true, false])
    func utf16(isBigEndian: Bool) {
        let units = "\u{FEFF}a: ü\n".utf16
        let bytes = units.flatMap { unit in
            let pair = [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
            return isBigEndian ? pair : pair.reversed()
        }
        #expect(ReadDocument(yaml: bytes).text == #"{a: "ü"}"#)
    }

    @Test(
        "the marks of documents; a file holds one (6.8.1, 9.1)",
        arguments: [
            ("---\na: 1\n", "{a: 1}"), ("--- {a: 1}\n", "{a: 1}"), ("a: 1\n...\n", "{a: 1}"), ("---\n", "null"),
            ("%YAML 1.2\n---\na: 1\n", "{a: 1}"), ("%YAML 1.1\n---\nyes\n", #""yes""#),
            ("---\na: 1\n...\n# end\n", "{a: 1}"),
            ("a: 1\n---\nb: 2\n", "2:1: A second document begins here; a configuration file holds one."),
            ("---\n---\n", "2:1: A second document begins here; a configuration file holds one."),
            ("a: |\n  x\n---\n", "3:1: A second document begins here; a configuration file holds one."),
        ]
    )
    func documents(_ yaml: String, _ expected: String) { #expect(read(yaml) == expected) }
}
