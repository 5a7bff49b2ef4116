extension BrokenProject {
    /// What is not JSON, or not what configuration takes of it.
    static let json = [
        json("comma-at-the-end", names: "`}`", #"{"load": {"function": "t.count",}}"#),
        json("comma-missing", names: "\"", #"{"load": {"function": "t.count" "output": "a"}}"#),
        json("colon-missing", names: "`:`", #"{"load" {"function": "t.count"}}"#),
        json("single-quotes", names: "`'`", "{'load': {}}"),
        json("key-without-quotes", names: "`l`", "{load: {}}"),
        json("comment", names: "`/`", "{\n  // nodes\n  \"load\": {}\n}"),
        json("object-not-closed", names: "end", #"{"load": {"function": "t.count""#),
        json("text-not-closed", names: "not closed", #"{"load": {"function": "t.count}}"#),
        json("closed-twice", names: "`}`", #"{"load": {"function": "t.count"}}}"#),
        json("wrong-escape", names: "escape", #"{"load": {"description": "\q"}}"#),
        json("half-a-surrogate", names: "surrogate", #"{"load": {"description": "\ud800"}}"#),
        json("number-with-zero", names: "0", #"{"load": {"timeout_seconds": 01}}"#),
        json("not-a-number", names: "`N`", #"{"load": {"timeout_seconds": NaN}}"#),
        json("line-break-in-text", names: "control character", "{\"load\": {\"description\": \"a\nb\"}}"),
        json("json-key-twice", names: "`function`", #"{"load": {"function": "t.count", "function": "t.quiet"}}"#),
        json("json-list", names: "list", #"[{"function": "t.count"}]"#),
        json("json-misspelt", names: "`functoin`", "{\n  \"load\": {\n    \"functoin\": \"t.count\"\n  }\n}"),
        json(
            "json-number-too-large",
            names: "99999999999999999999",
            #"{"load": {"function": "t.count", "priority": 99999999999999999999}}"#
        ),
        json("json-mark-inside", names: "JSON", "{}\u{FEFF}"),
        json(
            "json-nested-too-deeply",
            names: "100",
            #"{"load": "# + String(repeating: "[", count: 150) + String(repeating: "]", count: 150) + "}"
        ),
        BrokenProject(
            "json-not-utf-8",
            names: "UTF-8",
            .remove(Files.nodes),
            .write(Array(#"{"load": {"description": ""#.utf8) + [0xFC] + Array(#""}}"#.utf8), to: "config/nodes.json")
        ),
    ]

    /// The project is the one node of this file.
    private static func json(_ name: String, names thing: String, _ text: String) -> BrokenProject {
        BrokenProject(
            name,
            names: thing,
            .remove(Files.nodes),
            .remove(Files.input),
            .remove(Files.output),
            .text("daily: {nodes: [load]}\n", to: Files.pipelines),
            .text(text, to: "config/nodes.json")
        )
    }
}
