import TauroBasics
import TauroEngine
import TauroModel
import TauroPluginHost
import TauroRuntime
@_exported public import TauroSDK

/// One real invocation for a unit test, which calls the node's function itself.
///
/// Behind the call are the host's own functions and its SQL engine.
///
///     @Test func smallCarriersAreLeftOut() throws {
///         let bench = try NodeTestBench(
///             ["flights": Frame(["carrier", "dep_delay"], rows: [["AA", 10], ["AA", nil], ["UA", 5]])],
///             parameters: ["minFlights": 2])
///         let result = try byCarrier(bench.frame("flights"), call: bench.call, minFlights: 2)
///         #expect(try result.rows == [["AA", 10.0, 2]])
///     }
///
/// Safe from any thread. The call stays open for as long as the bench, its call, or a frame of either is there.
public final class NodeTestBench: Sendable {
    /// The call to hand to the function.
    public let call: Call
    /// The ML context to hand to the function; nil unless the bench has hyperparameters.
    public let ml: TauroSDK.MLContext?
    let reports = Reports()
    private let standalone: StandaloneCall
    private let cancellation = CancellationToken()

    /// Creates an invocation.
    ///
    /// - Parameters:
    ///   - tables: the function's inputs by name: its tables in SQL. Inputs of a `[Frame]` called `x` are `x_0`, `x_1`…
    ///   - parameters: the function's parameters by name: its `$` values in SQL. Hand the function the same ones.
    ///   - startDate: first day of the run, `YYYY-MM-DD`.
    ///   - endDate: last day of the run, inclusive.
    ///   - attempt: which try it is, from 1.
    ///   - hyperparameters: those of the ML context; nil for a run without one.
    /// - Throws: `NodeError` for a parameter that is NULL, and what reading the tables throws.
    public init(
        _ tables: KeyValuePairs<String, TauroSDK.Frame> = [:],
        parameters: KeyValuePairs<String, SQLValue> = [:],
        startDate: String? = nil,
        endDate: String? = nil,
        attempt: Int = 1,
        hyperparameters: KeyValuePairs<String, SQLValue>? = nil
    ) throws {
        let values = try parameters.map { try ParameterValue($0.value, of: $0.key) }
        let invocation = NodeInvocation(
            signature: NodeTestBench.signature(tables: tables.map(\.key), parameters: parameters.map(\.key), values),
            node: "node",
            runID: "test",
            attempt: attempt,
            inputs: try tables.map {
                .frame(TauroModel.Frame(schema: try $0.value.schema, batches: try $0.value.batches))
            },
            dates: DateWindow(start: startDate, end: endDate),
            parameters: values,
            ml: hyperparameters.map { TauroModel.MLContext(testing: $0) },
            cancellation: cancellation,
            report: { [reports] in reports.add($0) }
        )
        let engine = NodeTestBench.engine
        let standalone = try NodeTestBench.open(invocation, engine)
        self.standalone = standalone
        // The call keeps what its pointers point to.
        call = Call(standalone.pointer, startDate: startDate, endDate: endDate) { standalone.errorText }
        ml = standalone.ml.map { [call] in TauroSDK.MLContext($0, scope: call.scope) }
    }

    /// The input called `name`, as the host hands it to a node.
    ///
    /// - Throws: `NodeError` if the bench has no such table.
    public func frame(_ name: String) throws -> TauroSDK.Frame {
        guard let pointer = standalone.frame(named: name) else {
            throw NodeError.invalid("the bench has no table '\(name)'")
        }
        return TauroSDK.Frame(storage: .host(HostFrame(pointer, scope: call.scope, isOwned: false)))
    }

    /// Tells the node to stop.
    public func cancel() { cancellation.cancel() }
}

extension NodeTestBench {
    private static let directory = "/tmp/tauro-node-testing"

    /// One engine for all tests of the program; the library is loaded with the first query.
    ///
    /// Tests of another package run far from this one's checkout: what was fetched for it serves them too.
    private static let engine = BaseExecutor.embeddedEngine(project: directory, checkout: checkout)

    /// The package that this file belongs to.
    private static let checkout = (0..<3).reduce(#filePath) { path, _ in FilePath.parent(path) }

    private static func open(_ invocation: NodeInvocation, _ engine: any Engine) throws -> StandaloneCall {
        do {
            let delivery: FrameDelivery = { frame, spool, cancellation in
                try engine.deliverable(frame, spool: spool, cancellation: cancellation)
            }
            return try StandaloneCall(
                invocation,
                sql: engine,
                temporaryDirectory: directory,
                delivery: delivery
            )
        } catch {
            throw NodeError(NodeError.Status(rawValue: error.status.rawValue) ?? .internal, error.message)
        }
    }

    private static func signature(
        tables: [String],
        parameters: [String],
        _ values: [ParameterValue]
    ) -> NodeSignature {
        NodeSignature(
            name: "test.node",
            symbol: "",
            inputs: tables.map { NodeSignature.Input(kind: .frame, name: $0) },
            takesML: true,
            parameters: zip(parameters, values).map {
                NodeSignature.Parameter(name: $0, type: $1.type, defaultValue: nil)
            },
            plugin: NodeSignature.Plugin(path: "", name: "test", version: "", isSerial: false)
        )
    }
}
