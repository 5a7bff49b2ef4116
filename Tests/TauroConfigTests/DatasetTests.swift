import TauroConfig
import TauroModel
import Testing

@Suite("The sections `input`, `output` and `global_settings`")
struct DatasetTests {
    @Test("an input, with both spellings of its path, made absolute")
    func inputs() throws {
        let project = try TemporaryProject.usable([
            "config/input.yaml": """
            flights:
              format: csv
              filepath: data/./in/*.csv
              options: {null_values: NA, header: true}
              schema: {dep_delay: DOUBLE, carrier: VARCHAR}
              date_column: flight_date
              description: Departures.
            planes: {format: parquet, path: /srv/planes.parquet}
            cloud: {format: parquet, path: "s3://bucket//x"}
            """
        ])
        let context = try #require(project.load().context)
        let flights = try #require(context.input("flights"))
        #expect(flights.format.value == "csv")
        #expect(flights.path.value == "\(project.directory)/data/in/*.csv")
        #expect(flights.path.location?.line == 3)
        #expect(flights.columns.map(\.name) == ["dep_delay", "carrier"])
        #expect(flights.columns.first?.type == "DOUBLE")
        #expect(flights.dateColumn == "flight_date")
        #expect(flights.description == "Departures.")
        #expect(flights.options["header"]?.content == .bool(true))
        guard case .list(let texts)? = flights.options["null_values"]?.content else {
            Issue.record("`null_values` is no list")
            return
        }
        #expect(texts.map(\.content) == [.string("NA")])
        #expect(context.input("planes")?.path.value == "/srv/planes.parquet")
        #expect(context.input("cloud")?.path.value == "s3://bucket//x")
    }

