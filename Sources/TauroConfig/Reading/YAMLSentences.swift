/// libyaml's words for what is wrong, in words for the person who wrote the file.
enum YAMLSentences {
    /// What is wrong with the order of signs: a sentence.
    static func ofSyntax(_ problem: String) -> String {
        syntax[problem] ?? "This is not valid YAML: \(problem)."
    }

    /// What is wrong with the bytes: a part of a sentence.
    static func ofBytes(_ problem: String) -> String {
        if problem.contains("UTF-16") || problem.contains("surrogate") { return "the bytes here are not UTF-16" }
        if problem.contains("UTF-8") || problem.contains("Unicode") { return "the bytes here are not UTF-8" }
        return problem
    }

    private static let syntax = [
        "could not find expected ':'": "A `:` is missing after the key that begins here.",
        "mapping values are not allowed in this context":
            "A `:` can not stand here; either this line is indented wrongly, or a text with `: ` in it needs quotes.",
        "did not find expected key":
            "This line does not fit the lines above it; check its indentation, "
            + "and that texts with special characters have quotes.",
        "did not find expected '-' indicator":
            "This line does not fit the list above it; each item begins with `- ` in the same column.",
        "did not find expected ',' or ']'": "A `,` or the closing `]` of a list is missing here.",
        "did not find expected ',' or '}'": "A `,` or the closing `}` of a map is missing here.",
        "found unexpected end of stream": "The file ends inside a quoted text; its closing quote is missing.",
        "found character that cannot start any token":
            "A value can not begin with this character; put the text in quotes.",
        "did not find expected <document start>":
            "What begins here does not belong to anything above it; check its indentation, "
            + "and that texts with special characters have quotes.",
        "did not find expected node content":
            "A value is missing here; put a text that begins with this character in quotes.",
        "block sequence entries are not allowed in this context":
            "A list can not begin here; put its first `- ` on a line of its own, or the text in quotes.",
        "found a tab character where an indentation space is expected":
            "A tab indents this text; YAML takes only spaces.",
        "found an indentation indicator equal to 0":
            "The digit after `|` or `>` says how many spaces indent the text, and is 1 to 9.",
        "found incompatible YAML document":
            "`%YAML` asks for a version that is not 1.1 or 1.2; remove the line, or write `%YAML 1.2`.",
        "found unknown directive name":
            "A line that begins with `%` gives an instruction to the reader, and this one is not known; remove the line.",
        "did not find expected alphabetic or numeric character":
            "A `*` or `&` begins an alias or an anchor and needs a name; put the text in quotes if it is none.",
        "found unknown escape character":
            "A text in double quotes has an unknown escape; write `\\\\` for a backslash, or use single quotes.",
    ]
}
