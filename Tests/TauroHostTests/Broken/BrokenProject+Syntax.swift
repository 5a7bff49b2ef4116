extension BrokenProject {
    /// What is not YAML, or not what configuration takes of it.
    static let syntax = indentation + unclosed + textWithoutQuotes + twice + aliases + documents

    private static let indentation = [
        BrokenProject("tab", names: "tab", .replace("  function: t.total", "\tfunction: t.total")),
        BrokenProject("tab-after-spaces", names: "tab", .replace("    strict: true", "  \tstrict: true")),
        BrokenProject("indented-too-little", names: "indentation", .replace("  params:", " params:")),
        BrokenProject("indented-too-much", names: "indented", .replace("  dependencies:", "    dependencies:")),
        BrokenProject("top-level-indented", names: "`keep`", .replace("keep:\n", "  keep:\n")),
        BrokenProject("item-in-a-map", names: "indentation", .replace("  params:", "  - params:")),
        BrokenProject("item-beside-its-key", names: "list", .replace("output: [silver.rows]", "output: - silver.rows")),
        BrokenProject(
            "items-in-different-columns",
            names: "indentation",
            .replace("[load, keep, sum]", "\n    - load\n   - keep\n    - sum", in: Files.pipelines)
        ),
        BrokenProject("text-indented-by-tab", names: "tab", .replace("label: all", "label: |\n\tall")),
        BrokenProject("text-indented-by-zero", names: "indent", .replace("label: all", "label: |0\n      all")),
    ]

    private static let unclosed = [
        BrokenProject("list-not-closed", names: "]", .replace("[raw]", "[raw")),
        BrokenProject("map-not-closed", names: "}", .replace("VARCHAR}", "VARCHAR", in: Files.input)),
        BrokenProject("list-closed-as-a-map", names: "]", .replace("[raw]", "[raw}")),
        BrokenProject("double-quote-not-closed", names: "quote", .replace("label: all", "label: \"all")),
        BrokenProject("single-quote-not-closed", names: "quote", .replace("label: all", "label: 'all")),
        BrokenProject("no-colon", names: ":", .replace("  params:\n", "  params\n")),
        BrokenProject("no-space-after-colon", names: ":", .replace("function: t.total", "function:t.total")),
        BrokenProject(
            "no-comma",
            names: ",",
            .replace("{format: parquet, write", "{format: parquet write", in: Files.output)
        ),
        BrokenProject("only-a-comma", names: "value", .replace("[raw]", "[, raw]")),
        BrokenProject("text-after-a-list", names: "value before it", .replace("[raw]", "[raw] raw")),
        BrokenProject("text-after-quotes", names: "value before it", .replace("label: all", "label: \"all\" rows")),
    ]

    private static let textWithoutQuotes = [
        BrokenProject("colon-in-text", names: ":", .replace("label: all", "label: all: of them")),
        BrokenProject("text-begins-with-at", names: "character", .replace("label: all", "label: @all")),
        BrokenProject("text-begins-with-backtick", names: "character", .replace("label: all", "label: `all`")),
        BrokenProject("text-begins-with-percent", names: "character", .replace("label: all", "label: %all")),
        BrokenProject("text-begins-with-bracket", names: "]", .replace("label: all", "label: [all")),
        BrokenProject("text-begins-with-exclamation", names: "!all", .replace("label: all", "label: !all x")),
        BrokenProject("text-is-an-ampersand", names: "&", .replace("label: all", "label: & all")),
        BrokenProject("unknown-escape", names: "escape", .replace("label: all", #"label: "a\ll""#)),
        BrokenProject(
            "reference-in-a-map-without-quotes",
            names: "}",
            .replace("data/raw.csv\n  schema: {n: BIGINT", "x\n  options: {a: ${lake}", in: Files.input)
        ),
        BrokenProject("unknown-tag", names: "!env", .replace("label: all", "label: !env LABEL")),
        BrokenProject("whole-number-too-large", names: "99999999999999999999", .replace("2.0", "99999999999999999999")),
        BrokenProject("key-too-long", names: ":", .append(String(repeating: "k", count: 1_200) + ": {}\n")),
    ]

    private static let twice = [
        BrokenProject("node-twice", names: "`load`", .append("load: {function: t.quiet}\n")),
        BrokenProject("pipeline-twice", names: "`daily`", .append("daily: {nodes: [load]}\n", to: Files.pipelines)),
        BrokenProject("key-twice", names: "`output`", .append("  output: gold.other\n")),
        BrokenProject("parameter-twice", names: "`scale`", .replace("    label: all\n", "    scale: 3.0\n")),
        BrokenProject("setting-twice", names: "`max_workers`", .append("max_workers: 3\n", to: Files.settings)),
        BrokenProject("key-twice-in-flow", names: "`n`", .replace("name: VARCHAR", "n: VARCHAR", in: Files.input)),
        BrokenProject(
            "merge-key-twice",
            names: "`<<`",
            .append("a: &a {function: t.quiet}\nb:\n  <<: *a\n  <<: *a\n")
        ),
        BrokenProject("key-is-a-list", names: "key", .append("? [a, b]\n: {function: t.quiet}\n")),
        BrokenProject("key-is-a-map", names: "key", .append("{a: b}: {function: t.quiet}\n")),
    ]

    private static let aliases = [
        BrokenProject("alias-without-anchor", names: "*defaults", .replace("label: all", "label: *defaults")),
        BrokenProject(
            "alias-misspelt",
            names: "*defualts",
            .replace("params:", "params: &defaults"),
            .append("more: {function: t.total, dependencies: load, params: *defualts}\n")
        ),
        BrokenProject(
            "alias-before-its-anchor",
            names: "*late",
            .replace("[raw]", "*late"),
            .replace("[bronze.rows]", "&late [bronze.rows]")
        ),
        BrokenProject(
            "alias-in-itself",
            names: "*self",
            .replace("params:", "params: &self"),
            .append("  tags: [a]\n"),
            .replace("label: all", "label: *self")
        ),
        BrokenProject(
            "alias-bomb",
            names: "aliases",
            .append(
                "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
                    + (1...9).map { level in
                        let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
                        return "a\(level): &a\(level) [\(items)]\n"
                    }.joined()
            )
        ),
        BrokenProject("merge-of-a-text", names: "<<", .replace("    label: all", "    <<: all")),
        BrokenProject("merge-of-a-list-of-texts", names: "<<", .replace("    label: all", "    <<: [a, b]")),
        BrokenProject(
            "nested-too-deeply",
            names: "100",
            .replace("label: all", "label: " + String(repeating: "[", count: 150) + String(repeating: "]", count: 150))
        ),
        BrokenProject(
            "nested-too-deeply-in-lines",
            names: "100",
            .append((0..<150).map { String(repeating: " ", count: $0) + "k:\n" }.joined())
        ),
    ]

    private static let documents = [
        BrokenProject("second-document", names: "second document", .append("---\nmore: {function: t.quiet}\n")),
        BrokenProject("text-after-the-end", names: "above it", .append("...\nmore: {function: t.quiet}\n")),
        BrokenProject("version-of-yaml", names: "%YAML", .text("%YAML 3.0\n---\n" + goodNodes)),
        BrokenProject("unknown-directive", names: "%", .text("%INCLUDE x\n---\n" + goodNodes)),
        BrokenProject(
            "too-many-directives",
            names: "%TAG",
            .text((0...100).map { "%TAG !t\($0)! x\n" }.joined() + "---\n" + goodNodes)
        ),
    ]
}
