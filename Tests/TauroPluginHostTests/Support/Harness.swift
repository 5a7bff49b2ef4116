import Synchronization
import TauroBasics
import TauroData
import TauroModel

@testable import TauroPluginHost

/// Answers queries with prepared frames or errors, and remembers them.
final class FakeSQLRunner: SQLRunner {
    private struct State {
        var statements: [SQLStatement] = []
        var answer: @Sendable (SQLStatement) throws -> Frame
    }

    private let state: Mutex<State>

    init(_ answer: @escaping @Sendable (SQLStatement) throws -> Frame = { _ in Frame(schema: Schema([]), batches: []) })
    {
        state = Mutex(State(answer: answer))
    }

    var statements: [SQLStatement] { state.withLock { $0.statements } }

    func run(_ statement: SQLStatement, cancellation: CancellationToken) throws -> Frame {
        let answer = state.withLock { state in
            state.statements.append(statement)
            return state.answer
        }
        return try answer(statement)
    }
}

/// What a node told while it ran.
final class Reports: Sendable {
    private let all = Mutex<[NodeReport]>([])

    func add(_ report: NodeReport) { all.withLock { $0.append(report) } }

    /// The log lines of a level, or of all.
    func lines(_ level: LogLevel? = nil) -> [String] {
        all.withLock { $0 }.compactMap { report in
            guard case .log(let found, let text) = report, level == nil || found == level else { return nil }
            return text
        }
    }

    var metrics: [String: Double] {
        all.withLock { $0 }.reduce(into: [:]) { metrics, report in
            if case .metric(let name, let value) = report { metrics[name] = value }
        }
    }

    var fractions: [Double?] {
        all.withLock { $0 }.compactMap { report in
            if case .progress(let fraction, _) = report { .some(fraction) } else { nil }
        }
    }
}

/// Calls nodes of one plugin file.
struct Harness {
    let file: PluginFile
    let invoker: PluginInvoker
    let sql: FakeSQLRunner
    let reports = Reports()
    let directory: String

    init(
        _ path: Result<String, any Error>,
        sql: FakeSQLRunner = FakeSQLRunner(),
        delivery: @escaping FrameDelivery = { frame, _, _ in frame }
    ) throws {
        self.file = try PluginFile(path: try path.get())
        self.sql = sql
        self.directory = try Fixture.freshDirectory()
        self.invoker = PluginInvoker(sql: sql, temporaryDirectory: directory, delivery: delivery)
    }

    func signature(_ name: String) throws -> NodeSignature {
        guard let signature = file.signatures.first(where: { $0.name == name }) else { throw Missing(name: name) }
        return signature
    }

    /// Calls a node with parameters by name, defaults for the others.
    @discardableResult
    func call(
        _ name: String,
        _ inputs: [Dataset] = [],
        _ given: [String: ParameterValue] = [:],
        dates: DateWindow = DateWindow(),
        ml: MLContext? = nil,
        cancellation: CancellationToken = CancellationToken(),
        spool: FrameSpool? = nil
    ) throws -> Dataset? {
        let signature = try signature(name)
        let values = signature.parameters.compactMap { given[$0.name] ?? $0.defaultValue }
        let reports = reports
        return try invoker.invoke(
            NodeInvocation(
                signature: signature,
                node: "step",
                runID: "run-1",
                attempt: 2,
                inputs: inputs,
                dates: dates,
                parameters: values,
                ml: ml,
                cancellation: cancellation,
                deadline: 77,
                spool: spool,
                report: { reports.add($0) }
            )
        )
    }

    /// Calls a node that is expected to fail.
    func failure(
        _ name: String,
        _ inputs: [Dataset] = [],
        _ given: [String: ParameterValue] = [:],
        cancellation: CancellationToken = CancellationToken()
    ) throws -> NodeFailure {
        do {
            try call(name, inputs, given, cancellation: cancellation)
        } catch let failure as NodeFailure {
            return failure
        }
        throw Missing(name: "a failure of \(name)")
    }

    struct Missing: Error {
        let name: String
    }
}

/// Frames of one int64 column called `id`.
enum Numbers {
    static let schema = Schema([Field("id", .int64)])

    static func batch(_ values: [Int64]) throws -> RecordBatch {
        try RecordBatch(columns: [("id", try ArrowColumn(values.map { Optional($0) }))])
    }

    static func frame(_ batches: [[Int64]]) throws -> Frame {
        Frame(schema: schema, batches: try batches.map { try batch($0) })
    }

    static func values(of dataset: Dataset?) throws -> [Int64?] {
        guard case .frame(let frame) = dataset else { throw Harness.Missing(name: "a frame") }
        var values: [Int64?] = []
        let stream = try frame.stream()
        while let batch = try stream.next() { values += try Array(batch.column("id", as: Int64.self)) }
        return values
    }

    /// The address of the first value of a batch.
    static func address(of batch: RecordBatch) throws -> Int {
        try batch.column("id", as: Int64.self).withUnsafeValues { Int(bitPattern: $0.baseAddress) }
    }
}

/// A stored frame whose stream gives two batches and then fails.
struct FailingSource: FrameSource {
    let error: any Error

    var rowCount: Int64? { nil }

    func schema() throws -> Schema { Numbers.schema }

    func stream(cancellation: CancellationToken) throws -> any RecordBatchStream { FailingStream(error: error) }
}

private final class FailingStream: RecordBatchStream {
    let schema = Numbers.schema
    private let error: any Error
    private var given = 0

    init(error: any Error) { self.error = error }

    func next() throws -> RecordBatch? {
        given += 1
        if given > 2 { throw error }
        return try Numbers.batch([Int64(given)])
    }
}
