import TauroConfig
import TauroModel
import Testing

@Suite("What is left of a project with mistakes")
struct PartialTests {
    private func doubtful(_ files: [String: String]) throws -> (Context?, [String]) {
        let outcome = try TemporaryProject.usable(files).load()
        #expect(outcome.context == nil)
        guard let partial = outcome.partial else { return (nil, []) }
        let places =
            partial.nodes.map { ($0.name, $0.location) } + partial.pipelines.map { ($0.name, $0.location) }
            + partial.inputs.map { ($0.id, $0.location) }
        return (partial, places.filter { partial.isDoubtful($0.1) }.map(\.0))
    }

    @Test("entries with mistakes are marked, others are not")
    func marked() throws {
        let (partial, names) = try doubtful([
            "config/nodes.yaml": """
            good: {function: a.b}
            misspelt: {functoin: a.b}
            wrong: {function: a.b, tags: {x: 1}}
            unresolved: {function: a.b, description: "${NOBODY}"}
            """,
            "config/pipelines.yaml": "p: {nodes: [good, misspelt]}\nq: {nodes: [good, null]}\n",
            "config/input.yaml": "raw: {format: csv}\nfine: {format: csv, path: x}\n",
        ])
        #expect(names == ["misspelt", "wrong", "unresolved", "q", "raw"])
        #expect(partial?.nodes.map(\.name) == ["good", "misspelt", "wrong", "unresolved"])
    }

    @Test(
        "mistakes in what everything rests on leave nothing to check: the form of files, settings, entries that are no map",
        arguments: [
            ["config/nodes.yaml": "a: [1, 2\n"], ["config/input.yaml": "a: [1, 2\n"], ["config/nodes.yaml": "text"],
            ["config/global_settings.yaml": "output_path: 5\n"], ["config/nodes.yaml": "extract: text\n"],
            ["config/nodes.yaml": "extract: {function: a.b, function: a.c}\n"],
        ]
    )
    func nothing(_ files: [String: String]) throws {
        #expect(try doubtful(files).0 == nil)
    }

    @Test("a project without mistakes has no doubts")
    func noDoubts() throws {
        let outcome = try TemporaryProject.usable().load()
        #expect(outcome.context?.doubtful == [])
        #expect(outcome.partial == nil)
    }
}
