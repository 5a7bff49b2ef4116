extension BrokenProject {
    /// Values for parameters that functions do not have, or of another type.
    static let parameters = [
        parameter("parameter-unknown", "colour: blue", names: "'colour'"),
        parameter("parameter-misspelt", "lable: all", names: "'lable'"),
        parameter("number-is-a-text", "scale: big", names: "'scale'"),
        parameter("number-is-a-flag", "scale: true", names: "'scale'"),
        parameter("number-is-a-list", "scale: [2.0]", names: "'scale'"),
        parameter("number-is-nothing", "scale: ~", names: "'scale'"),
        parameter("flag-is-a-text", "strict: yes", names: "'strict'"),
        parameter("flag-is-a-number", "strict: 1", names: "'strict'"),
        parameter("text-is-a-number", "label: 5", names: "'label'"),
        parameter("text-is-a-map", "label: {a: b}", names: "'label'"),
        BrokenProject(
            "parameter-missing",
            names: "'limit'",
            .replace("function: t.total", "function: b.need"),
            .replace("  params:\n    scale: 2.0\n    strict: true\n    label: all\n", "")
        ),
        BrokenProject("whole-number-is-a-decimal", names: "'limit'", need("1.5")),
        BrokenProject("whole-number-is-a-text", names: "'limit'", need("\"3\"")),
        BrokenProject("call-for-no-node", names: "totals", command: ["plan", "daily", "--param", "totals.scale=1"]),
        BrokenProject("call-for-no-parameter", names: "'scala'", command: ["plan", "daily", "--param", "sum.scala=1"]),
        BrokenProject(
            "call-of-the-wrong-kind",
            names: "'scale'",
            command: ["plan", "daily", "--param", "sum.scale=big"]
        ),
    ]

    /// The node `sum` has this one parameter.
    private static func parameter(_ name: String, _ parameter: String, names thing: String) -> BrokenProject {
        let all = "    scale: 2.0\n    strict: true\n    label: all\n"
        return BrokenProject(name, names: thing, .replace(all, "    \(parameter)\n"))
    }

    /// The node `sum` needs `limit`, and has this.
    private static func need(_ limit: String) -> Change {
        .replace(
            "  function: t.total\n  dependencies: [keep]\n  params:\n    scale: 2.0\n    strict: true\n    label: all\n",
            "  function: b.need\n  dependencies: [keep]\n  params: {limit: \(limit)}\n"
        )
    }
}
