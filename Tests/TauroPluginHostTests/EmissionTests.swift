import Foundation
import TauroBasics
import TauroData
import Testing

@testable import TauroModel
@testable import TauroPluginHost

/// Results follow the rules of call.h, and every structure handed over is released exactly once.
@Suite(.serialized) struct EmissionTests {
    private let harness: Harness
    private let live: UnsafePointer<Int32>

    init() throws {
        harness = try Harness(Fixture.emits)
        let library = try DynamicLibrary(opening: try Fixture.emits.get())
        live = UnsafePointer(try library.symbol("live_structures").assumingMemoryBound(to: Int32.self))
    }

    private func frame(_ how: Int64) throws -> [Int64?] {
        try Numbers.values(of: try harness.call("emits.frame", [], ["how": .int64(how)]))
    }

    private func failure(_ how: Int64, of name: String = "emits.frame") throws -> NodeFailure {
        try harness.failure(name, [], ["how": .int64(how)])
    }

    @Test func batchesAndStreamsBecomeFrames() throws {
        #expect(try frame(0) == [0, 1, 2, 3, 4])
        #expect(try frame(4) == [0, 1, 2, 3, 4, 5])
        #expect(try frame(18) == [0, 1, 2, 3])
        #expect(live.pointee == 0)
    }

    @Test func aResultLivesAsLongAsSomeoneHoldsIt() throws {
        var result = try harness.call("emits.frame", [], ["how": .int64(0)])
        #expect(live.pointee == 4)
        #expect(try Numbers.values(of: result).count == 5)
        #expect(live.pointee == 4)
        result = nil
        #expect(live.pointee == 0)
    }

    @Test func aSchemaAloneIsAResultWithoutRows() throws {
        guard case .frame(let empty) = try harness.call("emits.frame", [], ["how": .int64(1)]) else {
            Issue.record("no frame")
            return
        }
        #expect(try empty.schema() == Numbers.schema && empty.rowCount == 0)
    }

    @Test func nothingEmittedIsAFailure() throws {
        let failure = try failure(2)
        #expect(failure.message == "returned TAURO_OK without emitting its result; its note says it returns a frame")
        #expect(failure.status == .invalid)
    }

    @Test(
        arguments: [
            (
                3, NodeFailure.Status.schema,
                "another schema than those before: column 0 is 'number' int64 instead of 'id' int64"
            ),
            (5, .io, "the disk is on fire"), (6, .invalid, "emitted a second result"),
            (7, .invalid, "emitted a second result"),
            (8, .invalid, "emitted a second result"),
            (9, .invalid, "emitted an artifact, but the node's note says it returns frame"),
            (10, .invalid, "emitted an artifact"), (11, .invalid, "tauro_emit_stream: the stream is NULL"),
            (12, .invalid, "tauro_emit_batch: the schema is NULL"),
            (13, .invalid, "tauro_emit_frame: the frame is NULL"),
            (14, .invalid, "no frame of the call"), (15, .invalid, "the stream was released already"),
            (16, .schema, ""), (17, .transient, "came 3 of 5"), (20, .invalid, ""),
        ] as [(Int64, NodeFailure.Status, String)]
    )
    func wrongEmissionsFail(how: Int64, status: NodeFailure.Status, text: String) throws {
        let failure = try failure(how)
        #expect(failure.status == status, "\(failure.message)")
        #expect(text.isEmpty || failure.message.contains(text), "\(failure.message)")
        #expect(live.pointee == 0)
    }

    @Test func aBatchThatWasRefusedIsMissing() throws {
        let failure = try failure(22)
        #expect(failure.status == .schema && failure.message.contains("another schema than those before"))
        #expect(live.pointee == 0)
    }

