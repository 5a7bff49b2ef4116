import Foundation
import Testing

/// Options that a format does not have, in every format and both ways: each is told with the name that was meant.
///
/// No server, driver or file is reached for that.
@Suite struct UnknownOptionTests {
    /// A format, an option that it does not have, and what the note below the error says; nil for none.
    private typealias Row = (format: String, option: String, note: String?)

    private static let inputs: [Row] = [
        ("arrow", "compresion", "'compression' is near, and has a meaning only where arrow is written"),
        ("avro", "compresion", nil), ("csv", "seperator", "did you mean 'separator'?"),
        ("csv", "sepp", "did you mean 'sep'?"), ("csv", "delimter", "did you mean 'delimiter'?"),
        ("csv", "nullvalue", "did you mean 'nullValue'?"), ("csv", "null_vales", "did you mean 'null_values'?"),
        ("csv", "null_txt", "'null_text' is near, and has a meaning only where csv is written"),
        ("csv", "colour", nil), ("csv", "delim", "did you mean 'delimiter'?"),
        ("delta", "versionAsOff", "did you mean 'versionAsOf'?"),
        ("delta", "timestmp", "did you mean 'timestamp'?"),
        ("feather", "compresion", "'compression' is near, and has a meaning only where feather is written"),
        ("json", "layuot", "did you mean 'layout'?"), ("kafka", "startingOffset", "did you mean 'startingOffsets'?"),
        ("kafka", "subscibe", "did you mean 'subscribe'?"),
        ("orc", "stripe_sise", "'stripe_size' is near, and has a meaning only where orc is written"),
        ("parquet", "compresion", "'compression' is near, and has a meaning only where parquet is written"),
        ("postgresql", "tabel", "did you mean 'table'?"), ("query", "limit", nil),
        ("sqlite", "busy_timeot", "did you mean 'busy_timeout'?"),
    ]

    private static let outputs: [Row] = [
        ("arrow", "compresion", "did you mean 'compression'?"), ("csv", "quoteall", "did you mean 'quoteAll'?"),
        ("csv", "seperator", "did you mean 'separator'?"),
        ("csv", "timestamp_fromat", "did you mean 'timestamp_format'?"),
        ("csv", "skpi", "'skip' is near, and has a meaning only where csv is read"),
        ("delta", "row_group_siz", "did you mean 'row_group_size'?"),
        ("delta", "verison", "'version' is near, and has a meaning only where delta is read"),
        ("feather", "compresion", "did you mean 'compression'?"), ("json", "compresion", "did you mean 'compression'?"),
        ("kafka", "key_colum", "did you mean 'key_column'?"), ("orc", "stripesize", "did you mean 'stripe_size'?"),
        ("parquet", "Compress", "did you mean 'compression'?"),
        ("parquet", "compresion_level", "did you mean 'compression_level'?"),
        ("postgresql", "driwer", "did you mean 'driver'?"), ("sqlite", "busytimeout", "did you mean 'busy_timeout'?"),
    ]

    /// What entries of a format need besides.
    private static let further = [
        "query": "query: SELECT 1 AS n", "kafka": "topic: t, bootstrap_servers: 'localhost:1'",
        "postgresql": "uri: 'postgresql://localhost:1/d', table: t", "sqlite": "uri: none.db, table: t",
        "adbc": "driver: nobody_has_this_driver, uri: x, table: t",
    ]

    private static func entry(_ id: String, _ row: Row, isInput: Bool) -> String {
        let further = further[row.format] ?? (isInput ? "path: data/none" : "")
        let members = ["format: \(row.format)", further, "options: {\(row.option): 1}"].filter { !$0.isEmpty }
        return "\(id): {\(members.joined(separator: ", "))}\n"
    }

    private static func file(_ rows: [Row], _ beginning: String, isInput: Bool) -> String {
        rows.enumerated().map { entry("\(beginning)\($0.offset)", $0.element, isInput: isInput) }.joined()
    }

    @Test func everyFormatTellsTheNameThatWasMeant() throws {
        let drivers: [Row] = [("adbc", "anything_at_all", nil)]
        let project = try TestProject(
            nodes: "quiet: {function: t.quiet}\n",
            pipeline: ["quiet"],
            input: Self.file(Self.inputs, "in", isInput: true) + Self.file(drivers, "passed_in", isInput: true),
            output: Self.file(Self.outputs, "out", isInput: false) + Self.file(drivers, "passed_out", isInput: false)
        )
        try project.plugin()
        let result = try project.host("validate")
        #expect(result.status == 2, "\(result)")
        let lines = (result.output + result.errors).split(separator: "\n").map(String.init)
        for (beginning, rows) in [("in", Self.inputs), ("out", Self.outputs)] {
            for (number, row) in rows.enumerated() {
                let error = "Dataset '\(beginning)\(number)': format \(row.format) has no option '\(row.option)'"
                let place = try #require(lines.firstIndex { $0.hasSuffix(error) }, "\(error)\n\(result)")
                let next = place + 1 < lines.count ? lines[place + 1].trimmingCharacters(in: .whitespaces) : ""
                #expect(row.note.map { next == $0 } ?? next.contains("Dataset '"), "\(error): \(next)")
            }
        }
        #expect(!lines.contains { $0.contains("passed_") && $0.contains("error:") }, "\(result)")
    }

    @Test func twoSpellingsOfAnOptionAreOneTooMany() throws {
        let project = try TestProject(
            nodes: "quiet: {function: t.quiet}\n",
            pipeline: ["quiet"],
            input: """
                rows: {format: csv, path: data/none, options: {sep: ';', delimiter: ','}}
                sent: {format: kafka, bootstrap_servers: 'localhost:1', topic: a, options: {subscribe: b}}

                """
        )
        try project.plugin()
        let result = try project.host("validate")
        #expect(result.status == 2)
        for error in [
            "'rows': 'delimiter' and 'sep' say the same; keep one",
            "'sent': 'topic' and 'subscribe' say the same; keep one",
        ] {
            #expect((result.output + result.errors).contains(error), "\(result)")
        }
    }
}
