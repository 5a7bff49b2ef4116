import TauroModel
import Testing

@testable import TauroConfig

@Suite("What streaming pipelines and searches for hyperparameters are described by")
struct StreamingKeysTests {
    private func findings(_ node: String) throws -> String {
        try TemporaryProject.usable(["config/nodes.yaml": node]).findings()
    }

    @Test("every key of a streaming node loads, with a word that it has no effect yet")
    func everyKey() throws {
        let project = try TemporaryProject.usable([
            "config/nodes.yaml": """
            extract:
              function: x.y
              input:
                format: kafka
                options: {kafka.bootstrap.servers: "localhost:9092", subscribe: events}
                watermark: {column: at, delay: 60 MINUTES}
                parse_json: true
                json_schema: id INT
              output: {format: delta, path: out/events, outputMode: append, partitionBy: [day]}
              streaming:
                trigger: {type: available_now}
                output_mode: update
                checkpoint_location: checkpoints
                query_name: events
                options: {a: 1}
            """
        ])
        #expect(
            project.findings() == """
                config/nodes.yaml:3:3: warning: A map under `input` of node `extract` has no effect in this version.
                config/nodes.yaml:9:3: warning: A map under `output` of node `extract` has no effect in this version.
                config/nodes.yaml:10:3: warning: `streaming` of node `extract` has no effect in this version.
                """
        )
        #expect(project.load().context?.node("extract")?.inputs == [])
        #expect(project.load().context?.node("extract")?.outputs == [])
    }

    @Test("each mistake in a block is one finding")
    func mistakes() throws {
        #expect(
            try findings(
                """
                extract:
                  function: x.y
                  input: {fromat: kafka, format: kafka, watermark: {column: at, delay: 61 minutes}}
                  output: {path: x, outputMode: apend}
                  streaming:
                    trigger: {type: procesing_time, intervall: 10 seconds}
                    watermark: {delay: 10s}
                    output_mode: 5
                """
            ).split(separator: "\n").filter { !$0.contains("warning") }.joined(separator: "\n") == """
                config/nodes.yaml:3:11: error: `fromat` is not a key of `input` of a streaming node, in `input` of node `extract`; did you mean `format`?
                config/nodes.yaml:3:72: error: `delay` of `watermark` of `input` of node `extract`: expected an interval from 1 microsecond up to 60 minutes, found the text "61 minutes".
                config/nodes.yaml:4:11: error: `output` of node `extract` has no `format`.
                  The format's name, for example `delta`.
                config/nodes.yaml:4:33: error: `outputMode` of `output` of node `extract`: found the text "apend"; did you mean `append`?
                config/nodes.yaml:6:21: error: `type` of `trigger` of `streaming` of node `extract`: found the text "procesing_time"; did you mean `processing_time`?
                config/nodes.yaml:6:37: error: `intervall` is not a key of `trigger`, in `trigger` of `streaming` of node `extract`; did you mean `interval`?
                config/nodes.yaml:7:16: error: `watermark` of `streaming` of node `extract` has no `column`.
                  The column that says when something happened.
                config/nodes.yaml:7:24: error: `delay` of `watermark` of `streaming` of node `extract`: found the text "10s"; did you mean `10 seconds`?
                  An interval is a whole number, a space and a unit from microseconds to days.
                config/nodes.yaml:8:18: error: `output_mode` of `streaming` of node `extract`: expected one of `append`, `update`, `complete`, found the whole number 5.
                """
        )
    }

    @Test(
        "a trigger has an interval, unless it works once",
        arguments: [
            ("{}", true), ("{type: processing_time}", true), ("{type: continuous}", true), ("{type: once}", false),
            ("{type: available_now}", false), ("{interval: 1 second}", false), ("{type: once, interval: 1 day}", false),
        ]
    )
    func triggerInterval(_ trigger: String, isMissing: Bool) throws {
        let findings = try findings("extract: {function: x.y, streaming: {trigger: \(trigger)}}\n")
        #expect(findings.contains("`trigger` of `streaming` of node `extract` has no `interval`.") == isMissing)
        #expect(findings.contains("error") == isMissing)
    }

    @Test(
        "intervals",
        arguments: [
            ("1 second", 1_000_000), ("10 Seconds", 10_000_000), ("5 MILLISECONDS", 5000),
            ("007 days", 604_800_000_000),
            ("2 hours", 7_200_000_000), ("1 microsecond", 1),
        ]
    )
    func intervals(_ text: String, _ microseconds: Int64) {
        #expect(StreamInterval(text)?.microseconds == microseconds)
    }

    @Test(
        "texts that are no intervals, and what they may have meant",
        arguments: [
            ("10s", "10 seconds"), ("1.5 seconds", nil), ("10 secnds", "10 seconds"), ("5 min", "5 minutes"),
            ("1 hours ", "1 hour"), ("seconds", nil), ("0 seconds", nil), ("-1 seconds", nil), ("", nil),
            ("10  seconds", "10 seconds"), ("10 weeks", nil), ("10", nil), ("٣ seconds", nil),
            ("99999999999999999999 seconds", nil), ("250ms", "250 milliseconds"), (" 1 second", nil),
        ] as [(String, String?)]
    )
    func noIntervals(_ text: String, nearest: String?) {
        #expect(StreamInterval(text) == nil)
        #expect(StreamInterval.nearest(to: text) == nearest)
    }

    @Test("a length that no number holds is longer than any limit")
    func longInterval() throws {
        #expect(StreamInterval("9223372036854775807 days")?.microseconds == .max)
        let findings = try findings(
            "extract: {function: x.y, streaming: {trigger: {interval: 9223372036854775807 days}}}\n"
        )
        #expect(findings.contains("expected an interval from 1 second up to 365 days, found the text"))
    }

    @Test("a search is described by a list or a map of dimensions")
    func experiments() throws {
        let list = """
            extract:
              function: x.y
              experiment:
                space:
                  - {name: rate, type: real, low: 0.001, high: 0.1, log: true}
                  - {name: depth, type: integer, min: 3, max: 10}
                  - {name: kind, type: categorical, values: [a, 2, true]}
                objective: rmse
                direction: minimize
                n_calls: 20
                random_state: 42
            """
        let warning = "warning: `experiment` of node `extract` has no effect in this version."
        #expect(try findings(list) == "config/nodes.yaml:3:3: \(warning)")
        let map = "extract: {function: x.y, experiment: {space: {rate: {type: real, low: 0, high: 1}}}}\n"
        #expect(try findings(map) == "config/nodes.yaml:1:26: \(warning)")
    }

    @Test("each mistake in a search is one finding")
    func experimentMistakes() throws {
        let findings = try findings(
            """
            extract:
              function: x.y
              experiment:
                space:
                  - {type: real, low: 0, high: many}
                  - {name: depth, type: int}
                  - {name: kind, type: categorical}
                n_call: 20
            """
        )
        #expect(
            findings == """
                config/nodes.yaml:3:3: warning: `experiment` of node `extract` has no effect in this version.
                config/nodes.yaml:5:9: error: `space.1` of `experiment` of node `extract` has no `name`.
                  The hyperparameter's name.
                config/nodes.yaml:5:36: error: `high` of `space.1` of `experiment` of node `extract`: expected a number, found the text "many".
                config/nodes.yaml:6:29: error: `type` of `space.2` of `experiment` of node `extract`: expected one of `real`, `integer`, `categorical`, found the text "int".
                config/nodes.yaml:7:9: error: `space.3` of `experiment` of node `extract` has no `values`.
                  The values there are.
                config/nodes.yaml:8:5: error: `n_call` is not a key of `experiment`, in `experiment` of node `extract`; did you mean `n_calls`?
                """
        )
    }

    @Test("a policy for formats")
    func formatPolicy() throws {
        let project = try TemporaryProject.usable([
            "config/global_settings.yaml": """
            format_policy:
              supported_inputs: [kafka]
              compatibility_map: {parquet: [file_stream], delta: 5}
              checkpoint_required: kafka
            """
        ])
        #expect(
            project.findings() == """
                config/global_settings.yaml:1:1: warning: `format_policy` of global settings has no effect in this version.
                config/global_settings.yaml:3:54: error: `compatibility_map.delta` of `format_policy` of global settings: expected text or a list of texts, found the whole number 5.
                  Put the value in quotes.
                config/global_settings.yaml:4:3: error: `checkpoint_required` is not a key of `format_policy`, in `format_policy` of global settings; did you mean `checkpoint_required_inputs`?
                """
        )
    }
}
