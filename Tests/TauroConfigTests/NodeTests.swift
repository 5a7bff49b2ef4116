import TauroConfig
import TauroModel
import Testing

@Suite("The section `nodes`")
struct NodeTests {
    private func findings(_ nodes: String) throws -> String {
        try TemporaryProject.usable(["config/nodes.yaml": nodes]).findings()
    }

    private func node(_ yaml: String) throws -> NodeDefinition {
        let project = try TemporaryProject.usable(["config/nodes.yaml": yaml])
        let outcome = project.load()
        return try #require(outcome.context?.nodes.first, "\(project.text(of: outcome))")
    }

    @Test("every key reaches its field, with its place")
    func everyKey() throws {
        let node = try node(
            """
            extract:
              function: flights.etl.extract
              input: [raw, planes]
              output: bronze.flights
              dependencies: [prepare]
              params: {limit: 10, ratio: 0.5, name: x, on: true}
              hyperparams: {depth: 6}
              metrics: [rows]
              description: Reads the departures.
              tags: nightly
            """
        )
        #expect(node.name == "extract")
        #expect(node.function == Located("flights.etl.extract"))
        #expect(node.function.location?.line == 2)
        #expect(node.inputs?.map(\.value) == ["raw", "planes"])
        #expect(node.inputs?.last?.location?.column == 16)
        #expect(node.outputs.map(\.value) == ["bronze.flights"])
        #expect(node.dependencies.map(\.value) == ["prepare"])
        #expect(node.parameters["limit"]?.content == .integer(10))
        #expect(node.parameters["ratio"]?.content == .double(0.5))
        #expect(node.parameters["on"]?.content == .bool(true))
        #expect(node.hyperparameters["depth"]?.content == .integer(6))
        #expect(node.metrics == ["rows"])
        #expect(node.description == "Reads the departures.")
        #expect(node.tags == ["nightly"])
        #expect(node.location?.line == 1)
    }

    @Test("both spellings of a thing are one")
    func spellings() throws {
        let node = try node(
            "extract: {module: flights.etl, function: extract, hyperparameters: {a: 1}, depends_on: x}"
        )
        #expect(node.function.value == "flights.etl.extract")
        #expect(node.hyperparameters["a"]?.content == .integer(1))
        #expect(node.dependencies.map(\.value) == ["x"])
    }

