extension BrokenProject {
    /// Inputs and outputs that are not there, not known, too many, too few, or in each other's way.
    static let datasets = inputs + outputs

    private static let inputs = [
        BrokenProject("input-unknown", names: "'archive'", .replace("[raw]", "[archive]")),
        BrokenProject("input-id-misspelt", names: "'rwa'", .replace("[raw]", "[rwa]")),
        BrokenProject("input-is-a-node", names: "'load'", .replace("[bronze.rows]", "[load]")),
        BrokenProject("input-of-no-name", names: "empty", .replace("[raw]", "[\"\"]")),
        BrokenProject("too-many-inputs", names: "t.pass", .replace("[raw]", "[raw, raw]")),
        BrokenProject("no-inputs", names: "t.pass", .replace("[raw]", "[]")),
        BrokenProject("no-dependency-to-pass", names: "t.total", .replace("  dependencies: [keep]\n", "")),
        BrokenProject(
            "dependency-returns-nothing",
            names: "t.total",
            .append("done: {function: t.quiet}\n"),
            .replace("[keep]", "[done]"),
            .replace("keep, sum", "keep, done, sum", in: Files.pipelines)
        ),
        BrokenProject(
            "artifact-for-a-frame",
            names: "artifact",
            .replace("  function: t.pass\n  input: [raw]", "  function: b.picture")
        ),
        BrokenProject("file-missing", names: "raw", .remove("data/raw.csv")),
        BrokenProject("pattern-without-a-match", names: "raw", .replace("data/raw.csv", "data/*.tsv", in: Files.input)),
        BrokenProject("format-unknown", names: "excel", .replace("format: csv", "format: excel", in: Files.input)),
        BrokenProject("format-in-capitals", names: "CSV", .replace("format: csv", "format: CSV", in: Files.input)),
        BrokenProject("option-unknown", names: "sheet", .append("  options: {sheet: 1}\n", to: Files.input)),
        BrokenProject(
            "option-of-the-wrong-kind",
            names: "header",
            .append("  options: {header: maybe}\n", to: Files.input)
        ),
    ]

    private static let outputs = [
        BrokenProject("output-of-four-parts", names: "a.b.c.d", .replace("gold.total", "a.b.c.d")),
        BrokenProject("output-with-an-empty-part", names: "gold..total", .replace("gold.total", "gold..total")),
        BrokenProject("output-is-a-path", names: "../total", .replace("gold.total", "../total")),
        BrokenProject("output-with-a-space", names: "gold total", .replace("gold.total", "gold total")),
        BrokenProject("output-of-no-name", names: "`output`", .replace("gold.total", "\"\"")),
        BrokenProject("output-entry-is-a-path", names: "data/x", .append("data/x: {format: csv}\n", to: Files.output)),
        BrokenProject("two-writers", names: "'bronze.rows'", .replace("[silver.rows]", "[silver.rows, bronze.rows]")),
        BrokenProject(
            "output-listed-twice",
            names: "`silver.rows`",
            .replace("[silver.rows]", "[silver.rows, silver.rows]")
        ),
        BrokenProject(
            "output-inside-an-output",
            names: "'gold.total.sum'",
            .replace("[silver.rows]", "[gold.total.sum]")
        ),
        BrokenProject(
            "output-format-unknown",
            names: "excel",
            .replace("format: csv", "format: excel", in: Files.output)
        ),
        BrokenProject(
            "default-format-unknown",
            names: "exel",
            .append("default_output_format: exel\n", to: Files.settings)
        ),
    ]
}
