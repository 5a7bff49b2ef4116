import TauroBasics
import TauroModel

/// A node that is to be called for a check: its function, and what to call it with.
struct NodeUnderCheck: Sendable {
    let signature: NodeSignature
    let function: LoadedFunction
    /// One for each input, two for a list of frames.
    let samples: [Dataset]
    /// Whether its author gave all inputs, so that the node should like them.
    let isKnown: Bool
    let sql: any SQLRunner
    let artifacts: ArtifactDirectory
    /// Told of each case before it is called.
    let begin: @Sendable (String) -> Void

    /// Its declared defaults, and something simple where it has none.
    var base: CheckCase {
        CheckCase(
            words: "its declared defaults",
            inputs: samples,
            parameters: signature.parameters.map { $0.defaultValue ?? Self.simple($0.type) },
            ml: signature.takesML ? Self.plainContext : nil
        )
    }

    /// The places of the inputs that are frames.
    var frameInputs: [Int] {
        samples.indices.filter { if case .frame = samples[$0] { true } else { false } }
    }

    /// The name of the input at `place`, as SQL has it.
    func name(ofInput place: Int) -> String {
        let last = signature.inputs.count - 1
        if place < last { return signature.inputs[place].name }
        guard signature.inputs[last].kind == .frames else { return signature.inputs[last].name }
        return "\(signature.inputs[last].name)_\(place - last)"
    }

    /// Calls the node on this thread; `exporter` watches what it does with its inputs.
    func call(
        _ given: CheckCase,
        _ exporter: (any StreamExporter)? = nil,
        cancellation: CancellationToken = CancellationToken()
    ) -> CallOutcome {
        begin(given.words)
        return callQuietly(given, exporter, cancellation: cancellation)
    }

    /// The same without telling.
    func callQuietly(
        _ given: CheckCase,
        _ exporter: (any StreamExporter)? = nil,
        cancellation: CancellationToken = CancellationToken(),
        after: (PluginCall) -> Void = { _ in }
    ) -> CallOutcome {
        let invocation = NodeInvocation(
            signature: signature,
            node: "check",
            runID: "check",
            inputs: given.inputs,
            dates: given.dates,
            parameters: given.parameters,
            ml: given.ml,
            cancellation: cancellation
        )
        let services = CallServices(
            sql: sql,
            artifacts: artifacts,
            delivery: { frame, _, _ in frame },
            exporter: exporter
        )
        do throws(NodeFailure) {
            let call = try PluginCall(invocation, services)
            let status = call.call(function)
            let text = call.messages.text
            let result = Result { () throws(NodeFailure) in try call.outcome(of: status) }
            after(call)
            return CallOutcome(status: status, text: text, result: result)
        } catch {
            return CallOutcome(status: error.status.rawValue, text: error.message, result: .failure(error))
        }
    }

    private static let plainContext = MLContext(hyperparameters: [:], json: "{}")

    private static func simple(_ type: ParameterType) -> ParameterValue {
        switch type {
        case .int64: .int64(1)
        case .float64: .float64(1)
        case .bool: .bool(true)
        case .string: .string("text")
        }
    }
}
