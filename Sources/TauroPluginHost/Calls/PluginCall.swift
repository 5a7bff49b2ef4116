import CTauro
import Synchronization
import TauroModel

/// One running call: the memory the node sees, and everything that lives until it returns.
///
/// `host_data` of the structures points to this object, which `run` keeps alive for as long as the function runs.
/// Sendable because the pointers and what they point to do not change after `init`, and the rest is behind locks.
final class PluginCall: @unchecked Sendable {
    let invocation: NodeInvocation
    let services: CallServices
    let messages = CallMessages()
    /// What the node was given, in the order of the inputs.
    let inputs: InputHandles
    /// Frames that the node made, by the address that it sees.
    let frames = Mutex<[UInt: FrameHandle]>([:])
    let result: Mutex<ResultCollector>
    /// Texts of hyperparameters that the node asked for, by name.
    let hyperparameterTexts = Mutex<[String: CText]>([:])
    let mlJSON: CText?
    let memory: CallMemory

    /// Makes the structures and the arguments of a call.
    ///
    /// - Throws: `NodeFailure` with the status INVALID if the inputs or parameters are not those of the signature.
    init(_ invocation: NodeInvocation, _ services: CallServices) throws(NodeFailure) {
        self.invocation = invocation
        self.services = services
        self.result = Mutex(ResultCollector(expected: invocation.signature.result, spool: invocation.spool))
        self.mlJSON = invocation.signature.takesML ? invocation.ml.map { CText($0.json) } : nil
        self.inputs = try InputHandles(invocation)
        var memory = CallMemory(invocation)
        memory.append(UnsafeRawPointer(memory.call))
        inputs.append(to: &memory, invocation.signature.inputs)
        memory.append(invocation.dates.start)
        memory.append(invocation.dates.end)
        if invocation.signature.takesML { memory.append(invocation.ml == nil ? nil : UnsafeRawPointer(memory.ml)) }
        try PluginCall.appendParameters(of: invocation, to: &memory)
        memory.append(UnsafeRawPointer(memory.output))
        self.memory = memory
        self.memory.setHostData(Unmanaged.passUnretained(self).toOpaque())
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
        return try outcome(of: call(function))
    }

    /// Calls the function and gives what it returned.
    func call(_ function: LoadedFunction) -> Int32 {
        withExtendedLifetime(self) { function.interface.call(function.address, memory) }
    }

    /// What came of a call that returned `status`.
    func outcome(of status: Int32) throws(NodeFailure) -> Dataset? {
        guard status == TAURO_OK else { throw messages.failure(status) }
        if let text = messages.text {
            report(.log(level: .warning, text: "returned TAURO_OK, but left an error text: \(text)"))
        }
        return try result.withLock { (result) throws(NodeFailure) in try result.result() }
    }

    func report(_ report: NodeReport) { invocation.report(report) }

    /// Gives a frame of the node a handle that lives until the node returns or gives it back.
    func adopt(_ frame: Frame) -> UnsafeRawPointer {
        let handle = FrameHandle(frame)
        frames.withLock { $0[UInt(bitPattern: handle.pointer)] = handle }
        return handle.pointer
    }

    private static func appendParameters(
        of invocation: NodeInvocation,
        to memory: inout CallMemory
    ) throws(NodeFailure) {
        let (declared, given) = (invocation.signature.parameters, invocation.parameters)
        guard declared.count == given.count else {
            throw invocation.mismatch("takes \(declared.count) parameters, got \(given.count)")
        }
        for (parameter, value) in zip(declared, given) {
            switch (parameter.type, value) {
            case (.int64, .int64(let number)): memory.append(number)
            case (.float64, .float64(let number)): memory.append(number)
            case (.bool, .bool(let flag)): memory.append(flag)
            case (.string, .string(let text)) where !text.utf8.contains(0): memory.append(text)
            default:
                throw invocation.mismatch(
                    "takes \(parameter.type.rawValue) as '\(parameter.name)', got something else"
                )
            }
        }
    }
}

extension NodeInvocation {
    /// The failure of a call that is not as its signature says.
    func mismatch(_ what: String) -> NodeFailure { NodeFailure(.invalid, "the function '\(signature.name)' \(what)") }
}
