/// Small documents that hold every form of syntax, and pieces to put into them.
enum MutationCorpus {
    static let yaml = [
        "a: 1\nb: [x, 2.5, ~, true]\nc: {d: 'e', \"f\": g}\n",
        "- a\n- - b\n  - c: 1\n    d: 2\n-\n  - {e: [f, {g: h}]}\n",
        "a: &x {p: 1, q: [2, 3]}\nb: *x\nc:\n  <<: *x\n  q: 4\nd: {<<: [*x, *x]}\n",
        "a: |\n  one\n   two\n\nb: >-\n  three\n  four\nc: |+2\n    five\n\nd: 1\n",
        "'a b': \"c\\n\\x41\\u00e4\\\n  d\"\ne: 'it''s\n  long'\nf: plain\n  text\n",
        "%YAML 1.2\n%TAG !y! tag:yaml.org,2002:\n---\n- !!str 5\n- ! 6\n- !y!int 7\n...\n# end\n",
        "? a\n: b\n? [c, d]\n: e\n? |\n  f\n: g\n{h: i}: j\n",
        "# ✅ comment\nkey: värde # after\nlist:\n- 😀\n-\tx\n",
        "[0o17, 0x1F, 1e3, -.inf, .nan, 9223372036854775808, 2025-01-31, ${a:-${b}}]\n",
        "a0: &a0 [x, x, x]\na1: &a1 [*a0, *a0, *a0]\na2: &a2 [*a1, *a1, *a1]\na3: [*a2, *a2, *a2]\n",
        "\u{FEFF}a: 1\r\nb:\r\n  - 2\r\n  - \"3\"\r\n",
        String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "\n",
    ]

    static let yamlPieces = [
        "[", "]", "{", "}", ",", ":", ": ", "- ", "-", "? ", "?", "&a ", "*a", "*a ", "&x", "*x", "!", "!!str ", "!<",
        "|", ">", "|-\n", ">+2\n", "'", "\"", "\\", "\\x", "\\U0010FFFF", "#", " #", "%", "%TAG ! !\n", "@", "`",
        "---\n", "...\n", "\n", "\r\n", "\r", "\t", " ", "  ", "\n  ", "\n\t", "<<: ", "<<: *a\n", "~", "null", "0x",
        "1e999", "-", ".", "${", "}", "$${", "${a:-", "\u{FEFF}", "\u{85}", "\u{2028}", "\0", "\u{7F}", "ä", "😀",
        "[*a0, *a0, *a0, *a0, *a0, *a0, *a0, *a0]", "&a0 ", "a: ", "a: b\n", "{a: [",
    ]

    static let json = [
        #"{"a": 1, "b": [true, false, null, -2.5e3], "c": {"d": "e\n\u00e4\ud83d\ude00"}}"#,
        #"[[], {}, [[1]], {"a": {"b": {"c": []}}}, "text", 12345678901234567890]"#,
        "{\n  \"nodes\": {\n    \"extract\": {\"function\": \"a.b\", \"output\": [\"bronze.x\"]}\n  }\n}\n",
        #"{"a": "${b:-1}", "": 0, "ä": "ö", "a b": "\\\/\b\f\r\t\""}"#,
    ]

    static let jsonPieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "null", "true", "fals", "-", "0", "1e",
        "1.", ".5", "01", "1e999", "\n", "\t", " ", "\0", "\u{FEFF}", "//", "/*", "'", "{\"a\":", "[[", "\"a\": 1,",
        "99999999999999999999",
    ]

    /// Whole projects in one file.
    static let projects = [
        """
        global_settings:
          output_path: out
          lake: ${output_path}/lake
          max_workers: 2
          start_date: "2025-01-01"
        pipelines:
          p: {nodes: [a, b], type: batch, params: {limit: 3}}
        nodes:
          a: {function: x.a, input: raw, output: bronze.a, retry: {max_retries: 2}}
          b:
            function: x.b
            dependencies: [a, {a: {}}]
            params: {path: "${lake}/b", day: "${start_date}", key: "${secret:KEY:-none}"}
            timeout_seconds: 1.5
            worker_memory_limit: 64 MiB
        input:
          raw: {format: csv, path: "data/${name:-raw}.csv", options: {header: true}, schema: {n: BIGINT}}
        output:
          bronze.a: {format: parquet, write_mode: overwrite}

        """,
        """
        nodes_config:
          type: ml
          train: &t
            module: ml.core
            function: train
            hyperparams: {rate: 0.1, depth: 6}
            tags: [slow]
          again: {<<: *t, depends_on: train, mlops: {enabled: true, experiment_name: e}}
        pipelines_config: {daily: {nodes: {train: {}, again: {}}}}
        global_settings: {default_output_format: csv}

        """,
    ]

    static let projectPieces = [
        "${output_path}", "${lake}", "${x", "${secret:KEY}", "${a:-${b:-c}}", "function: ", "nodes: ", "type: hybrid\n",
        "dependencies: [b]\n", "input: []\n", "isolation: process\n", "  retry: {", "start_date: 2025-13-01\n",
        "global_settings:\n", "output:\n", "1 GiB", "-1", "1e400", "params: {",
    ]
}
