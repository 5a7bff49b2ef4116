import TauroBasics
import TauroData
import TauroModel

/// What it costs that a consumer gets a frame: the whole call of a C node that takes one and looks at nothing of it.
enum HandingBenchmark {
    /// How many batches of how many rows; a row is 8 bytes, and a batch of `QueryStream` has 122,880 rows.
    private static let sizes: [(name: String, rows: Int, batches: Int)] = [
        ("4 KB", 512, 1), ("8 MB", 122_880, 8), ("1 GB", 122_880, 1_024),
    ]

    /// Prints nanoseconds a call for each size.
    static func run(plugin: String) throws {
        let calls = CallBenchmark(plugin: plugin)
        let figures = try sizes.map { size in
            let frame = try Self.frame(rows: size.rows, batches: size.batches)
            return JSONValue.Member(size.name, .double(try calls.commandPath("bench.take_frame", input: frame)))
        }
        print(JSONValue.object(figures).text())
    }

    /// A frame of numbers whose batches all have the same memory.
    static func frame(rows: Int, batches: Int) throws -> Frame {
        let column = try ArrowColumn((0..<rows).map { Int64($0) as Int64? })
        let batch = try RecordBatch(columns: [(name: "value", column: column)])
        return Frame(schema: batch.schema, batches: [RecordBatch](repeating: batch, count: batches))
    }
}
