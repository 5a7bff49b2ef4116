import TauroSDK
import Testing

@Suite("Frames and artifacts that a node builds")
struct FrameTests {
    @Test("columns become a frame")
    func columns() throws {
        let names = ColumnBuilder<String>()
        names.append(contentsOf: ["a", nil])
        let frame = try Frame(columns: ["name": names.finish(), "n": ArrowColumn([Int64(1), 2])])
        #expect(try frame.schema.description == "name: utf8, n: int64")
        #expect(frame.rowCount == 2)
        #expect(try frame.values("name", as: String.self) == ["a", nil])
        #expect(try frame.batches.count == 1)
    }

    @Test("columns of different lengths are refused")
    func unequalColumns() {
        #expect(throws: ArrowError.self) {
            try Frame(columns: ["a": ArrowColumn([Int64(1)]), "b": ArrowColumn([Int64(1), 2])])
        }
    }

    @Test("batches of other columns are refused")
    func otherColumns() throws {
        let batch = try RecordBatch(columns: [(name: "n", column: ArrowColumn([Int64(1)]))])
        let other = Schema([Field("n", .float64)])
        #expect(throws: NodeError.schema("a batch of (n: int64) in a frame of (n: float64)")) {
            try Frame(schema: other, batches: [batch])
        }
        #expect(try Frame(schema: batch.schema, batches: [batch, batch]).rowCount == 2)
        #expect(try Frame(schema: other, batches: []).schema == other)
    }

    @Test("a missing column is told apart from an empty table")
    func missingColumn() throws {
        let frame = try Frame(schema: Schema([Field("n", .int64)]), batches: [])
        #expect(try frame.values("n", as: Int64.self).isEmpty)
        #expect(throws: ArrowError.self) { try frame.values("m", as: Int64.self) }
    }

    @Test("numbers of every type read as doubles")
    func numbers() throws {
        let batch = try RecordBatch(columns: [
            (name: "a", column: ArrowColumn([Int64(1), nil])), (name: "b", column: ArrowColumn([Double(1.5), nil])),
            (name: "c", column: ArrowColumn([UInt8(255), nil])), (name: "d", column: ArrowColumn([Int16(-3), nil])),
            (name: "e", column: ArrowColumn([Float(0.5), nil])), (name: "t", column: ArrowColumn(["x", nil])),
        ])
        #expect(try ["a", "b", "c", "d", "e"].map { try batch.numbers($0)[0] } == [1, 1.5, 255, -3, 0.5])
        #expect(try batch.numbers("c").map { $0 } == [255, nil])
        #expect(throws: ArrowError(.typeMismatch, "column 't' is utf8, but a number is expected")) {
            try batch.numbers("t")
        }
    }

    @Test("artifacts of bytes, text and files")
    func artifacts() throws {
        #expect(try Artifact([1, 2], mediaType: "x/y").bytes == [1, 2])
        #expect(Artifact("hello").mediaType == "text/plain; charset=utf-8")
        #expect(throws: NodeError.self) { try Artifact("hello").path }
        let file = Artifact(file: "/proc/self/comm", mediaType: "text/plain")
        #expect(try file.path == "/proc/self/comm")
        #expect(try !file.bytes.isEmpty)
        let missing = #expect(throws: NodeError.self) { try Artifact(file: "/no/such", mediaType: "x").bytes }
        #expect(missing == NodeError.io("can not read '/no/such': No such file or directory"))
    }

    @Test("a node is an ordinary function")
    func ordinaryFunction() throws {
        let frame = try Frame(columns: ["n": ArrowColumn([Int64(1)])])
        #expect(pass(frame).rowCount == 1)
    }
}