    @Test("both spellings at once are an error")
    func spellingsAtOnce() throws {
        #expect(
            try findings("extract: {function: a.b, dependencies: [x], depends_on: [y]}") == """
                config/nodes.yaml:1:45: error: `depends_on` and `dependencies` are two spellings of one key, in node `extract`.
                  Keep one of them.
                """
        )
    }

    @Test(
        "the five forms of dependencies",
        arguments: [
            ("extract", ["extract"]),
            ("{extract: {}}", ["extract"]),
            ("[extract, transform]", ["extract", "transform"]),
            ("[{extract: {}}, {transform: {}}]", ["extract", "transform"]),
            ("[extract, transform: {}, extract]", ["extract", "transform"]),
            ("", []),
            ("[]", []),
            ("[2024]", ["2024"]),
        ]
    )
    func dependencyForms(_ form: String, _ expected: [String]) throws {
        #expect(try node("load: {function: a.b, dependencies: \(form)}").dependencies.map(\.value) == expected)
    }

    @Test("dependencies that name nothing, all at once")
    func badDependencies() throws {
        #expect(
            try findings("load: {function: a.b, dependencies: [a, null, {b: {}, c: {}}, true, [d]]}") == """
                config/nodes.yaml:1:41: error: Dependency cannot be None: item 2 of `dependencies` of node `load` is empty.
                  Write the name of a node, or remove the item.
                config/nodes.yaml:1:47: error: A map in `dependencies` of node `load` must have exactly one key, the name of a node; found `b`, `c`.
                  Begin each name with `- ` on a line of its own.
                config/nodes.yaml:1:63: error: `dependencies` of node `load`: expected the name of a node, found true.
                config/nodes.yaml:1:69: error: `dependencies` of node `load`: expected the name of a node, found a list.
                """
        )
    }

    @Test("no `input`, an empty one and one without value are three things")
    func inputForms() throws {
        #expect(try node("a: {function: a.b}").inputs == nil)
        #expect(try node("a: {function: a.b, input: []}").inputs == [])
        #expect(try node("a: {function: a.b, input: x}").inputs == [Located("x")])
        let found = try findings("a: {function: a.b, input: }")
        #expect(
            found == """
                config/nodes.yaml:1:27: error: `input` of node `a` has no value.
                  Write `[]` to pass nothing, or remove the key to pass the results of `dependencies`.
                """
        )
    }

    @Test("unknown keys, with the nearest known one")
    func unknownKeys() throws {
        #expect(
            try findings("extract:\n  function: a.b\n  dependancies: [x]\n  colour: red\n") == """
                config/nodes.yaml:3:3: error: `dependancies` is not a key of a node, in node `extract`; did you mean `dependencies`?
                config/nodes.yaml:4:3: error: `colour` is not a key of a node, in node `extract`.
                  Known keys: function, module, input, output, dependencies, params, hyperparams, metrics, description, tags, checks, mlops, isolation, timeout_seconds, worker_memory_limit, retry, on_failure, priority, pool, memory, resource, circuit_breaker, engine, experiment, streaming.
                """
        )
    }

    @Test(
        "a key that is a part or a plural of a known one",
        arguments: [
            ("retries", "retry"), ("timeout", "timeout_seconds"), ("memory_limit", "worker_memory_limit"),
            ("metric", "metrics"), ("Tag", "tags"), ("dependency", "dependencies"), ("outpt", "output"),
        ]
    )
    func partsOfKeys(_ written: String, _ meant: String) throws {
        #expect(try findings("a: {function: a.b, \(written): 1}").contains("did you mean `\(meant)`?"))
        #expect(try TemporaryProject.usable(["config/global_settings.yaml": "format: csv\n"]).findings() == "")
    }

    @Test("one text that was meant as a list of names")
    func listsInOneText() throws {
        #expect(
            try findings(
                "a: {function: a.b, dependencies: \"b, c\"}\nd:\n  function: a.b\n  dependencies:\n    -b\n    -c\n"
            )
                == """
                config/nodes.yaml:1:34: error: `dependencies` of node `a`: "b, c" is one text, not a list of names.
                  Write the names in brackets: `[b, c]`.
                config/nodes.yaml:5:5: error: `dependencies` of node `d`: "-b -c" is one text, not a list of names.
                  Put a space after each `-`.
                """
        )
    }

    @Test("a name that stands twice in a list")
    func repeatedNames() throws {
        let project = try TemporaryProject.usable([
            "config/pipelines.yaml": "daily: {nodes: [extract, load, extract]}\n",
            "config/nodes.yaml": "extract: {function: a.b}\nload: {function: a.b, depends_on: [extract, extract: ]}\n",
        ])
        #expect(
            project.findings() == """
                config/nodes.yaml:2:45: warning: `dependencies` of node `load` names `extract` twice.
                  Remove one of the two.
                config/pipelines.yaml:1:32: error: `nodes` of pipeline `daily` names `extract` twice.
                  A node runs once; remove one of the two.
                """
        )
    }

    @Test("wrong types, each at its place")
    func wrongTypes() throws {
        #expect(
            try findings(
                "extract:\n  function: 5\n  tags: [a, 1.0]\n  params: [a]\n  timeout_seconds: ten\n  priority: \"3\"\n"
            )
                == """
                config/nodes.yaml:2:13: error: `function` of node `extract`: expected text, found the whole number 5.
                  Put the value in quotes.
                config/nodes.yaml:3:13: error: `tags` of node `extract`: expected text, found the number 1.0.
                  Put the value in quotes.
                config/nodes.yaml:4:11: error: `params` of node `extract`: expected a map, found a list.
                config/nodes.yaml:5:20: error: `timeout_seconds` of node `extract`: expected a number from 0.001 up, found the text "ten".
                config/nodes.yaml:6:13: error: `priority` of node `extract`: expected a whole number, found the text "3".
                  Write the number without quotes.
                """
        )
    }

    @Test("a node without function, and one that is no map")
    func missingFunction() throws {
        #expect(
            try findings("extract: {description: x}\nload:\nclean: text\n") == """
                config/nodes.yaml:1:1: error: Node `extract` has no `function`.
                  The dotted name of the function, for example `flights.etl.clean`.
                config/nodes.yaml:2:1: error: Node `load` has no `function`.
                  The dotted name of the function, for example `flights.etl.clean`.
                config/nodes.yaml:3:8: error: Node `clean`: expected a map of keys, found the text "text".
                """
        )
    }

    @Test("names of functions and ids of outputs are checked")
    func names() throws {
        #expect(
            try findings("a: {function: a..b, output: [ok.x, a.b.c.d, \"x y\", ok.x]}") == """
                config/nodes.yaml:1:15: error: `function` of node `a`: "a..b" is not the dotted name of a function.
                  Names are made of letters, digits and `_`, with dots between them, for example `flights.etl.clean`.
                config/nodes.yaml:1:36: error: `output` of node `a`: "a.b.c.d" is not the id of an output.
                  An id has one to three parts with dots between them, of letters, digits, `_` and `-`: table, schema.table or schema.folder.table.
                config/nodes.yaml:1:45: error: `output` of node `a`: "x y" is not the id of an output.
                  An id has one to three parts with dots between them, of letters, digits, `_` and `-`: table, schema.table or schema.folder.table.
                config/nodes.yaml:1:52: error: `output` of node `a` names `ok.x` twice.
                """
        )
    }

    @Test("what this version does not do yet is checked and said, not ignored")
    func laterKeys() throws {
        #expect(
            try findings(
                """
                a:
                  function: a.b
                  isolation: process
                  retry: {max_retries: 3, delay: 5}
                  on_failure: skip_dependents
                  engine: spark
                  mlops: {experiment_name: x}
                """
            ) == """
                config/nodes.yaml:4:27: error: `delay` is not a key of `retry`, in `retry` of node `a`; did you mean `delay_seconds`?
                config/nodes.yaml:6:3: warning: `engine` of node `a` has no effect in this version.
                config/nodes.yaml:7:3: warning: `mlops` of node `a` has no effect in this version.
                """
        )
    }

    @Test("asking for what happens anyway draws no warning")
    func silentWords() throws {
        #expect(try findings("a: {function: a.b, isolation: in_process, on_failure: stop, engine: duckdb}") == "")
        #expect(
            try findings("a: {function: a.b, engine: duckbd}")
                == "config/nodes.yaml:1:28: error: `engine` of node `a`: found the text \"duckbd\"; did you mean `duckdb`?"
        )
    }

    @Test("merge keys: own keys win, then the earlier map")
    func mergeKeys() throws {
        let node = try node(
            """
            extract: &one {function: a.b, params: {x: 1}, tags: [one], description: first}
            clean: &two {function: a.c, tags: [two], metrics: [m]}
            load:
              <<: [*one, *two]
              function: a.d
            """
        )
        #expect(node.name == "extract")
        let project = try TemporaryProject.usable([
            "config/nodes.yaml": "a: &one {function: a.b, tags: [one]}\nb: {<<: *one, function: a.d}\nc: *one\n"
        ])
        let context = try #require(project.load().context)
        #expect(context.nodes.map(\.function.value) == ["a.b", "a.d", "a.b"])
        #expect(context.node("b")?.tags == ["one"])
    }

    @Test("earlier merged maps win over later ones")
    func mergeLists() throws {
        let project = try TemporaryProject.usable([
            "config/nodes.yaml":
                "a: &a {function: a.b, description: first}\nb: &b {function: a.c, description: second, tags: [b]}\nc: {<<: [*a, *b]}\n"
        ])
        let node = try #require(project.load().context?.node("c"))
        #expect(node.function.value == "a.b")
        #expect(node.description == "first")
        #expect(node.tags == ["b"])
    }

    @Test("a merge key without a map")
    func badMerge() throws {
        #expect(
            try findings("a: {<<: [x], function: a.b}")
                == "config/nodes.yaml:1:9: error: The merge key `<<` takes a map or a list of maps, but has a list."
        )
    }
}
