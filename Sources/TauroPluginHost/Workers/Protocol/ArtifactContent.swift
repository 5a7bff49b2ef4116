import TauroBasics
import TauroModel

/// An artifact on its way from one process to another: its bytes in the message itself where they are few, else in
/// sealed memory, so that no message is longer for them; or its path.
struct ArtifactContent: Sendable {
    enum Form: Sendable {
        case inline([UInt8])
        case sealed(SealedMemory)
        case file(path: String)
    }

    let mediaType: String
    let form: Form

    init(mediaType: String, form: Form) {
        self.mediaType = mediaType
        self.form = form
    }

    /// The content of an artifact.
    ///
    /// - Throws: `SystemError` where memory is short.
    init(_ artifact: Artifact) throws {
        mediaType = artifact.mediaType
        switch artifact.content {
        case .file(let path): form = .file(path: path)
        case .bytes(let bytes) where bytes.count <= FrameContent.longestInline: form = .inline(bytes)
        case .bytes(let bytes):
            form = .sealed(try bytes.withUnsafeBytes { try SealedMemory("tauro-artifact", [$0]) })
        }
    }

    /// Whether it travels in memory of its own.
    var isSealed: Bool { if case .sealed = form { true } else { false } }

    /// The artifact, its bytes copied from sealed memory.
    ///
    /// - Throws: `SystemError`.
    func artifact() throws -> Artifact {
        switch form {
        case .inline(let bytes): Artifact(mediaType: mediaType, content: .bytes(bytes))
        case .sealed(let memory):
            Artifact(mediaType: mediaType, content: .bytes(try MappedMemory(memory).withBytes { Array($0) }))
        case .file(let path): Artifact(mediaType: mediaType, content: .file(path: path))
        }
    }
}

extension MessageWriter {
    mutating func write(_ artifact: ArtifactContent) {
        bytes.write(artifact.mediaType)
        switch artifact.form {
        case .inline(let content):
            bytes.write(UInt8(0))
            content.withUnsafeBytes { bytes.write(bytes: $0) }
        case .file(let path):
            bytes.write(UInt8(1))
            bytes.write(path)
        case .sealed(let memory):
            bytes.write(UInt8(2))
            write(memory)
        }
    }
}

extension MessageReader {
    mutating func artifact() throws -> ArtifactContent {
        let mediaType = try bytes.text()
        switch try bytes.number(UInt8.self) {
        case 0: return ArtifactContent(mediaType: mediaType, form: .inline(Array(try bytes.bytesInPlace())))
        case 1: return ArtifactContent(mediaType: mediaType, form: .file(path: try bytes.text()))
        case 2: return ArtifactContent(mediaType: mediaType, form: .sealed(try memory("an artifact")))
        default: throw ProtocolError("it sent an artifact of no known form")
        }
    }
}
