import TauroConfig
import TauroModel
import Testing

@Suite("References in texts")
struct InterpolationTests {
    /// A project whose node has these params, and whose settings are these.
    private func project(_ params: String, settings: String = "") throws -> TemporaryProject {
        try TemporaryProject.usable([
            "config/nodes.yaml": "extract:\n  function: a.b\n  params: \(params)\n",
            "config/global_settings.yaml": settings,
        ])
    }

    private func parameter(
        _ text: String,
        settings: String = "",
        dates: DateWindow = DateWindow(),
        variables: [String: String] = [:]
    ) throws -> ConfigValue.Content {
        let project = try project("\n    x: \(text)", settings: settings)
        let outcome = project.load(dates: dates, variables: variables)
        return try #require(outcome.context?.node("extract")?.parameters["x"]?.content, "\(project.text(of: outcome))")
    }

    @Test("the call's dates, then the environment, then the settings")
    func order() throws {
        let settings = "start_date: 2026-01-01\nname: settings\n"
        let dates = DateWindow(start: "2026-03-01")
        let variables = ["start_date": "2026-02-01", "name": "environment"]
        #expect(
            try parameter("${start_date}", settings: settings, dates: dates, variables: variables)
                == .string("2026-03-01")
        )
        #expect(try parameter("${start_date}", settings: settings, variables: variables) == .string("2026-02-01"))
        #expect(try parameter("${start_date}", settings: settings) == .string("2026-01-01"))
        #expect(try parameter("${name}", settings: settings, variables: variables) == .string("environment"))
        #expect(try parameter("${name}", settings: settings) == .string("settings"))
    }

    @Test("defaults, also of empty variables, also with references in them")
    func defaults() throws {
        #expect(try parameter("\"${A:-b}\"") == .string("b"))
        #expect(try parameter("\"${A:-}\"") == .string(""))
        #expect(try parameter("\"${A:-b}\"", variables: ["A": ""]) == .string("b"))
        #expect(try parameter("\"${A}\"", variables: ["A": ""]) == .string(""))
        #expect(try parameter("\"x/${A:-${B:-c}}/y\"") == .string("x/c/y"))
        #expect(try parameter("\"${A:-${n}}\"", settings: "n: 5") == .integer(5))
    }

    @Test("`$${` is a literal")
    func literal() throws {
        #expect(try parameter("\"$${A} $5 $$\"") == .string("${A} $5 $$"))
    }

    @Test("types: settings keep theirs, variables have the one they would have in the file")
    func types() throws {
        #expect(try parameter("${n}", settings: "n: 5") == .integer(5))
        #expect(try parameter("\"${n}\"", settings: "n: 5") == .integer(5))
        #expect(try parameter("${n}", settings: "n: \"5\"") == .string("5"))
        #expect(try parameter("${l}", settings: "l: {a: 1}") != .null)
        #expect(try parameter("v${n}-${f}-${b}", settings: "n: 5\nf: 0.5\nb: true") == .string("v5-0.5-true"))
        #expect(try parameter("${N}", variables: ["N": "5"]) == .integer(5))
        #expect(try parameter("\"${N}\"", variables: ["N": "5"]) == .string("5"))
        #expect(try parameter("${N:-0.5}") == .double(0.5))
        #expect(try parameter("${N:-4}${N:-2}") == .string("42"))
    }

    @Test("settings refer to settings, in any order")
    func nested() throws {
        #expect(try parameter("${a}", settings: "a: \"${b}/x\"\nb: \"${c}/y\"\nc: \"${R:-z}\"") == .string("z/y/x"))
    }

    @Test("settings themselves are replaced")
    func settings() throws {
        let project = try project("{}", settings: "root: /srv\noutput_path: \"${root}/out\"\nmax_workers: ${W:-7}\n")
        let settings = try #require(project.load().context?.globalSettings)
        #expect(settings.outputPath == "/srv/out")
        #expect(settings.maxWorkers == 7)
        #expect(settings.all["output_path"]?.content == .string("/srv/out"))
    }

    @Test("JSON files may have numbers by reference")
    func json() throws {
        let project = try TemporaryProject([
            "config/global_settings.json": "{\"max_workers\": \"${W:-3}\"}",
            "config/pipelines.json": "{\"p\": {\"nodes\": [\"a\"]}}",
            "config/nodes.json": "{\"a\": {\"function\": \"x.y\"}}",
        ])
        #expect(project.load().context?.globalSettings.maxWorkers == 3)
    }

    @Test("what has no value, with the cure")
    func unresolved() throws {
        let project = try project(
            "\n    a: ${regoin}\n    b: [\"x${B}\", \"${secret:TOKEN}\"]\n    c: ${start_date}",
            settings: "region: north"
        )
        #expect(
            project.findings() == """
                config/nodes.yaml:4:8: error: `${regoin}` has no value; did you mean `${region}`?
                  Set the environment variable regoin, add `regoin` to global_settings, or give a default with `${regoin:-…}`.
                config/nodes.yaml:5:9: error: `${B}` has no value.
                  Set the environment variable B, add `B` to global_settings, or give a default with `${B:-…}`.
                config/nodes.yaml:5:18: error: The secret `${secret:TOKEN}` is not set.
                  Set the environment variable TOKEN before the run.
                config/nodes.yaml:6:8: error: `${start_date}` has no value: this run has no start date.
                  Give it with --start-date YYYY-MM-DD, or set `start_date` in global_settings.
                """
        )
    }

    @Test("one complaint for one mistake: what a reference should have been is not complained about")
    func noFollowOn() throws {
        let project = try TemporaryProject.usable([
            "config/pipelines.yaml": "p: {nodes: [extract], max_workers: \"${W}\"}"
        ])
        #expect(project.findings().split(separator: "\n").count == 2)
    }

    @Test("unreadable settings do not make every reference a mistake")
    func unreadableSettings() throws {
        let project = try project("{x: \"${root}\"}", settings: "root: [")
        #expect(!project.findings().contains("root}"))
    }

    @Test("references that are none", arguments: ["${", "${}", "${A", "${A:+b}", "${env:A}", "${A B}"])
    func malformed(_ text: String) throws {
        let findings = try project("{x: \"\(text)\"}").findings()
        #expect(findings.hasPrefix("config/nodes.yaml:3:15: error: "))
        #expect(findings.contains("`$${`"))
    }

    @Test("cycles, with their path")
    func cycles() throws {
        let project = try project("{x: \"${a}\"}", settings: "a: ${b}\nb: \"${c}!\"\nc: ${a}\nd: {e: \"${d}\"}\n")
        #expect(
            project.findings() == """
                config/global_settings.yaml:3:4: error: `${a}` refers to itself: a -> b -> c -> a.
                config/global_settings.yaml:4:8: error: `${d}` refers to itself: d -> d.
                """
        )
    }

    @Test("texts and lists that grow without bound")
    func bombs() throws {
        let settings = { (item: (Int) -> String) in
            "s0: 0123456789\n" + (1...8).map { "s\($0): \(item($0 - 1))\n" }.joined()
        }
        let text = try project("{}", settings: settings { n in "\"" + String(repeating: "${s\(n)}", count: 10) + "\"" })
        #expect(text.findings().contains("error: The text grows beyond 1048576 bytes by its references."))
        let list = try project(
            "{}",
            settings: settings { n in "[" + Array(repeating: "\"${s\(n)}\"", count: 10).joined(separator: ", ") + "]" }
        )
        #expect(list.findings().contains("error: References repeat more than 1000000 values."))
    }

    @Test("a long row of settings is refused, not a stack overflow")
    func longChain() throws {
        let settings = (0..<500).map { "s\($0): {x: \"${s\($0 + 1)}\"}\n" }.joined() + "s500: 1\n"
        #expect(
            try project("{}", settings: settings).findings().contains(
                "More than 50 settings refer to one another in a row."
            )
        )
    }

    @Test("a key with a reference")
    func key() throws {
        #expect(
            try project("{\"${A}\": 1}").findings().hasPrefix(
                "config/nodes.yaml:3:12: error: A key can not hold a reference: `${A}`."
            )
        )
    }

    @Test("secrets are marked wherever they get to")
    func secrets() throws {
        let project = try project(
            "{token: \"${secret:TOKEN}\", header: \"Bearer ${secret:TOKEN}\", copy: \"${t}\", plain: \"${A}\"}",
            settings: "t: ${secret:TOKEN}"
        )
        let node = try #require(project.load(variables: ["TOKEN": "12345", "A": "5"]).context?.node("extract"))
        #expect(node.parameters["token"]?.content == .string("12345"))
        #expect(node.parameters["token"]?.isSecret == true)
        #expect(node.parameters["header"]?.content == .string("Bearer 12345"))
        #expect(node.parameters["header"]?.isSecret == true)
        #expect(node.parameters["copy"]?.isSecret == true)
        #expect(node.parameters["plain"]?.isSecret == false)
        #expect("\(node.parameters)".contains("12345") == false)
    }

    @Test("secrets are in no finding, and may not be where they would be printed")
    func secretsDoNotLeak() throws {
        let project = try TemporaryProject.usable([
            "config/nodes.yaml":
                "extract: {function: \"${secret:T}\", tags: [\"${secret:T}\"], retry: \"${secret:T}\", dependencies: \"${secret:T}\"}",
            "config/pipelines.yaml":
                "p: {nodes: [\"${secret:T}\", {name: \"${secret:T}\"}], max_workers: \"${secret:T}\", type: \"${t}\"}",
            "config/global_settings.yaml": "t: \"x${secret:T}\"\nmax_workers: \"${t}\"\nparams: \"${t}\"\n",
            "config/input.yaml": "a: {format: csv, path: \"/x/${secret:T}\"}",
        ])
        let findings = project.findings(variables: ["T": "hunter2"])
        #expect(!findings.contains("hunter2"))
        #expect(
            findings.contains(
                "config/nodes.yaml:1:21: error: `function` of node `extract` can not hold a secret, because it is printed and stored with every run."
            )
        )
        #expect(findings.contains("config/input.yaml:1:24: error: `path` of input `a` can not hold a secret"))
        #expect(findings.contains("`params` of global settings: expected a map, found a secret."))
        #expect(findings.split(separator: "\n").filter { $0.contains("error:") }.count == 11)
    }
}