    @Test("paths that would only look like what was meant")
    func pathsElsewhere() throws {
        let project = try TemporaryProject.usable([
            "config/global_settings.yaml": "output_path: \"s3://bucket/out\"\ninput_path: ~/in\nplugins: [~, ~x]\n",
            "config/input.yaml": "raw: {format: csv, path: ~/a.csv}\n",
        ])
        #expect(
            project.findings() == """
                config/global_settings.yaml:1:14: error: `output_path` of global settings: "s3://bucket/out" is not a directory of this machine.
                  This version has no store but the file system. Write a path, absolute or relative to the project.
                config/global_settings.yaml:2:13: error: `input_path` of global settings: `~` is not replaced by your home directory here.
                  Write `${HOME}/in`.
                config/global_settings.yaml:3:11: error: `plugins` of global settings: expected text, found nothing.
                config/input.yaml:1:26: error: `filepath` of input `raw`: `~` is not replaced by your home directory here.
                  Write `${HOME}/a.csv`.
                """
        )
    }

    @Test("mistakes in inputs, all at once")
    func inputMistakes() throws {
        let project = try TemporaryProject.usable([
            "config/input.yaml": """
            a: {format: csv}
            b: {format: csv, filepath: x, path: y}
            c: {fromat: csv, path: x, schema: {n: 5}, options: {null_values: [1]}}
            """
        ])
        #expect(
            project.findings() == """
                config/input.yaml:1:1: error: Input `a` has no `filepath`.
                  The file, directory or pattern, relative to the project; or its address, `s3://bucket/key` or `https://…`.
                config/input.yaml:2:31: error: `path` and `filepath` are two spellings of one key, in input `b`.
                  Keep one of them.
                config/input.yaml:3:5: error: `fromat` is not a key of an input, in input `c`; did you mean `format`?
                config/input.yaml:3:39: error: `schema.n` of input `c`: expected text, found the whole number 5.
                  Put the value in quotes.
                config/input.yaml:3:67: error: `null_values` of `options` of input `c`: expected text, found the whole number 1.
                  Put the value in quotes.
                """
        )
    }

    @Test("outputs with and without an entry")
    func outputs() throws {
        let project = try TemporaryProject.usable([
            "config/output.yaml": "bronze.flights: {format: csv, write_mode: error}\ngold: {}\n",
            "config/global_settings.yaml": "output_path: out\ndefault_output_format: json\n",
        ])
        let context = try #require(project.load().context)
        let entry = try #require(context.outputDefinition(for: "bronze.flights"))
        #expect(entry.format.value == "csv")
        #expect(entry.writeMode == .error)
        #expect(entry.path.value == "\(project.directory)/out/bronze/flights")
        #expect(context.outputDefinition(for: "gold")?.format.value == "json")
        let other = try #require(context.outputDefinition(for: "a.b.c"))
        #expect(other.format.value == "json")
        #expect(other.path.value == "\(project.directory)/out/a/b/c")
        #expect(other.location == nil)
        #expect(context.outputDefinition(for: "a..b") == nil)
    }

    @Test("the environment is a part of an output's path")
    func environmentPath() throws {
        let project = try TemporaryProject.usable(["config/dev/output.yaml": "gold: {format: csv}\n"])
        let context = try #require(project.load(environment: "dev").context)
        #expect(context.outputDefinition(for: "gold")?.path.value == "\(project.directory)/data/out/dev/gold")
        #expect(context.outputPath(for: "s.t") == "\(project.directory)/data/out/dev/s/t")
    }

    @Test("how an output lies in its directory")
    func layouts() throws {
        let project = try TemporaryProject.usable([
            "config/output.yaml": """
            a: {write_mode: append, partition: day, max_rows_per_file: 10, merge_schema: true}
            b: {partition_by: [x, y], overwrite_strategy: replaceWhere, replace_predicate: x > 1, overwrite_schema: false}
            c: {write_mode: ignore}
            """
        ])
        let outcome = project.load()
        #expect(project.text(of: outcome) == "")
        let context = try #require(outcome.context)
        let (a, b) = (
            try #require(context.outputDefinition(for: "a")), try #require(context.outputDefinition(for: "b"))
        )
        #expect(a.writeMode == .append && context.outputDefinition(for: "c")?.writeMode == .ignore)
        #expect(a.layout.partition.map(\.value) == ["day"] && b.layout.partition.map(\.value) == ["x", "y"])
        #expect(a.layout.maxRowsPerFile?.value == 10 && a.layout.maxRowsPerFile?.location?.column == 60)
        #expect(a.layout.mergesSchema?.value == true && b.layout.overwritesSchema?.value == false)
        #expect(b.layout.overwriteStrategy?.value == "replaceWhere" && b.layout.replacePredicate?.value == "x > 1")
    }

    @Test("mistakes in outputs")
    func outputMistakes() throws {
        let project = try TemporaryProject.usable([
            "config/output.yaml":
                "a: {max_rows_per_file: 0}\na.b.c.d: {}\nc: {write_mode: owerwrite}\nd: {overwrite_strategy: replacewhere}\n"
        ])
        #expect(
            project.findings() == """
                config/output.yaml:1:24: error: `max_rows_per_file` of output `a`: expected a whole number from 1 up, found the whole number 0.
                config/output.yaml:2:1: error: An entry of `output`: "a.b.c.d" is not the id of an output.
                  An id has one to three parts with dots between them, of letters, digits, `_` and `-`: table, schema.table or schema.folder.table.
                config/output.yaml:3:17: error: `write_mode` of output `c`: found the text "owerwrite"; did you mean `overwrite`?
                config/output.yaml:4:25: error: `overwrite_strategy` of output `d`: found the text "replacewhere"; did you mean `replaceWhere`?
                """
        )
    }

    @Test("settings reach their fields, and people's own keys stay")
    func settings() throws {
        let project = try TemporaryProject.usable([
            "config/global_settings.yaml": """
            project_name: flights
            input_path: data/in
            output_path: /srv/out
            default_output_format: csv
            start_date: 2013-01-01
            end_date: "2013-01-31"
            max_parallel_nodes: 2
            params: {limit: 1}
            default_hyperparams: {depth: 2}
            default_model_version: v1
            mode: local
            region: north
            """
        ])
        let outcome = project.load()
        #expect(project.text(of: outcome) == "")
        let settings = try #require(outcome.context?.globalSettings)
        #expect(settings.projectName == "flights")
        #expect(settings.inputPath == "\(project.directory)/data/in")
        #expect(settings.outputPath == "/srv/out")
        #expect(settings.defaultOutputFormat.value == "csv")
        #expect(settings.startDate?.value == "2013-01-01")
        #expect(settings.endDate?.value == "2013-01-31")
        #expect(settings.maxWorkers == 2)
        #expect(settings.parameters["limit"]?.content == .integer(1))
        #expect(settings.hyperparameters["depth"]?.content == .integer(2))
        #expect(settings.modelVersion == "v1")
        #expect(settings.all["region"]?.content == .string("north"))
    }

    @Test("what settings do not say has its default")
    func defaults() throws {
        let project = try TemporaryProject.usable(["config/global_settings.yaml": ""])
        let settings = try #require(project.load().context?.globalSettings)
        #expect(settings.outputPath == "\(project.directory)/data/output")
        #expect(settings.inputPath == "\(project.directory)/data/input")
        #expect(settings.defaultOutputFormat.value == "parquet")
        #expect(settings.maxWorkers == 4)
    }

    @Test("near misses of settings warn, days are checked")
    func settingMistakes() throws {
        let project = try TemporaryProject.usable([
            "config/global_settings.yaml":
                "max_worker: 3\nstart_date: 2026-02-30\nend_date: 2026-02\nmode: databricks\n"
        ])
        #expect(
            project.findings() == """
                config/global_settings.yaml:1:1: warning: `max_worker` in global settings has no meaning to tauro; did you mean `max_workers`?
                config/global_settings.yaml:2:13: error: `start_date` of global settings: expected a day such as 2026-01-31, found the text "2026-02-30".
                config/global_settings.yaml:3:11: error: `end_date` of global settings: expected a day such as 2026-01-31, found the text "2026-02".
                config/global_settings.yaml:4:1: warning: `mode` of global settings has no effect in this version.
                """
        )
    }

    @Test("the call's dates are checked, also against the settings'")
    func dates() throws {
        let project = try TemporaryProject.usable(["config/global_settings.yaml": "end_date: 2026-01-31\n"])
        #expect(
            project.findings(dates: DateWindow(start: "2026-02-01")) == """
                config/global_settings.yaml:1:11: error: The run would end on 2026-01-31, before it starts on 2026-02-01.
                  Both days belong to the run; give an end that is not before the start.
                """
        )
        #expect(
            project.findings(dates: DateWindow(start: "today"))
                == "--start-date: error: Expected a day such as 2026-01-31, found \"today\"."
        )
    }
}
