import TauroModel

/// What stands for the inputs of one call.
///
/// A node's pointer is looked for here, never followed.
struct InputHandles: Sendable {
    /// The frames, in the order of the inputs.
    let frames: [FrameHandle]
    /// The artifacts, in the order of the inputs.
    let artifacts: [ArtifactHandle]

    /// Makes a handle for each input.
    ///
    /// - Throws: `NodeFailure` with the status INVALID if the inputs are not those of the signature.
    init(_ invocation: NodeInvocation) throws(NodeFailure) {
        try InputHandles.check(invocation)
        frames = invocation.inputs.compactMap { if case .frame(let frame) = $0 { FrameHandle(frame) } else { nil } }
        artifacts = invocation.inputs.compactMap {
            if case .artifact(let artifact) = $0 { ArtifactHandle(artifact) } else { nil }
        }
    }

    /// The frames by the names that `signature` gives them in SQL, in the order of the inputs.
    func tables(_ signature: NodeSignature) -> [(name: String, handle: FrameHandle)] {
        let names = signature.inputs.filter { $0.kind == .frame }.map(\.name)
        return frames.enumerated().map { index, handle in
            let list = signature.inputs.last?.name ?? ""
            return (name: index < names.count ? names[index] : "\(list)_\(index - names.count)", handle: handle)
        }
    }

    /// Appends the arguments, in the order that `inputs` states.
    func append(to memory: inout CallMemory, _ inputs: [NodeSignature.Input]) {
        var (nextFrame, nextArtifact) = (0, 0)
        for input in inputs {
            switch input.kind {
            case .frame:
                memory.append(frames[nextFrame].pointer)
                nextFrame += 1
            case .artifact:
                memory.append(artifacts[nextArtifact].pointer)
                nextArtifact += 1
            case .frames: memory.append(list: frames[nextFrame...])
            }
        }
    }

    private static func check(_ invocation: NodeInvocation) throws(NodeFailure) {
        let (inputs, given) = (invocation.signature.inputs, invocation.inputs)
        let takesRest = inputs.last?.kind == .frames
        let single = takesRest ? inputs.count - 1 : inputs.count
        guard takesRest ? given.count >= single : given.count == single else {
            throw invocation.mismatch("takes \(takesRest ? "at least " : "")\(single) inputs, got \(given.count)")
        }
        for (position, dataset) in given.enumerated() {
            let input = inputs[min(position, inputs.count - 1)]
            switch (input.kind, dataset) {
            case (.frame, .frame), (.frames, .frame), (.artifact, .artifact): continue
            default:
                throw invocation.mismatch("takes \(input.kind.rawValue) as '\(input.name)', got \(dataset.kindName)")
            }
        }
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
