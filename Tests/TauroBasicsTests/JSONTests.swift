import TauroBasics
import Testing

@Suite("JSON")
struct JSONTests {
    private let document: JSONValue = [
        "name": "a\"b\\c\n\u{1}é", "count": 3, "ratio": 0.5, "none": nil, "flags": [true, false], "empty": [:],
        "list": [],
    ]

    @Test("compact, in the order of the members")
    func compact() {
        #expect(
            document.text()
                == #"{"name":"a\"b\\c\n\u0001é","count":3,"ratio":0.5,"none":null,"flags":[true,false],"empty":{},"list":[]}"#
        )
    }

    @Test("pretty, two spaces a level")
    func pretty() {
        let value: JSONValue = ["a": [1, ["b": nil]], "c": [:]]
        #expect(
            value.text(.pretty) == """
                {
                  "a": [
                    1,
                    {
                      "b": null
                    }
                  ],
                  "c": {}
                }
                """
        )
    }

    @Test("what was written is read", arguments: [JSONValue.Layout.compact, .pretty])
    func roundTrip(_ layout: JSONValue.Layout) throws {
        #expect(try JSONValue(parsing: document.text(layout)) == document)
    }

    @Test("numbers that are not finite", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(_ number: Double) { #expect(JSONValue.double(number).text() == "null") }

    @Test(
        "values",
        arguments: [
            ("0", 0), ("-12", -12), ("9223372036854775807", .integer(.max)), ("9223372036854775808", .double(0x1p63)),
            ("1.5e-3", 0.0015), ("1E2", .double(100)), ("-0.0", .double(-0.0)), ("\"\\u00e9\\ud83d\\ude00\\/\"", "é😀/"),
            (" [ ] ", []), ("\t{\"a\" :\r\n1}", ["a": 1]), ("\"\"", ""), ("\"ünï\"", "ünï"),
        ] as [(String, JSONValue)]
    )
    func values(_ text: String, _ expected: JSONValue) throws { #expect(try JSONValue(parsing: text) == expected) }

    @Test(
        "what is no JSON, with its place",
        arguments: [
            ("", "the text ends too early; expected a value at byte 0"),
            ("[1,]", "found `]`; expected a value at byte 3"),
            ("{\"a\":1,}", "found `}`; expected a key in double quotes at byte 7"),
            ("{\"a\" 1}", "found `1`; expected `:` after a key at byte 5"),
            ("{a: 1}", "found `a`; expected a key in double quotes or `}` at byte 1"),
            ("[1 2]", "found `2`; expected `,` or `]` at byte 3"),
            ("[1}", "found `}`; expected `,` or `]` at byte 2"),
            ("1 2", "found `2` after the end of the document at byte 2"),
            ("01", "a number must not begin with 0 at byte 0"),
            ("-", "found the end of the text; expected a digit at byte 1"),
            ("1.", "found the end of the text; expected a digit at byte 2"),
            ("+1", "found `+`; expected a value at byte 0"),
            ("nul", "found `n`; expected a value at byte 0"),
            ("truex", "found `x` after the end of the document at byte 4"),
            ("NaN", "found `N`; expected a value at byte 0"),
            ("\"a", "a string is not closed at byte 0"),
            ("\"a\nb\"", "found a control character in a string; write it as an escape at byte 2"),
            ("\"\\x\"", "found an unknown escape in a string at byte 1"),
            ("\"\\u12g4\"", "`\\u` in a string needs four hexadecimal digits at byte 1"),
            ("\"\\ud800\"", "half of a surrogate pair in a string at byte 1"),
            ("\"\\ud83d\\u0053\"", "half of a surrogate pair in a string at byte 1"),
            ("\"\\udc00\\ud800\"", "half of a surrogate pair in a string at byte 1"),
            ("// x", "found `/`; expected a value at byte 0"),
        ]
    )
    func mistakes(_ text: String, _ expected: String) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.description == expected)
    }

    @Test("bytes that are no UTF-8")
    func invalidBytes() {
        #expect(throws: JSONError("a string is not valid UTF-8", at: 1)) {
            try JSONValue(parsing: [0x22, 0xC3, 0x28, 0x22])
        }
    }

    @Test("a deep text is refused, not a stack overflow")
    func deep() {
        let text = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError("the document nests deeper than 512", at: 512)) { try JSONValue(parsing: text) }
    }

    @Test("members and elements")
    func access() throws {
        #expect(document["count"] == 3)
        #expect(document["flags"]?[1] == false)
        #expect(document["flags"]?[2] == nil)
        #expect(document["nothing"] == nil)
    }
}