    @Test func aBatchThatTheDiskDidNotTakeFailsTheCallWhateverTheNodeSays() throws {
        let spool = FrameSpool(ledger: FrameLedger(limit: 0), directory: "/proc/no-such-directory")
        #expect { try harness.call("emits.frame", [], ["how": .int64(21)], spool: spool) } throws: { error in
            (error as? NodeFailure)?.underlying is SpoolError
        }
        #expect(live.pointee == 0)
    }

    @Test func aResultMayFollowAStreamThatFailed() throws {
        #expect(try frame(19) == [0, 1])
        #expect(harness.reports.lines(.warning) == ["returned TAURO_OK, but left an error text: the disk is on fire"])
        #expect(live.pointee == 0)
    }

    @Test func aNodeThatReturnsNothingMayNotEmit() throws {
        #expect(
            try failure(0, of: "emits.nothing").message
                == "emitted a frame, but the node's note says it returns nothing"
        )
        #expect(live.pointee == 0)
    }

    @Test func artifactsFollowTheSameRules() throws {
        guard case .artifact(let hello) = try harness.call("emits.artifact") else {
            Issue.record("no artifact")
            return
        }
        #expect(hello == Artifact(mediaType: "text/plain", content: .bytes(Array("hello".utf8))))
        let texts: [(Int64, NodeFailure.Status, String)] = [
            (1, .invalid, "the media type is NULL"), (2, .invalid, "5 bytes at NULL"),
            (4, .io, "/no/such/file can not be read: No such file or directory"), (5, .invalid, "the path is NULL"),
            (6, .io, "/tmp is not a regular file"), (7, .invalid, "emitted a frame"), (8, .invalid, "a second result"),
            (9, .invalid, "bytes at no address"),
        ]
        for (how, status, text) in texts {
            let failure = try failure(how, of: "emits.artifact")
            #expect(failure.status == status && failure.message.contains(text), "\(failure.message)")
        }
        guard case .artifact(let empty) = try harness.call("emits.artifact", [], ["how": .int64(3)]) else { return }
        #expect(empty.content == .bytes([]))
        #expect(live.pointee == 0)
    }

    @Test func anEmittedFileIsCopied() throws {
        let calls = try Harness(Fixture.calls)
        let source = try Fixture.freshDirectory() + "/model.bin"
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try Data(bytes).write(to: URL(fileURLWithPath: source))
        guard case .artifact(let artifact) = try calls.call("calls.file", [], ["path": .string(source)]),
            case .file(let copy) = artifact.content
        else {
            Issue.record("no file")
            return
        }
        #expect(!FileSystem.exists(source) && copy.hasPrefix(calls.directory + "/"))
        #expect(try FileSystem.read(copy) == bytes)
    }

    @Test func artifactsAreReadOnceAndWrittenWhereTheyAreOnlyInMemory() throws {
        let calls = try Harness(Fixture.calls)
        let model = Artifact(mediaType: "model/x", content: .bytes(Array("weights".utf8)))
        guard case .artifact(let result) = try calls.call("calls.bytes", [.artifact(model)]) else {
            Issue.record("no artifact")
            return
        }
        #expect(result.content == model.content)
        #expect(calls.reports.lines().last == "model/x 7 7")
        let written = String(try #require(calls.reports.lines().first).dropFirst("path ".count))
        #expect(written.hasPrefix(calls.directory + "/") && !FileSystem.exists(written))
    }

    @Test func anArtifactInAFileKeepsItsPath() throws {
        let calls = try Harness(Fixture.calls)
        let path = try Fixture.freshDirectory() + "/model.bin"
        try Data("weights!".utf8).write(to: URL(fileURLWithPath: path))
        let model = Artifact(mediaType: "model/x", content: .file(path: path))
        try calls.call("calls.bytes", [.artifact(model)])
        #expect(calls.reports.lines() == ["path \(path)", "model/x 8 8"])
        #expect(FileSystem.exists(path))
        try FileSystem.removeFile(path)
        let failure = try calls.failure("calls.bytes", [.artifact(model)])
        #expect(failure.status == .io)
        #expect(failure.message == "the artifact \(path) can not be read: No such file or directory")
    }
}
