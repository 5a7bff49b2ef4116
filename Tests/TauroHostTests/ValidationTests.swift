import Foundation
import Testing

/// What `validate` says of whole projects, as a person sees it: one snapshot each.
@Suite struct ValidationTests {
    private func check(_ name: String, _ project: TestProject, _ arguments: String...) throws {
        let result = try HostProcess.run(arguments + ["--project", project.path])
        try Snapshot.check(name, result, replacing: [project.path: "<project>"])
    }

    @Test func aProjectWithThingsThatNobodyUses() throws {
        let project = try TestProject(
            nodes: """
                count:
                  function: t.count
                  output: gold.n
                  params: {upto: 5}
                  hyperparams: {upto: 9}
                sum: {function: t.total, input: [gold.n], output: gold.total}
                again: {function: t.count, output: gold.n}
                spare: {function: t.fali}
                """,
            pipeline: ["count", "sum"],
            input: "raw: {format: csv, path: data/raw.csv, options: {delimitr: ';'}}\n",
            output: "gold.old: {format: parquet}\ngold.n: {format: csv}\n",
            settings: "max_workers: 100\nparams: {labl: x}\ndefault_hyperparams: {rate: 0.1}\n"
        )
        try project.plugin()
        try project.scratch.write(
            "p: {nodes: [count, sum], params: {scal: 2.0}}\nq: {nodes: [again]}\n",
            to: "project/config/pipelines.yaml"
        )
        try check("validate-unused", project, "validate")
        try check("validate-one-pipeline", project, "validate", "p")
    }

    /// What one pipeline stores and another reads is there only after the first run.
    @Test func aFreshCheckoutIsValid() throws {
        let project = try TestProject(
            nodes: """
                count: {function: t.count, output: gold.n}
                sum: {function: t.total, input: [gold.n], output: gold.total}
                grow: {function: t.pass, input: [gold.state], output: gold.state}
                """,
            pipeline: ["count"]
        )
        try project.plugin()
        try project.scratch.write(
            "p: {nodes: [count]}\nq: {nodes: [sum]}\nr: {nodes: [grow]}\n",
            to: "project/config/pipelines.yaml"
        )
        try project.scratch.write("rows: 1\n", to: "project/config/dev/global_settings.yaml")
        try check("validate-not-stored", project, "validate")
        try check("plan-not-stored", project, "plan", "q", "--env", "dev")
        try check("run-not-stored", project, "run", "q", "--progress", "none", "--end-date", "2025-01-31")
        try check("run-not-started", project, "run", "r", "--progress", "none")
    }

    @Test func mistakesOfEveryFileAreToldTogetherAndInOrder() throws {
        let project = try TestProject(
            nodes: """
                first: {function: t.count, params: {upto: many}}
                second: {function: t.pass, input: [nowhere, first], outputs: gold.b}
                third: {function: t.pass, input: [gold.b]}
                fourth: {function: t.cuont, dependencies: [absent]}
                fifth: {function: t.pass, dependencies: [sixth]}
                sixth: {function: t.pass, dependencies: [fifth]}
                """,
            pipeline: ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"],
            input: "flights: {format: csv, path: data/flights.csv, colour: red}\n"
        )
        try project.plugin()
        try check("validate-everything", project, "validate")
        try check("run-everything", project, "run", "p", "--progress", "none")
    }

    /// What `first` stores is read by `second`; that no run has stored it yet follows from the mistake.
    @Test func theFilesOfEveryEnvironmentAreRead() throws {
        let project = try TestProject(nodes: "count: {function: t.count}\n", pipeline: ["count"])
        try project.plugin()
        try project.scratch.write("count: {isolaton: process}\n", to: "project/config/prod/nodes.yaml")
        try check("validate-environments", project, "validate")
        #expect(try HostProcess.run(["validate", "p", "--project", project.path]).status == 0)
    }

    @Test func whatFollowsFromAMistakeIsNotToldToo() throws {
        let project = try TestProject(
            nodes: "first: {function: t.count, outputs: gold.n}\nsecond: {function: t.pass, input: [gold.n]}\n",
            pipeline: ["first", "second"],
            output: "gold.n: {format: csv}\n"
        )
        try project.plugin()
        try check("validate-misspelt-output", project, "validate")
    }

    @Test func aMistakeBesideAnOutputHidesNoUnknownDataset() throws {
        let project = try TestProject(
            nodes: """
                first: {function: t.count, output: gold.n, isolaton: process}
                second: {function: t.pass, input: [gold.m]}
                """,
            pipeline: ["first", "second"]
        )
        try project.plugin()
        try check("validate-misspelt-key", project, "validate")
    }

    /// The hybrid pipeline of the original's document: which of its nodes is a stream is not written there.
    @Test func aHybridPipelineIsCheckedAndNotRun() throws {
        let project = try TestProject(
            nodes: """
                type: hybrid
                extract_batch: {function: t.count, output: [bronze.events]}
                stream_events: {function: t.count, output: [stream.events]}
                join_sources: {function: t.join, dependencies: [extract_batch, stream_events], output: [gold.unified]}
                """,
            pipeline: ["extract_batch", "stream_events", "join_sources"]
        )
        let join = """
            TAURO_NODE(t_join, "t.join", TAURO_FRAME(left), TAURO_FRAME(right)) { return tauro_emit_frame(out, left); }
            """
        try project.plugin("nodes", TestProject.nodes + "\n" + join)
        try check("validate-hybrid", project, "validate")
        try check("run-hybrid", project, "run", "p", "--progress", "none")
    }
}
