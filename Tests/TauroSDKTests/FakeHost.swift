import CTauro
import TauroSDK

/// A host that keeps what a node does to it: batches in memory, canned answers to queries.
///
/// For one thread.
final class FakeHost {
    /// What is behind a `tauro_frame`.
    final class Table {
        let schema: Schema
        let batches: [RecordBatch]

        init(_ batch: RecordBatch) {
            schema = batch.schema
            batches = [batch]
        }

        init(_ stream: any RecordBatchStream) throws {
            schema = stream.schema
            var batches: [RecordBatch] = []
            while let batch = try stream.next() { batches.append(batch) }
            self.batches = batches
        }
    }

    /// What a query asked.
    struct Query: Equatable {
        var text = ""
        var dialect: String?
        var tables: [String: [Int]] = [:]
        var values: [String: SQLValue] = [:]
    }

    /// What is behind a `tauro_artifact`.
    final class Thing {
        let bytes: [UInt8] = Array("content".utf8)
    }

    var failures: [String] = []
    var logs: [String] = []
    var metrics: [String: Double] = [:]
    var progress: [String] = []
    var isCancelled = false
    var queries: [Query] = []
    /// The answer to every query; nil makes it fail.
    var answer: RecordBatch?
    var released = 0
    var emitted: Table?
    var emittedArtifact: String?
    private var tables: [Table] = []

    /// Runs `body` as one invocation, with what a host hands to an entry point.
    func invoke(
        _ body: (UnsafePointer<tauro_call>, UnsafeMutablePointer<tauro_output>) throws -> Int32
    ) rethrows -> Int32 {
        try withUnsafePointer(to: FakeHost.functions) { functions in
            let data = Unmanaged.passUnretained(self).toOpaque()
            return try "extract".withCString { node in
                try "run-1".withCString { run in
                    var call = tauro_call(
                        struct_size: UInt32(MemoryLayout<tauro_call>.size),
                        attempt: 2,
                        host: functions,
                        host_data: data,
                        node: node,
                        run_id: run,
                        deadline_ns: 0
                    )
                    var out = tauro_output(
                        struct_size: UInt32(MemoryLayout<tauro_output>.size),
                        reserved: 0,
                        host: functions,
                        host_data: data
                    )
                    return try body(&call, &out)
                }
            }
        }
    }

    /// Runs `body` with a call, as a node would see it.
    func withCall(_ body: (Call) throws -> Void) rethrows {
        _ = try invoke { pointer, _ in
            let call = Call(pointer, startDate: "2013-01-01", endDate: nil)
            defer { call.scope.end() }
            try body(call)
            return TAURO_OK
        }
    }

    /// A handle of a table with one column `n`.
    func table(_ numbers: [Int64?]) throws -> OpaquePointer {
        handle(of: Table(try RecordBatch(columns: [(name: "n", column: ArrowColumn(numbers))])))
    }

    func handle(of table: Table) -> OpaquePointer {
        tables.append(table)
        return OpaquePointer(Unmanaged.passUnretained(table).toOpaque())
    }

    static func table(_ pointer: OpaquePointer?) -> Table? {
        pointer.map { Unmanaged<Table>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
    }

    static func of(_ call: UnsafePointer<tauro_call>?) -> FakeHost? { of(call?.pointee.host_data) }
    static func of(_ out: UnsafeMutablePointer<tauro_output>?) -> FakeHost? { of(out?.pointee.host_data) }

    private static func of(_ data: UnsafeMutableRawPointer?) -> FakeHost? {
        data.map { Unmanaged<FakeHost>.fromOpaque($0).takeUnretainedValue() }
    }
}
