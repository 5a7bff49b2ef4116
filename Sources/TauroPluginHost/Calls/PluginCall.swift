import CTauro
import Synchronization
import TauroModel

/// One running call: the structures the node sees, and everything that lives until it returns.
///
/// `host_data` of the structures points to this object, which `run` keeps alive for as long as the function runs.
/// Sendable because the pointers and what they point to do not change after `init`, and the rest is behind locks.
final class PluginCall: @unchecked Sendable {
    let invocation: NodeInvocation
    let services: CallServices
    let messages = CallMessages()
    /// Frames by the address that the node sees.
    let frames = Mutex<[UInt: FrameHandle]>([:])
    let result: Mutex<ResultCollector>
    /// Texts of hyperparameters that the node asked for, by name.
    let hyperparameterTexts = Mutex<[String: CText]>([:])
    private(set) var artifacts: [UnsafeRawPointer: ArtifactHandle] = [:]
    /// The frames that are tables in SQL, in the order of the inputs.
    private(set) var tables: [(name: String, frame: Frame)] = []
    private(set) var mlJSON: CText?

    let structures: CallStructures
    private var arguments = ArgumentSlots()
    /// The texts that arguments point to.
    private var texts: [CText] = []

    /// Makes the structures and the arguments of a call.
    ///
    /// - Throws: `NodeFailure` with the status INVALID if the inputs or parameters are not those of the signature.
    init(_ invocation: NodeInvocation, _ services: CallServices) throws(NodeFailure) {
        self.invocation = invocation
        self.services = services
        self.result = Mutex(ResultCollector(expected: invocation.signature.result))
        self.structures = CallStructures(invocation)
        structures.setHostData(Unmanaged.passUnretained(self).toOpaque())
        arguments.append(UnsafeRawPointer(structures.call))
        try appendInputs()
        appendText(invocation.dates.start)
        appendText(invocation.dates.end)
        if invocation.signature.takesML {
            mlJSON = invocation.ml.map { CText($0.json) }
            arguments.append(invocation.ml == nil ? nil : UnsafeRawPointer(structures.ml))
        }
        try appendParameters()
        arguments.append(UnsafeRawPointer(structures.output))
    }

    /// The call behind a pointer that a node passes; nil for NULL.
    static func of(_ hostData: UnsafeMutableRawPointer?) -> PluginCall? {
        hostData.map { Unmanaged<PluginCall>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Calls the function and says what came of it.
    ///
    /// - Throws: `NodeFailure`; a call that was cancelled before it began does not begin.
    func run(_ function: LoadedFunction) throws(NodeFailure) -> Dataset? {
        if invocation.cancellation.isCancelled { throw NodeFailure(.cancelled, "cancelled before it began") }
        let status = withExtendedLifetime(self) { function.interface.call(function.address, arguments) }
        guard status == TAURO_OK else { throw messages.failure(status) }
        if let text = messages.text {
            report(.log(level: .warning, text: "returned TAURO_OK, but left an error text: \(text)"))
        }
        return try result.withLock { (result) throws(NodeFailure) in try result.result() }
    }

    func report(_ report: NodeReport) { invocation.report(report) }

    private func appendInputs() throws(NodeFailure) {
        let inputs = invocation.signature.inputs
        let takesRest = inputs.last?.kind == .frames
        let single = takesRest ? inputs.count - 1 : inputs.count
        guard takesRest ? invocation.inputs.count >= single : invocation.inputs.count == single else {
            throw mismatch("takes \(takesRest ? "at least " : "")\(single) inputs, got \(invocation.inputs.count)")
        }
        for (input, given) in zip(inputs.prefix(single), invocation.inputs) {
            switch (input.kind, given) {
            case (.frame, .frame(let frame)): arguments.append(appendTable(frame, named: input.name))
            case (.artifact, .artifact(let artifact)): arguments.append(appendArtifact(artifact))
            default: throw mismatch("takes \(input.kind.rawValue) as '\(input.name)', got \(given.kindName)")
            }
        }
        if takesRest, let list = inputs.last { try appendList(invocation.inputs.dropFirst(single), named: list.name) }
    }

    private func appendList(_ rest: ArraySlice<Dataset>, named name: String) throws(NodeFailure) {
        var pointers: [UnsafeRawPointer] = []
        for (index, given) in rest.enumerated() {
            guard case .frame(let frame) = given else {
                throw mismatch("takes frames as '\(name)', got \(given.kindName)")
            }
            pointers.append(appendTable(frame, named: "\(name)_\(index)"))
        }
        arguments.append(structures.setList(pointers))
    }

    private func appendTable(_ frame: Frame, named name: String) -> UnsafeRawPointer {
        tables.append((name: name, frame: frame))
        return adopt(frame, isInput: true)
    }

    private func appendArtifact(_ artifact: Artifact) -> UnsafeRawPointer {
        let handle = ArtifactHandle(artifact)
        let pointer = UnsafeRawPointer(Unmanaged.passUnretained(handle).toOpaque())
        artifacts[pointer] = handle
        return pointer
    }

    /// Gives a frame a handle that lives until the node returns or gives it back.
    func adopt(_ frame: Frame, isInput: Bool) -> UnsafeRawPointer {
        let handle = FrameHandle(frame, isInput: isInput)
        let pointer = UnsafeRawPointer(Unmanaged.passUnretained(handle).toOpaque())
        frames.withLock { $0[UInt(bitPattern: pointer)] = handle }
        return pointer
    }

    private func appendParameters() throws(NodeFailure) {
        let declared = invocation.signature.parameters
        guard declared.count == invocation.parameters.count else {
            throw mismatch("takes \(declared.count) parameters, got \(invocation.parameters.count)")
        }
        for (parameter, value) in zip(declared, invocation.parameters) {
            switch (parameter.type, value) {
            case (.int64, .int64(let number)): arguments.append(number)
            case (.float64, .float64(let number)): arguments.append(number)
            case (.bool, .bool(let flag)): arguments.append(flag)
            case (.string, .string(let text)) where !text.utf8.contains(0): appendText(text)
            default: throw mismatch("takes \(parameter.type.rawValue) as '\(parameter.name)', got something else")
            }
        }
    }

    private func appendText(_ text: String?) {
        guard let text else { return arguments.append(nil as UnsafeRawPointer?) }
        let copy = CText(text)
        texts.append(copy)
        arguments.append(UnsafeRawPointer(copy.pointer))
    }

    private func mismatch(_ what: String) -> NodeFailure {
        NodeFailure(.invalid, "the function '\(invocation.signature.name)' \(what)")
    }
}

extension Dataset {
    /// The kind in words.
    fileprivate var kindName: String {
        switch self {
        case .frame: "a frame"
        case .artifact: "an artifact"
        }
    }
}
