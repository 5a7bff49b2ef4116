import Foundation
import Testing

/// How findings are shown: source lines and carets on a terminal, plain lines elsewhere, one document for programs.
@Suite struct FindingsTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A project that needs no plugin, because its files already are wrong.
    private func project(_ nodes: String, at directory: String = "project") throws {
        try scratch.write("output_path: out\n", to: "\(directory)/config/global_settings.yaml")
        try scratch.write("p: {nodes: [count]}\n", to: "\(directory)/config/pipelines.yaml")
        try scratch.write(nodes, to: "\(directory)/config/nodes.yaml")
    }

    private func onTerminal(
        _ nodes: String,
        columns: Int = 80,
        environment: [String: String] = ["NO_COLOR": "1"]
    ) throws -> String {
        try project(nodes)
        return try Terminal.run(
            ["validate", "--project", "project"],
            columns: columns,
            environment: environment,
            directory: scratch.path
        ).output
    }

    // MARK: On a terminal

    private static let mistakes = """
        count: {function: t.count, outputs: gold.n}
        other:
          function: "t.\\"quoted\\" name"
          timeout_seconds: 'it''s late' # not a number
          retry: {max_retries: -1}
          engine: spark

        """

    @Test func placesAreShownInTheSource() throws {
        try project(FindingsTests.mistakes)
        for (name, environment) in [("findings-colored", ["NO_COLOR": ""]), ("findings-terminal", ["NO_COLOR": "1"])] {
            let result = try Terminal.run(
                ["validate", "--project", "project"],
                environment: environment,
                directory: scratch.path
            )
            try Snapshot.check(name, result, replacing: ["\u{1B}": "␛"])
        }
    }

    @Test func elsewhereThereAreOnlyTheLinesThatToolsRead() throws {
        try project(FindingsTests.mistakes)
        let result = try HostProcess.run(["validate", "--project", "project"], directory: scratch.path)
        try Snapshot.check("findings-plain", result, replacing: [:])
        #expect(!result.errors.contains(" | "))
    }

    @Test func everyVerbThatLoadsAProjectShowsTheSource() throws {
        try project("count: {function: t.count, outputs: gold.n}\n")
        for arguments in [
            ["validate"], ["plan", "p"], ["run", "p"], ["run", "p", "--format", "json"], ["datasets", "preview", "n"],
        ] {
            let result = try Terminal.run(arguments + ["--project", "project"], directory: scratch.path)
            #expect(result.status == 2)
            #expect(result.output.contains("count: {function: t.count, outputs: gold.n}\n"), "\(arguments)")
        }
    }

    @Test func wideCharactersAndMarksDoNotMoveTheCaret() throws {
        let line = "日本: {description: \"e\u{301} 한국 🚀 ok\", fnction: a.b, 説明: x}\n"
        let text = try onTerminal(line)
        // Five wide characters, and a mark that takes no column, stand before the first key.
        for (columns, word) in [(36, "^~~~~~~"), (50, "^~~~")] {
            let caret = String(repeating: " ", count: columns) + word
            #expect(text.contains("  1 | \(line)    | \(caret)\n"), "\(text)")
        }
    }

    @Test func tabsTakeUpToFourColumns() throws {
        let text = try onTerminal("count: {function: t.count,\toutputs: gold.n,\t\tx: 1}\n")
        #expect(
            text.contains(
                "  1 | count: {function: t.count,→ outputs: gold.n,→   →   x: 1}\n    |                             ^~~~~~~\n"
            ),
            "\(text)"
        )
    }

    @Test func whatCouldDriveTheTerminalIsReplaced() throws {
        let text = try onTerminal("count: {function: \"t.\u{1B}[2J\u{202E}count\", outputs: gold.n} # \u{9B}2J\u{7F}\n")
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("\u{9B}"), "\(text)")
        // A control character ends libyaml's reading, so a name is what carries it into a message.
        let named = try onTerminal("\"co\\e[2Junt\": {outputs: gold.n}\n")
        #expect(!named.contains("\u{1B}"), "\(named)")
        #expect(named.contains("co\u{FFFD}[2Junt"), "\(named)")
    }

    @Test func bytesThatAreNoTextKeepTheirColumns() throws {
        try project("")
        let bytes =
            Array("count: {description: \"".utf8) + [0xE6, 0x97, 0xFF, 0xFE] + Array("\", fnction: a.b}\n".utf8)
        try Data(bytes).write(to: URL(fileURLWithPath: scratch.file("project/config/nodes.yaml")))
        let result = try Terminal.run(["validate", "--project", "project"], directory: scratch.path)
        #expect(
            result.output.contains("count: {description: \"\u{FFFD}\u{FFFD}\u{FFFD}\", fnction: a.b}"),
            "\(result.output)"
        )
    }

    @Test(arguments: [20, 40, 80, 200])
    func longLinesAreCutAroundTheCaret(columns: Int) throws {
        let filler = String(repeating: "界x", count: 2_000)
        let text = try onTerminal(
            "count: {function: t.count, description: \"\(filler)\", outputs: gold.n, description2: \"\(filler)\"}\n",
            columns: columns
        )
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let carets = lines.indices.filter { lines[$0].hasPrefix("    | ") && lines[$0].contains("^") }
        #expect(carets.count == 2)
        for (caret, word) in zip(carets, ["outputs", "description2"]) {
            let source = Array(lines[caret - 1].unicodeScalars.flatMap { $0 == "界" ? [$0, "\0"] : [$0] })
            let marks = Array(lines[caret])
            #expect(source.count <= max(columns, 26) && marks.count <= max(columns, 26))
            let start = try #require(marks.firstIndex(of: "^"))
            let shown = String(String.UnicodeScalarView(source[start..<marks.count]))
            #expect(word.hasPrefix(shown) && !shown.isEmpty, "\(lines[caret - 1])")
            #expect(lines[caret - 1].hasPrefix("  1 | …") && source.last == "…")
        }
    }

    @Test func placesOutsideFilesHaveNoSource() throws {
        let project = try TestProject(nodes: "count: {function: t.count}\n", pipeline: ["count"])
        try project.plugin()
        let result = try Terminal.run(["plan", "p", "--param", "count.upto=many", "--project", project.path])
        #expect(result.status == 3)
        #expect(!result.output.contains(" | "), "\(result.output)")
    }

    // MARK: For programs

    private func document(_ result: HostProcess.Result) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result)")
    }

    @Test(arguments: ["json", "sarif"])
    func documentOfFindings(format: String) throws {
        try project(FindingsTests.mistakes, at: "the project")
        let result = try HostProcess.run(
            ["validate", "--project", "the project", "--format", format],
            directory: scratch.path
        )
        try Snapshot.check("findings-\(format)", result, replacing: [scratch.path: "<scratch>"])
    }

    @Test func validProjectIsADocumentToo() throws {
        let project = try TestProject(nodes: "count: {function: t.count}\n", pipeline: ["count"])
        try project.plugin()
        let json = try project.host("validate", "--format", "json")
        #expect(json.status == 0)
        let found = try document(json)
        #expect(Set(found.keys) == ["diagnostics", "counts"])
        #expect(found["counts"] as? [String: Int] == ["error": 0, "warning": 0])
        #expect((found["diagnostics"] as? [Any])?.isEmpty == true)
        let sarif = try project.host("validate", "p", "--format", "sarif")
        #expect(sarif.status == 0)
        #expect(SarifSchema.problems(try document(sarif)).isEmpty)
    }

    @Test(arguments: [
        (["validate", "nowhere"], Int32(2), "configuration"),
        (["validate", "--project", "missing"], 2, "configuration"),
        (["validate"], 3, "validation"), (["validate", "--no-such-flag"], 2, "configuration"),
    ])
    func everyFailureIsADocument(arguments: [String], status: Int32, kind: String) throws {
        let project = try TestProject(nodes: "count: {function: t.cuont}\n", pipeline: ["count"])
        let target = arguments.contains("--project") ? [] : ["--project", project.path]
        let result = try HostProcess.run(arguments + target + ["--format", "json"])
        #expect(result.status == status, "\(result.errors)")
        let findings = try #require(try document(result)["diagnostics"] as? [[String: Any]])
        let keys: Set = ["severity", "kind", "message", "file", "line", "column", "notes"]
        #expect(!findings.isEmpty && findings.allSatisfy { Set($0.keys) == keys })
        #expect(findings.contains { $0["severity"] as? String == "error" && $0["kind"] as? String == kind })
    }

    @Test func untrustedPluginIsAFindingOfItsOwnFamily() throws {
        let project = try TestProject(nodes: "count: {function: t.count}\n", pipeline: ["count"])
        try project.plugin()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o777],
            ofItemAtPath: project.path + "/plugins/nodes.so"
        )
        let result = try project.host("validate", "--format", "sarif")
        #expect(result.status == 6)
        let log = try document(result)
        #expect(SarifSchema.problems(log).isEmpty)
        #expect(SarifSchema.results(log).contains { $0["ruleId"] as? String == "security" })
    }

    @Test func pathsInLogsAreURIs() throws {
        let directory = "späte flüge #1 100%"
        try project("count: {function: t.count, outputs: gold.n}\n", at: directory)
        let result = try HostProcess.run(
            ["validate", "--project", directory, "--format", "sarif"],
            directory: scratch.path
        )
        let log = try document(result)
        #expect(SarifSchema.problems(log).isEmpty)
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let bases = try #require(run["originalUriBaseIds"] as? [String: [String: Any]])
        let base = try #require(bases["PROJECT"]?["uri"] as? String)
        #expect(base.hasSuffix("/sp%C3%A4te%20fl%C3%BCge%20%231%20100%25/"))
        let uri = try #require(SarifSchema.uris(log).first)
        let resolved = try #require(URL(string: uri, relativeTo: URL(string: base)))
        #expect(resolved.path == scratch.file(directory) + "/config/nodes.yaml")
    }

    @Test func findingsWithoutAFileAreShownAtTheProject() throws {
        let project = try TestProject(nodes: "count: {function: t.count}\n", pipeline: ["count"])
        let result = try project.host("validate", "nowhere", "--format", "sarif")
        let log = try document(result)
        #expect(SarifSchema.problems(log).isEmpty)
        #expect(SarifSchema.uris(log) == ["./"])
    }
}
