import TauroBasics
import TauroModel
import Testing

@testable import TauroPluginHost

/// What travels in a message itself, and what beside it.
@Suite struct CallMessageTests {
    private func message(_ inputs: [CallMessage.Input]) -> CallMessage {
        CallMessage(
            number: 7,
            function: "f",
            node: "n",
            runID: "r",
            attempt: 1,
            deadline: nil,
            inputs: inputs,
            dates: DateWindow(),
            parameters: [],
            ml: nil,
            directory: "/d",
            frameLimit: nil
        )
    }

    private func artifact(_ count: Int) -> Artifact {
        Artifact(mediaType: "a/b", content: .bytes([UInt8](repeating: 9, count: count)))
    }

    @Test func fewBytesTravelInTheMessageAndManyBesideIt() throws {
        for (count, memories) in [(100, 0), (1 << 20, 1)] {
            let envelope = message([.artifact(try ArtifactContent(artifact(count)))]).envelope
            #expect(envelope.memories.count == memories && envelope.content.count < 1_000)
            guard case .artifact(let received) = try CallMessage(envelope).inputs[0] else { return }
            #expect(try received.artifact() == artifact(count))
        }
    }

    @Test func framesLeaveRoomForArtifacts() throws {
        let content = FrameContent.sealed(try [1, 2, 3].withUnsafeBytes { try SealedMemory("test", [$0]) })
        let frames = (0..<70).map { CallMessage.Input.frame(RemoteFrame(number: $0, rowCount: 3, content: content)) }
        let envelope = message(frames + [.artifact(try ArtifactContent(artifact(1 << 20)))]).envelope
        #expect(envelope.memories.count == Envelope.mostMemories)
        let inputs = try CallMessage(envelope).inputs
        let withRows = inputs.count { if case .frame(let frame) = $0 { frame.content != nil } else { false } }
        #expect(inputs.count == 71 && withRows == Envelope.mostMemories - 1)
        guard case .artifact(let received) = inputs[70] else { return }
        #expect(try received.artifact() == artifact(1 << 20))
    }
}
