import TauroModel

/// What nodes are called with: what their author gave, and a made-up table or bytes for everything else.
struct CheckSamples {
    /// By the name of an input.
    let given: [String: Dataset]

    /// Most bytes of a made-up artifact.
    private static let artifact = Artifact(mediaType: "text/plain", content: .bytes(Array("made up\n".utf8)))

    /// One for each input of the node; two for a list of frames.
    ///
    /// - Throws: `ArrowError` for a given table that is not sound.
    func samples(_ signature: NodeSignature) throws -> [CheckMessage.Sample] {
        try signature.inputs.flatMap { input in
            let sample = try sample(input)
            return input.kind == .frames ? [sample, sample] : [sample]
        }
    }

    /// Whether the node gets nothing that is made up.
    func isKnown(_ signature: NodeSignature) -> Bool {
        signature.inputs.allSatisfy { given[$0.name] != nil }
            && signature.parameters.allSatisfy { $0.defaultValue != nil }
    }

    private func sample(_ input: NodeSignature.Input) throws -> CheckMessage.Sample {
        switch given[input.name] {
        case .artifact(let artifact): return .artifact(try ArtifactContent(artifact))
        case .frame(let frame): return .frame(try content(frame))
        case nil:
            return input.kind == .artifact
                ? .artifact(try ArtifactContent(Self.artifact)) : .frame(try content(SampleTable.general.frame()))
        }
    }

    private func content(_ frame: Frame) throws -> FrameContent {
        guard case .memory(let schema, let batches) = try frame.inMemory().content else {
            throw HostFailure(.internal, "the rows of a sample can not be read")
        }
        return try FrameContent(schema: schema, batches: batches)
    }
}
