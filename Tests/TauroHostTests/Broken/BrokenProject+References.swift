extension BrokenProject {
    /// `${…}` that lead nowhere, in circles, or to what may not be shown.
    static let references = [
        label("reference-without-value", names: "${nothing_here}", "${nothing_here}"),
        label("reference-misspelt", names: "${outptu_path}", "${outptu_path}"),
        label("reference-not-closed", names: "${", "${lake"),
        label("reference-without-name", names: "${", "\"${}\""),
        label("reference-with-space", names: "${", "\"${the lake}\""),
        label("reference-with-wrong-default", names: "${", "\"${lake:default}\""),
        label("default-not-closed", names: "${", "\"${a:-${b}\""),
        label(
            "defaults-too-deep",
            names: "Defaults",
            "\"" + (0..<30).map { "${a\($0):-" }.joined() + String(repeating: "}", count: 30) + "\""
        ),
        BrokenProject(
            "reference-in-an-input",
            names: "${day}",
            .replace("data/raw", "data/${day}/raw", in: Files.input)
        ),
        BrokenProject(
            "reference-in-an-output",
            names: "${form}",
            .replace("format: csv", "format: ${form}", in: Files.output)
        ),
        BrokenProject(
            "reference-in-a-pipeline",
            names: "${what}",
            .replace("their sum", "${what}", in: Files.pipelines)
        ),
        BrokenProject(
            "setting-of-itself",
            names: "${lake}",
            .replace("${output_path}/lake", "${lake}/lake", in: Files.settings)
        ),
        BrokenProject(
            "settings-in-a-circle",
            names: "->",
            .replace("${output_path}/lake", "${pond}/lake\npond: ${lake}/pond", in: Files.settings)
        ),
        BrokenProject(
            "settings-in-a-long-row",
            names: "50",
            .append((0..<60).map { "s\($0): ${s\($0 + 1)}\n" }.joined() + "s60: end\n", to: Files.settings)
        ),
        BrokenProject(
            "text-that-grows",
            names: "references",
            .append(
                "g0: xxxxxxxxxx\n"
                    + (1...9).map { "g\($0): " + String(repeating: "${g\($0 - 1)}", count: 10) + "\n" }.joined(),
                to: Files.settings
            )
        ),
        BrokenProject(
            "reference-to-a-map",
            names: "${where}",
            .append("where: {a: b}\n", to: Files.settings),
            .replace("label: all", "label: in ${where}")
        ),
        BrokenProject(
            "reference-of-the-wrong-kind",
            names: "`max_workers`",
            .replace("max_workers: 2", "max_workers: ${TAURO_TEST_WORKERS}", in: Files.settings),
            environment: ["TAURO_TEST_WORKERS": "many"]
        ),
        BrokenProject(
            "date-of-a-run-without-dates",
            names: "${end_date}",
            .replace("end_date: \"2025-01-31\"\n", "", in: Files.settings),
            .replace("label: all", "label: until ${end_date}")
        ),
        label("secret-not-set", names: "${secret:TAURO_TEST_NO_SECRET}", "${secret:TAURO_TEST_NO_SECRET}"),
        secret("secret-in-a-format", names: "`format`", "format: csv", in: Files.input),
        secret("secret-in-a-path", names: "`path`", "path: data/raw.csv", in: Files.input),
        secret("secret-in-a-function", names: "`function`", "function: t.total", in: Files.nodes),
        secret("secret-in-the-output-path", names: "`output_path`", "output_path: out", in: Files.settings),
        secret(
            "secret-in-a-description",
            names: "`description`",
            "description: From rows to their sum.",
            in: Files.pipelines
        ),
        BrokenProject(
            "secret-as-a-dependency",
            names: "`dependencies`",
            .replace("[keep]", "[\"${secret:TAURO_TEST_SECRET}\"]"),
            environment: ["TAURO_TEST_SECRET": secretText]
        ),
        BrokenProject(
            "secret-through-a-setting",
            names: "`format`",
            .append("kind: ${secret:TAURO_TEST_SECRET}\n", to: Files.settings),
            .replace("format: csv", "format: ${kind}", in: Files.input),
            environment: ["TAURO_TEST_SECRET": secretText]
        ),
        BrokenProject(
            "secret-of-the-wrong-kind",
            names: "'scale'",
            .replace("scale: 2.0", "scale: ${secret:TAURO_TEST_SECRET}"),
            environment: ["TAURO_TEST_SECRET": secretText]
        ),
    ]

    /// A secret that no message may show.
    static let secretText = "hunter2-never-shown"

    private static func label(_ name: String, names thing: String, _ new: String) -> BrokenProject {
        BrokenProject(name, names: thing, .replace("label: all", "label: " + new))
    }

    private static func secret(_ name: String, names thing: String, _ old: String, in file: String) -> BrokenProject {
        let key = old.prefix { $0 != ":" }
        return BrokenProject(
            name,
            names: thing,
            .replace(old, "\(key): ${secret:TAURO_TEST_SECRET}", in: file),
            environment: ["TAURO_TEST_SECRET": secretText]
        )
    }
}
